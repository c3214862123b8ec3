// SPDX-License-Identifier: MIT
//
// Places in UTF-8 as places in UTF-16, for many at once.
export function unitsOf(text, places) {
	const sorted = [...new Set(places)].sort((a, b) => a - b);
	const found = new Map();
	let bytes = 0;
	let next = 0;

	for (let i = 0; i <= text.length; i++) {
		while (next < sorted.length && sorted[next] <= bytes)
			found.set(sorted[next++], i);
		if (i === text.length || next === sorted.length)
			break;
		const code = text.charCodeAt(i);

		bytes += code < 0x80 ? 1 : code < 0x800 ? 2
			: code >= 0xD800 && code < 0xE000 ? 2 : 3;
	}
	while (next < sorted.length)
		found.set(sorted[next++], text.length);
	return found;
}
