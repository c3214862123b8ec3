// SPDX-License-Identifier: MIT
//
// The browser tells late where it moved the caret to. A key or a paste that
// comes at once would act where the caret was, and a change by the program (a
// merge, proof marks) would put it back there. ProseMirror looks when it is
// told, and has no other way to be asked.
export function lookForCaret(view) {
	if (!view.composing)
		view.domObserver?.flush?.();
	return false;
}
