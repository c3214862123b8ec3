// SPDX-License-Identifier: MIT
//
// The name of the browser's tab, by which copies of a story are told apart.

export function freshName() {
	return `${Date.now().toString(36)}${Math.random().toString(36).slice(2)}`;
}

// The tab's name outlives a reload. A tab that was duplicated has its
// original's, until that one answers.
export function tabName(made = null) {
	const key = 'farthing:tab';

	try {
		const name = made || sessionStorage.getItem(key) || freshName();

		sessionStorage.setItem(key, name);
		return name;
	} catch {
		return made || freshName();
	}
}
