// One story is changed in an archive of 10,000: how long until readers have
// the new page, by a rebuild with Hugo and by publishing here.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import * as lib from './lib.mjs';

const stories = 10000;
const table = new lib.Table('hugo');
const site = `${lib.out}/hugo`;
if (!fs.existsSync(`${site}/content`)) {
	fs.mkdirSync(`${site}/layouts/_default`, { recursive: true });
	execFileSync('build/release/bench/archive',
		['--files', `${site}/content`, String(stories), '7']);
	fs.writeFileSync(`${site}/config.toml`,
		'baseURL = "http://127.0.0.1/"\ntitle = "Bench"\n' +
		'[taxonomies]\ntag = "tags"\nauthor = "authors"\n');
	// As little theme as can be called one: Hugo at its fastest.
	fs.writeFileSync(`${site}/layouts/_default/single.html`,
		'<!doctype html><title>{{ .Title }}</title>' +
		'<h1>{{ .Title }}</h1>{{ .Content }}\n');
	fs.writeFileSync(`${site}/layouts/_default/list.html`,
		'<!doctype html><title>{{ .Title }}</title><ul>' +
		'{{ range first 30 .Pages }}<li><a href="{{ .RelPermalink }}">' +
		'{{ .Title }}</a>{{ end }}</ul>\n');
}

function firstFile(dir) {
	for (const entry of fs.readdirSync(dir, { withFileTypes: true })) {
		const name = `${dir}/${entry.name}`;
		if (entry.isDirectory())
			return firstFile(name);
		return name;
	}
}

const file = firstFile(`${site}/content`);
const build = () => {
	const began = process.hrtime.bigint();
	execFileSync('hugo', ['--quiet', '-s', site, '-d',
		'../hugo-public'], { stdio: 'inherit' });
	return Number(process.hrtime.bigint() - began) / 1e6;
};
build();
const hugo = [];
for (let round = 0; round < 3; round++) {
	fs.appendFileSync(file, `\nChanged ${round}.\n`);
	hugo.push(build());
}

// The same change here: the story is saved and read again until it shows.
// Sixteen kept connections reach both readers: the last to show it counts.
const agents = Array.from({ length: 16 }, () =>
	new http.Agent({ keepAlive: true, maxSockets: 1 }));
const dir = lib.archive(stories);
const paper = await lib.serve(dir, { readers: 2 });
const target = (await lib.storyPaths(paper.port, 1))[0];
const ours = [];
for (let round = 0; round < 20; round++) {
	const mark = `Changed${process.pid}x${round}`;
	const text = execFileSync(lib.farthing,
		['show', dir, target, '--manuscript'], { encoding: 'utf8' });
	fs.writeFileSync(`${lib.out}/changed.md`, `${text}\n\n${mark}.\n`);
	const began = process.hrtime.bigint();
	execFileSync(lib.farthing,
		['save', dir, target, `${lib.out}/changed.md`]);
	await Promise.all(agents.map(async (agent) => {
		while (!(await lib.get(paper.port, target, {}, agent))
			.body.includes(mark))
			await lib.sleep(1);
	}));
	ours.push(Number(process.hrtime.bigint() - began) / 1e6);
}
for (const agent of agents)
	agent.destroy();
await paper.stop();
if (process.argv.includes('--rounds'))
	console.log(ours.map((v) => v.toFixed(1)).join(' '));

const theirs = lib.median(hugo);
const mine = lib.median(ours);
table.row(`one story changed among ${stories}`, mine, 'ms',
	`Hugo ${theirs.toFixed(0)} ms`, '', null);
table.row('against Hugo', theirs / mine, 'times as fast', '',
	'at least 500', theirs / mine >= 500);
table.write();
