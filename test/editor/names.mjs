// SPDX-License-Identifier: MIT
//
// What a script names and nobody gives: faults that else are seen only when a
// browser comes to that line. Two kinds are told:
//
// - a free name: neither declared nor imported in its file, nor in GLOBALS;
// - a member of our own classes that is nowhere made: `this.x`, and `y.x` for a
//   `y` that is known to be an object of ours (made with `new` here, taken out
//   of `this`, or given to a constructor), or the object of functions that a
//   constructor is given.
//
// esbuild reads the file; nothing here guesses at JavaScript's grammar. Each
// word of a file is asked for twice: `define` puts the mark `free$` before it
// wherever it is a free name, `mangleProps` puts `m$` before it wherever it is a
// property. Neither touches strings, comments and patterns. What is then looked
// for is found by these marks, in the one layout that esbuild writes. A value
// whose class is not known here (an argument of a function, what a function
// answers) is not looked into.
import { transformSync } from '../../web/editor/node_modules/esbuild/lib/main.js';

// Of the language and of browsers; a new one is added by whoever needs it.
const GLOBALS = new Set(`
	AbortSignal Array Boolean BroadcastChannel DOMException DOMParser
	Date Error Event FormData Intl JSON Map Math Node NodeFilter Number
	Object Promise RangeError RegExp Set String TextEncoder URL
	URLSearchParams Uint32Array Uint8Array WeakMap XMLHttpRequest
	addEventListener atob btoa clearTimeout decodeURIComponent
	document encodeURIComponent fetch getComputedStyle getSelection
	globalThis indexedDB localStorage location navigator parseFloat
	parseInt sessionStorage setTimeout undefined window
`.trim().split(/\s+/));

const KEYWORDS = new Set(`
	await break case catch class const continue debugger default delete do else
	enum export extends false finally for function if import in instanceof
	new null return super switch this throw true try typeof var void while
	with yield let static implements interface package private protected public
`.trim().split(/\s+/));

function marked(text) {
	const words = [...new Set(text.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu))]
		.filter((word) => !KEYWORDS.has(word));
	const properties = words.filter((w) => w !== 'constructor' && w !== '__proto__');

	return transformSync(text, {
		charset: 'utf8',
		define: Object.fromEntries(words.map((w) => [w, `free$${w}`])),
		format: 'esm',
		logLevel: 'silent',
		mangleCache: Object.fromEntries(properties.map((w) => [w, `m$${w}`])),
		mangleProps: /./,
	}).code;
}

function freeNames(code) {
	return [...new Set([...code.matchAll(/(?<![\w$])free\$([\w$]+)/g)]
		.map(([, name]) => name))].filter((name) => !GLOBALS.has(name));
}

// From the character after an opening bracket: the text up to its end, in the
// pieces between the commas of the outermost level.
function pieces(code, from) {
	const found = [];
	let depth = 0;
	let begin = from;

	for (let i = from; i < code.length; i++) {
		const c = code[i];

		if ('"\'`'.includes(c)) {
			while (++i < code.length && code[i] !== c)
				i += code[i] === '\\' ? 1 : 0;
		} else if ('([{'.includes(c)) {
			depth++;
		} else if (c === ',' && depth === 0) {
			found.push(code.slice(begin, i).trim());
			begin = i + 1;
		} else if (')]}'.includes(c) && depth-- === 0) {
			found.push(code.slice(begin, i).trim());
			return found.filter(Boolean);
		}
	}
	return [];
}

// The keys of `{ … }`; null where a spread may give more.
function keysOf(literal) {
	const list = pieces(literal, 1);

	return list.some((p) => p.startsWith('...')) ? null : new Set(list.map((p) =>
		/^(?:async |get |set )?\*?m\$([\w$]+)/.exec(p)?.[1]).filter(Boolean));
}

// The lines after INDEX of a declaration, up to where its block ends.
function blockAfter(code, index) {
	const line = code.lastIndexOf('\n', index) + 1;
	const indent = /^ */.exec(code.slice(line))[0].length;
	const rest = code.slice(index);
	const end = indent === 0 ? -1
		: rest.search(new RegExp(`\\n {0,${indent - 1}}[^ \\n]`));

	return end < 0 ? rest : rest.slice(0, end);
}

// Fields that are set, and to what: `this.x = …`, `[this.x] = …`, `Object.assign(this, { x: … })`.
function fieldsOf(body) {
	const found = [...body.matchAll(
		/(?<![\w$])this\.m\$([\w$]+)(?: = ([^;]*)|(?=[^(){};]*[\]}] = ))/g)]
		.map(([, field, value]) => [field, value || '']);
	const assigned = 'Object.m$assign(this, ';

	for (let i = body.indexOf(assigned); i >= 0; i = body.indexOf(assigned, i + 1))
		for (const piece of pieces(pieces(body, i + assigned.length)[0], 1)) {
			const [, field, value] = /^m\$([\w$]+): (.*)/s.exec(piece) || [];

			if (field)
				found.push([field, value]);
		}
	return found;
}

function classesOf(file, code) {
	return [...code.matchAll(
		/^( *)(?:export )?(?:\w+ \w+ = )?class (\w+)(?: extends (\S+))? \{$/gm)]
		.map((found) => {
			const [head, indent, name, base] = found;
			const begin = found.index + head.length;
			const length = code.slice(begin).search(new RegExp(`^${indent}\\}`, 'm'));
			const body = code.slice(begin, begin + length);
			const member = new RegExp(`^${indent}  (?:static )?(?:async )?` +
				'(?:[gs]et )?\\*?m\\$([\\w$]+)', 'gm');
			const taken = body.indexOf('constructor(');
			const fields = fieldsOf(body);

			return { file, name, base, body, fields,
				members: new Set([...fields.map(([m]) => m),
					...[...body.matchAll(member)].map(([, m]) => m)]),
				takes: taken < 0 ? [] : pieces(body, taken + 'constructor('.length),
				types: new Map() };
		});
}

class Tree {
	constructor(files) {
		this.files = files.map(({ name, text }) => ({ name, code: marked(text) }));
		this.classes = this.files.flatMap((f) => classesOf(f.name, f.code));
		this.faults = new Set();
	}

	// The class that NAME means in FILE; one of the same file goes before.
	named(file, name) {
		const all = this.classes.filter((c) => c.name === name);

		return all.find((c) => c.file === file) || all[0];
	}

	// What TYPE, a class or a set of keys, is known to have; null if unknown.
	membersOf(type) {
		if (!type || type instanceof Set)
			return type || null;
		if (!type.base)
			return type.members;
		const base = this.named(type.file, type.base);
		const more = base && this.membersOf(base);

		return more && new Set([...type.members, ...more]);
	}

	// What an expression gives, as far as that is known.
	typeOf(file, own, text) {
		const made = /^new (\w+)\(/.exec(text);
		const path = /^this((?:\.m\$[\w$]+)*)$/.exec(text);

		if (made)
			return this.named(file, made[1]) || null;
		if (text.startsWith('{'))
			return keysOf(text);
		return own && path ? path[1].split('.m$').slice(1).reduce(
			(type, part) => type?.types?.get(part) || null, own) : null;
	}

	// Fields of classes: made here, or handed to the constructor. One that is
	// given objects of several kinds is known by none.
	learn() {
		const learnt = this.classes.map((own) => {
			const types = new Map();

			for (const [field, value] of own.fields) {
				const at = own.takes.indexOf(value);
				const type = at >= 0 ? this.given(own, at)
					: !value.startsWith('{') && this.typeOf(own.file, own, value);

				if (type)
					types.set(field, types.has(field) ? null : type);
			}
			return types;
		});

		this.classes.forEach((own, i) => {
			own.types = learnt[i];
		});
	}

	// What every `new` of the class gives as its argument AT.
	given(wanted, at) {
		const types = [];

		for (const { name, code } of this.files)
			for (const found of code.matchAll(
				new RegExp(`new ${wanted.name}\\(`, 'g'))) {
				if (this.named(name, wanted.name) !== wanted)
					continue;
				const value = pieces(code, found.index + found[0].length)[at] || '';
				const own = this.classes.find((c) => c.file === name &&
					c.body.includes(value));

				types.push(this.typeOf(name, own, value));
			}
		return types.length === 1 ? types[0] : null;
	}

	// Each `START.x.y` in TEXT, where START is of TYPE.
	follow(where, text, start, type) {
		for (const found of text.matchAll(
			new RegExp(`(?<![\\w$.])${start.replaceAll('$', '\\$')}` +
				'((?:\\.m\\$[\\w$]+)+)', 'g'))) {
			let now = type;
			let told = start;

			for (const part of found[1].split('.m$').slice(1)) {
				const members = this.membersOf(now);

				if (!members)
					break;
				told += `.${part}`;
				if (!members.has(part)) {
					this.faults.add(`${where}: nothing makes ${told}`);
					break;
				}
				now = now.types?.get(part);
			}
		}
	}

	// `const { a, b: c } = this;`
	takenOut(own) {
		for (const found of own.body.matchAll(
			/(?:const|let) (\{[^{}]*\}) = this;/g))
			for (const piece of pieces(found[1], 1)) {
				const [, key, name] = /^m\$([\w$]+): ([\w$]+)/.exec(piece) || [];

				if (!key)
					continue;
				this.follow(own.file, `this.m$${key}`, 'this', own);
				this.follow(own.file, blockAfter(own.body, found.index), name,
					own.types.get(key));
			}
	}

	// `const y = new C(…)`, and where `y` may be spoken of.
	made() {
		return this.files.flatMap(({ name: file, code }) => [...code.matchAll(
			/(?:const|let) ([\w$]+) = (new \w+\()/g)].map((found) => ({ file,
			name: found[1], block: blockAfter(code, found.index),
			type: this.typeOf(file, null, found[2]) })).filter((m) => m.type));
	}

	check() {
		for (const { name, code } of this.files)
			for (const free of freeNames(code))
				this.faults.add(`${name}: nobody declares ${free}`);
		// Twice: what one class gives on, it may itself have been given.
		this.learn();
		this.learn();
		const made = this.made();

		for (const { name, block, type } of made)
			for (const [, member] of block.matchAll(new RegExp(
				`(?<![\\w$.])${name.replaceAll('$', '\\$')}\\.m\\$([\\w$]+) =(?!=)`, 'g')))
				type.members.add(member);
		for (const own of this.classes) {
			this.follow(own.file, own.body, 'this', own);
			this.takenOut(own);
		}
		for (const { file, name, block, type } of made)
			this.follow(file, block, name, type);
		return [...this.faults];
	}
}

// FILES: { name, text } each. What is at fault in them, a line each.
export function faultsOf(files) {
	return new Tree(files).check();
}
