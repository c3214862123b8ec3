// The scripts name nothing that is not there.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import { faultsOf } from './names.mjs';

const web = new URL('../../web/', import.meta.url);

function scriptsIn(folder) {
	return fs.readdirSync(new URL(folder, web)).filter((n) => n.endsWith('.js'))
		.map((n) => ({ name: `web/${folder}${n}`,
			text: fs.readFileSync(new URL(folder + n, web), 'utf8') }));
}

const editor = scriptsIn('editor/');

test('no script names what is not there', () => {
	// Those of the pages share nothing.
	assert.deepEqual([editor, ...scriptsIn('').map((one) => [one])]
		.flatMap((files) => faultsOf(files)), []);
});

function faultsIn(...texts) {
	return faultsOf(texts.map((text, i) => ({ name: `${'abc'[i]}.js`, text })));
}

// One of the editor's scripts with WAS made into IS.
function faultsWith(script, was, is) {
	const files = editor.map((one) => ({ ...one,
		text: one.name.endsWith(`/${script}`) ? one.text.replace(was, is)
			: one.text }));

	assert.notDeepEqual(files, editor, `${was} is not in ${script}`);
	return faultsOf(files).map((fault) => fault.replace('web/editor/', ''));
}

test('a free name is found, wherever it stands', () => {
	assert.deepEqual(faultsIn('if (document) hidden();'),
		['a.js: nobody declares hidden']);
	assert.deepEqual(faultsIn('export const f = { lost, g: `${gone}` };'),
		['a.js: nobody declares lost', 'a.js: nobody declares gone']);
	assert.deepEqual(faultsIn('function f() { let a = 1; } f(a); b = 2;'),
		['a.js: nobody declares a', 'a.js: nobody declares b']);
});

test('what only looks like a free name is none', () => {
	assert.deepEqual(faultsIn(`
		// hidden()
		const { a: [b = 1], ...c } = { lost: 'gone', d: /never/ };

		label: for (const e of [b, c.name, 'f'])
			if (e) continue label;
		try { g(); } catch (h) { g(h); }
		function g(i) { return \`\${i} nobody()\`; }
	`), []);
});

test('a method that the class lacks is found', () => {
	assert.deepEqual(faultsIn(`class A {
		b() { return this.c(); }
		d() { this.e = 1; [this.f] = []; return this.e + this.f + this.b(); }
		g() { const { h } = this; return h; }
	}
	new A();`), ['a.js: nothing makes this.c', 'a.js: nothing makes this.h']);
});

test('a method that an object of another class lacks is found', () => {
	const other = 'export class Other { there() { return 1; } }';

	assert.deepEqual(faultsIn(`import { Other } from './b.js';
		class A {
			constructor() { this.o = new Other(); }
			b() { this.o.there(); this.o.gone(); }
			c() { const { o } = this; o.lost(); }
		}
		const one = new Other();
		one.never();
		new A();`, other), ['a.js: nothing makes this.o.gone',
		'a.js: nothing makes o.lost', 'a.js: nothing makes one.never']);
});

test('what a constructor was not given is found', () => {
	assert.deepEqual(faultsIn(`import { B } from './b.js';
		new B({ here: () => 1, also() {} });`, `export class B {
		constructor(host) { this.host = host; }
		b() { this.host.here(); this.host.also(); this.host.gone(); }
	}`), ['b.js: nothing makes this.host.gone']);
});

test('a member of a class that comes from elsewhere is believed', () => {
	assert.deepEqual(faultsIn(`class A extends Error { b() { return this.stack; } }
		class B extends A { c() { return this.b() || this.message; } }
		new B();`), []);
	assert.deepEqual(faultsIn(`class A { b() { return 1; } }
		class B extends A { c() { return this.b() || this.d(); } }
		new B();`), ['a.js: nothing makes this.d']);
});

test('such faults are found in the editor itself', () => {
	assert.deepEqual(faultsWith('page.js', "import { Proof } from './marks.js';", ''),
		['page.js: nobody declares Proof']);
	assert.deepEqual(faultsWith('page.js', /\tgoPlain\(\)/, '\tgoSimple()'),
		['page.js: nothing makes this.goPlain']);
	assert.deepEqual(faultsWith('text.js', /\tinsertMarkdown\(/, '\tputMarkdown('),
		['page.js: nothing makes this.editor.insertMarkdown']);
	assert.deepEqual(faultsWith('page.js', 'forget: () => this.forget(),', ''),
		['save.js: nothing makes this.world.forget']);
});
