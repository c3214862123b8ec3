// SPDX-License-Identifier: MIT
//
// Called by web/editor/build: the editor's script and style sheet, and the script
// of the list of stories, out of the sources and the packages they import. The
// script begins with the names and licences of every package that is in it; it is
// what a journalist's browser waits for, and so made as small as can be.
import { build } from 'esbuild';
import { minify } from 'terser';
import fs from 'node:fs';
import path from 'node:path';

const here = new URL('.', import.meta.url).pathname;
const out = path.resolve(process.cwd(), process.argv[2]);

const options = {
	absWorkingDir: here,
	bundle: true,
	minify: true,
	metafile: true,
	legalComments: 'none',
	logLevel: 'warning',
	target: ['chrome109', 'firefox115', 'safari16'],
	write: false,
};

// The packages whose files are in the bundle, by name.
function packagesOf(metafile) {
	const names = new Set();

	for (const [file, { bytesInOutput }] of
		Object.entries(Object.values(metafile.outputs)[0].inputs)) {
		const found = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file);

		if (found && bytesInOutput > 0)
			names.add(found[1]);
	}
	return [...names].sort();
}

function licenceOf(name) {
	const dir = path.join(here, 'node_modules', name);
	const file = fs.readdirSync(dir).find((f) => /^licen[cs]e/i.test(f));

	if (!file)
		throw new Error(`${name} has no licence file`);
	const text = fs.readFileSync(path.join(dir, file), 'utf8')
		.replace(/\r/g, '').replaceAll('*/', '* /').trim();
	const owners = text.match(/^copyright.*$/gim) ||
		text.match(/^.*\(c\).*$/gim) || [];
	const rest = text.replace(/^.*(copyright \(|copyright ©|\(c\)).*$/gim, '')
		.replace(/^.*MIT License\)?\s*$/im, '').replace(/\s+/g, ' ').trim();
	const { version, license } = JSON.parse(
		fs.readFileSync(path.join(dir, 'package.json'), 'utf8'));

	return { title: `${name} ${version} (${license})`, owners, rest };
}

// Packages of the same wording share it.
function notice(names) {
	const byText = new Map();

	for (const one of names.map(licenceOf))
		byText.set(one.rest, [...(byText.get(one.rest) || []), one]);
	const parts = [...byText].map(([text, list]) => [
		...list.map(({ title, owners }) =>
			[title, ...owners].join('; ')),
		text,
	].join('\n'));

	return `/*! Farthing's editor (MIT). Within it:\n\n${parts.join('\n\n')}\n*/\n`;
}

function place(name, text) {
	const file = path.join(out, name);

	fs.mkdirSync(out, { recursive: true });
	fs.writeFileSync(`${file}.tmp`, text);
	fs.renameSync(`${file}.tmp`, file);
}

const script = await build({
	...options,
	entryPoints: ['main.js'],
	format: 'iife',
});
const copies = await build({
	...options,
	entryPoints: ['copies.js'],
	format: 'iife',
});
const style = await build({ ...options, entryPoints: ['editor.css'], minify: false });

place('editor.css', style.outputFiles[0].text);
const { code } = await minify(script.outputFiles[0].text,
	{ ecma: 2020, compress: { ecma: 2020, passes: 2 }, mangle: true });
place('editor.js', `${notice(packagesOf(script.metafile))}${code}\n`);
place('copies.js', copies.outputFiles[0].text);
