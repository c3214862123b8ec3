// SPDX-License-Identifier: MIT
//
// In a table, Tab goes from cell to cell and makes a row behind the last; in a
// list it sets an item deeper. So that nobody who has no mouse is held there,
// after Escape it moves the focus, as everywhere else.

// Of the element that says so.
export const keysId = 'fe-keys';

// A handler of keydown; true: the editor has nothing to do with this key.
export function escapeThenTab() {
	let isNext = false;

	return ({ key, isComposing }) => {
		const leaves = isNext && key === 'Tab' && !isComposing;

		if (key !== 'Shift')
			isNext = key === 'Escape' && !isComposing;
		return leaves;
	};
}
