// The commands of the binary, called as a person at a shell calls them.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';

const binary = process.env.FARTHING_BINARY;
const root = fs.mkdtempSync(path.join(os.tmpdir(), 'farthing-commands-'));
const samples = process.env.FARTHING_SHARED ?? '../shared';
after(() => fs.rmSync(root, { recursive: true, force: true }));

function run(...words) {
	return spawnSync(binary, words, { encoding: 'utf8' });
}

function good(...words) {
	const ran = run(...words);
	assert.equal(ran.status, 0, `${words.join(' ')}: ${ran.stderr}`);
	return ran.stdout;
}

let papers = 0;
function paper() {
	const dir = path.join(root, `paper${papers++}`);
	good('init', dir, '--name', 'The Test', '--lang', 'en', '--zone',
		'Europe/Berlin');
	return dir;
}

function files(contents) {
	const dir = fs.mkdtempSync(path.join(root, 'files-'));
	for (const [name, text] of Object.entries(contents)) {
		fs.mkdirSync(path.dirname(path.join(dir, name)),
			{ recursive: true });
		fs.writeFileSync(path.join(dir, name), text);
	}
	return dir;
}

function story(title, more = '') {
	return `---\ntitle: ${title}\nauthor: Ada Quill\nsection: Town\n` +
		`dateline: Port Lune\ndate: 2026-03-01T10:00:00Z\n${more}---\n\n` +
		`The ferry did not run on Monday. Nobody could say why.\n`;
}

function headlines(dir, ...words) {
	return good('list', dir, ...words).split('\n').filter(Boolean)
		.map((line) => line.slice(41).trim());
}

test('help fits a screen, and each command has an example', () => {
	const text = good('help');
	assert.ok(text.split('\n').length <= 25, text);
	for (const line of text.split('\n')) {
		assert.ok(line.length <= 80, line);
		const name = /^ {2}([a-z]+) /.exec(line)?.[1];
		if (!name || name === 'farthing')
			continue;
		assert.match(good('help', name),
			new RegExp(`Example:\n.*farthing ${name}`, 's'));
	}
});

test('a command that does not exist is refused', () => {
	assert.equal(run('frobnicate').status, 2);
	assert.equal(run('list').status, 2);
	assert.equal(run('list', 'x', '--frob').status, 2);
	assert.equal(run('list', paper(), '--most', '0').status, 2);
	for (const words of [['fr\u001b[2Job'], ['help', 'fr\u001b[2Job'],
		['list', 'x', '--fr\u001b[2Job']]) {
		const { stderr } = run(...words);
		assert.match(stderr, /fr\?\[2Job/);
	}
});

test('init makes a paper, once', () => {
	const dir = paper();
	assert.match(good('set', dir), /name +The Test/);
	const again = run('init', dir, '--name', 'Other', '--lang', 'en');
	assert.equal(again.status, 1);
	assert.match(good('set', dir), /name +The Test/);
});

test('init refuses what would show only later, and makes nothing', () => {
	for (const words of [
		['--name', 'X', '--lang', 'english please'],
		['--name', 'X', '--lang', 'en', '--zone', 'Mars/Olympus'],
		['--name', 'X', '--lang', 'en', '--zone', '../../etc/passwd'],
		['--name', 'X', '--lang', 'en', '--origin', 'example.org'],
		['--name', 'X', '--lang', 'en', '--origin', 'https://x.org/a'],
		['--lang', 'en'],
	]) {
		const dir = path.join(root, 'refused');
		const ran = run('init', dir, ...words);
		assert.notEqual(ran.status, 0, words.join(' '));
		assert.ok(ran.stderr.length > 20);
		assert.ok(!fs.existsSync(dir));
	}
});

test('a paper may lie in a folder with a space in its name', () => {
	const dir = path.join(root, "Ada's paper");
	const quoted = dir.replace("'", "'\\''");
	assert.ok(good('init', dir, '--name', 'X', '--lang', 'en')
		.includes(`farthing serve '${quoted}'\n`));
	const from = files({ 'a mail.txt': 'A headline\n\nSome text, and more.\n' });
	assert.ok(good('intake', dir, path.join(from, 'a mail.txt'))
		.includes(`farthing show '${quoted}' 1\n`));
});

test('an empty list says whether the paper or the search is empty', () => {
	const dir = paper();
	assert.match(run('list', dir).stderr, /No stories.*import/);
	good('import', dir, files({ 'a.md': story('One') }));
	assert.equal(run('list', dir, '--find', 'Two').stderr,
		'No such stories.\n');
});

test('an imported story is published with its own date', () => {
	const dir = paper();
	const from = files({ 'the-ferry-stands-still.md': story('The ferry stands still') });
	assert.match(good('import', dir, from), /^1 new, 0 changed/m);
	assert.deepEqual(headlines(dir, '--status', 'published'),
		['The ferry stands still']);
	assert.match(good('show', dir, 'the-ferry-stands-still'),
		/address +\/2026\/03\/01\/the-ferry-stands-still/);
});

test('links in a folder lead an import nowhere, and archives are passed over', () => {
	const dir = paper();
	const from = files({ 'in/one.md': story('One'), 'secret.md': story('Secret'),
		'in/archive.zip': `PK\x03\x04${'\0'.repeat(26)}../../secret.md`,
		'in/b/two.md': story('Two') });
	const link = (to, at) => fs.symlinkSync(to, path.join(from, 'in', at));
	link('../secret.md', 'secret.md');
	link('..', 'b/up');
	link('/', 'everything');
	link('.', 'circle');
	link('/etc/passwd', 'passwd.md');
	assert.match(good('import', dir, path.join(from, 'in')),
		/^2 new, 0 changed, 0 unchanged, 0 refused, 6 other files/m);
	assert.deepEqual(headlines(dir).sort(), ['One', 'Two']);
});

test('importing twice changes nothing', () => {
	const dir = paper();
	const from = files({ 'a.md': story('One'), 'b/c.md': story('Two') });
	good('import', dir, from);
	const before = good('list', dir);
	assert.match(good('import', dir, from),
		/^0 new, 0 changed, 2 unchanged, 0 refused/m);
	assert.equal(good('list', dir), before);
});

test('a changed file becomes a revision of the same story', () => {
	const dir = paper();
	const from = files({ 'a.md': story('One') });
	good('import', dir, from);
	fs.appendFileSync(path.join(from, 'a.md'), '\nOn Tuesday it ran.\n');
	assert.match(good('import', dir, from), /0 new, 1 changed/);
	assert.equal(headlines(dir).length, 1);
	assert.match(good('show', dir, '1'), /2 revisions/);
});

test('a whole site shows no draft, and nothing before its time', () => {
	const dir = paper();
	const from = files({
		'_posts/2024-03-01-seen.md': '---\ntitle: Seen\n---\nA.\n',
		'_drafts/plan.md': '---\ntitle: Plan\n---\nA.\n',
		'content/later.md': '---\ntitle: Later\ndate: 2020-01-01\n' +
			'publishDate: 2099-01-01\n---\nA.\n',
		'content/gone.md': '---\ntitle: Gone\ndate: 2020-01-01\n' +
			'expiryDate: 2021-01-01\n---\nA.\n',
		'README.md': '# Read me\n\nA.\n',
		'archetypes/default.md': '---\ntitle: X\n---\nA.\n',
		'node_modules/x/README.md': '---\ntitle: X\n---\nA.\n',
	});
	good('import', dir, from);
	assert.deepEqual(headlines(dir, '--status', 'published'), ['Seen']);
	assert.deepEqual(headlines(dir, '--status', 'scheduled'), ['Later']);
	assert.deepEqual(headlines(dir, '--status', 'draft').sort(),
		['Gone', 'Plan']);
});

test('a slash behind the name of a folder changes nothing', () => {
	const dir = paper();
	const from = files({ 'news/letter.md': story('Letter'),
		'newsletter.md': story('Newsletter'),
		'j/_drafts/idea.md': story('Idea'),
		'j/_posts/2024-03-01-seen.md': '---\ntitle: Seen\n---\nA.\n' });
	const at = (name) => path.join(from, name);
	good('import', dir, at('newsletter.md'));
	for (const slash of ['/', '//', ''])
		good('import', dir, at('news') + slash, at('j/_drafts') + slash,
			at('j/_posts') + slash);
	assert.deepEqual(headlines(dir, '--status', 'published').sort(),
		['Letter', 'Newsletter', 'Seen']);
	assert.deepEqual(headlines(dir, '--status', 'draft'), ['Idea']);
	assert.match(good('show', dir, 'letter'), /address +\/2026\/03\/01\/letter$/m);
	assert.match(good('show', dir, 'seen'), /address +\/2024\/03\/01\/seen$/m);
});

test('what a folder of Hugo says of all below it holds that back', () => {
	const dir = paper();
	const from = files({
		'config/_default/hugo.toml': '',
		'themes/x/exampleSite/content/a.md': story('Example'),
		'content/sources/_index.md':
			'---\ncascade:\n  build: {list: never, render: never}\n---\n',
		'content/sources/deep/b.md': story('Hidden'),
		'content/plans/_index.md': '+++\n[cascade]\n  draft = true\n+++\n',
		'content/plans/c.md': story('Plan'),
		'content/plans.md': story('Plans'),
		'content/town/_index.md': '---\ncascade: {type: posts}\n---\nDraft.\n',
		'content/town/d.md': story('Town'),
	});
	const said = good('import', dir, from);
	assert.deepEqual(headlines(dir, '--status', 'published').sort(),
		['Plans', 'Town']);
	assert.deepEqual(headlines(dir, '--status', 'draft').sort(),
		['Hidden', 'Plan']);
	assert.match(said, /content\/plans\n {2}kept as drafts, all below: _index\.md .*cascade/);
});

test('what is said of all below is heeded however it is written', () => {
	const dir = paper();
	const yaml = '---\ncascade:\n  draft: true\n---\n';
	const from = files({
		'config.toml': '',
		'content/bom/_index.md': `\ufeff${yaml}`,
		'content/bom/a.md': story('Mark'),
		'content/blank/_index.md': `\n \r\n${yaml}`,
		'content/blank/a.md': story('Blank'),
		'content/json/_index.md': '{\n"cascade": {"draft": true}\n}\n',
		'content/json/a.md': story('Braces'),
		'content/open/_index.md': yaml.slice(0, -4),
		'content/open/a.md': story('Open'),
		'content/two/_index.en.md': yaml,
		'content/two/a.en.md': story('Language'),
		'content/page/_index.html': yaml,
		'content/page/a.md': story('Page'),
		'content/town/_index.md': '---\ncascade: {type: posts}\n---\nDraft.\n',
		'content/town/a.md': story('Town'),
	});
	good('import', dir, from);
	assert.deepEqual(headlines(dir, '--status', 'published'), ['Town']);
	assert.equal(headlines(dir, '--status', 'draft').length, 6);
});

test('a part of a site is held back by what stands above it', () => {
	const dir = paper();
	const yaml = '---\ncascade:\n  draft: true\n---\n';
	const from = files({
		'_index.md': yaml, // above the site: of no matter
		'site/hugo.toml': '',
		'site/content/secret/_index.md': yaml,
		'site/content/secret/sib.md': story('Sibling'),
		'site/content/secret/deep/er/a.md': story('Deeper'),
		'site/content/town/a.md': story('Town'),
		'other/content/_index.md': yaml,
		'other/content/b.md': story('Other'),
	});
	const at = (name) => path.join(from, 'site/content', name);
	const said = good('import', dir, at('secret/sib.md'), at('secret/deep'),
		at('town'), path.join(from, 'other/content/b.md'));
	assert.deepEqual(headlines(dir, '--status', 'published'), ['Town']);
	assert.deepEqual(headlines(dir, '--status', 'draft').sort(),
		['Deeper', 'Other', 'Sibling']);
	assert.match(said, /secret\/deep\n {2}kept as drafts: _index\.md .* above/);
	good('import', dir, path.join(from, 'site'));
	assert.deepEqual(headlines(dir, '--status', 'published'), ['Town']);
});

test('a tree gives its stories alone, and nothing without a date is out', () => {
	const dir = paper();
	const page = (more) => `---\n${more}\n---\n\nText.\n`;
	const from = files({
		'hugo.toml': '',
		'README.md': page('title: Read me\ndate: 2024-01-01'),
		'LICENSE.md': '# Licence\n',
		'index.md': page('layout: home'),
		'news/index.md': page('layout: default\ntitle: News'),
		'about.md': page('layout: page\ntitle: About'),
		'_site/a.md': page('title: Made\ndate: 2024-01-01'),
		'_includes/a.md': page('title: Part\ndate: 2024-01-01'),
		'_layouts/a.md': page('title: Layout\ndate: 2024-01-01'),
		'_sass/a.md': page('title: Sass\ndate: 2024-01-01'),
		'public/a.md': page('title: Public\ndate: 2024-01-01'),
		'resources/a.md': page('title: Resources\ndate: 2024-01-01'),
		'content/public/a.md': page('title: Ours\ndate: 2024-01-01'),
		'content/readme.md': page('title: Reading\ndate: 2024-01-01'),
		'content/posts/README.md': '# How to write posts\n\nLike so.\n',
		'content/LICENSE.md': page('title: Licence'),
		'harbour/_posts/2024-01-02-ferry.md': page('title: Ferry'),
		'_posts/2024-13-45-x.md': page('title: No day'),
	});
	const said = good('import', dir, from);
	assert.deepEqual(headlines(dir, '--status', 'published').sort(),
		['Ferry', 'Ours', 'Reading']);
	assert.deepEqual(headlines(dir, '--status', 'draft').sort(),
		['About', 'No day']);
	assert.deepEqual(headlines(dir, '--section', 'Harbour'), ['Ferry']);
	assert.match(said, /about\.md\n(?: {2}.*\n)* {2}kept as a draft: date: there is none/);
	assert.match(said, /2024-13-45-x\.md\n(?: {2}.*\n)* {2}not carried: date: the file's name has 2024-13-45, which/);
	assert.match(said, /\/public\n {2}passed over/);
	assert.match(said, /\/index\.md\n {2}passed over: the page of a list/);
	assert.match(said, /posts\/README\.md\n {2}passed over: words about the site/);
	// Two at the top, two below; one of them alone is brought in.
	assert.match(said, /^4 of these are words about the site \(README and the like\)\.$/m);
	good('import', dir, path.join(from, 'content/posts/README.md'));
	assert.deepEqual(headlines(dir, '--find', 'How to write'), ['How to write posts']);
	assert.match(good('import', dir, from, '--quiet'), /^0 new, 0 changed, 6 unchanged, 0 refused/m);
});

test('a story is never out because its date or embargo cannot be read', () => {
	const dir = paper();
	const when = (title, line) => `---\ntitle: ${title}\n${line}\n---\n\nA.\n`;
	const from = files({
		'a.md': story('Some time', 'embargo: sometime\n'),
		'b.md': story('Spelled', 'embargo: 1 Jan 2099 06:00\n'),
		'c.md': when('Points', 'date: 31.12.2099'),
		'd.md': when('Slashes', 'date: 12/01/2024'),
		'2024-01-02-e.md': when('Named', 'publishDate: in May'),
		'f.md': when('Words', 'date: January 12, 2024'),
		'g.md': when('Mail', 'date: Fri, 12 Jan 2024 06:00:00 +0100'),
		'h.md': story('Typo', 'draft: ture\n'),
		'i.md': story('Members', 'visibility: members\n'),
	});
	const said = good('import', dir, from);
	assert.deepEqual(headlines(dir, '--status', 'published').sort(),
		['Mail', 'Words']);
	assert.deepEqual(headlines(dir, '--status', 'scheduled'), ['Spelled']);
	assert.match(said, /a\.md\n  kept as a draft: line 7: embargo: "sometime" cannot be read: write it as 2026-11-28T06:00\n/);
	assert.match(said, /kept as a draft: line 7: draft: "ture" is neither/);
	assert.match(said, /kept as a draft: line 7: visibility: "members" is not/);
	assert.match(said, /^6 of them are kept as drafts/m);
	assert.match(good('import', paper(), from, '--quiet'),
		/^6 of them are kept as drafts/m);
});

test('a story that is out takes nothing from a file whose embargo cannot be read',
	() => {
		const dir = paper();
		const from = files({ 'a.md': story('One') });
		good('import', dir, from);
		fs.writeFileSync(path.join(from, 'a.md'),
			story('Secret', 'embargo: 31.12.2099\n'));
		for (let i = 0; i < 2; i++) {
			const ran = run('import', dir, from);
			assert.equal(ran.status, 1);
			assert.match(ran.stdout, /line 7: embargo: "31.12.2099" cannot be read/);
		}
		assert.deepEqual(headlines(dir, '--status', 'published'), ['One']);
		assert.match(good('show', dir, '1'), /1 revision\b/);
	});

test('save refuses a manuscript whose embargo cannot be read', () => {
	const dir = paper();
	const from = files({
		'a.md': story('One'),
		'b.md': story('Secret', 'embargo: 31.12.2099\n'),
	});
	good('import', dir, path.join(from, 'a.md'));
	for (const ref of ['new', '1']) {
		const ran = run('save', dir, ref, path.join(from, 'b.md'));
		assert.equal(ran.status, 1);
		assert.match(ran.stderr, /embargo: "31.12.2099" cannot be read: write it as/);
	}
	assert.deepEqual(headlines(dir), ['One']);
});

test('a date that is to come keeps a saved story back until then', () => {
	const dir = paper();
	const from = files({
		'a.md': '---\ntitle: Later\npublishDate: 2099-01-01T10:00:00Z\n' +
			'---\n\nIt is not time.\n',
	});
	const said = good('save', dir, 'new', path.join(from, 'a.md'));
	assert.match(said, /date: it is to come, and taken as the story's embargo/);
	good('publish', dir, '1');
	assert.deepEqual(headlines(dir, '--status', 'published'), []);
	assert.deepEqual(headlines(dir, '--status', 'scheduled'), ['Later']);
	assert.match(good('show', dir, '1'), /2099-01-01/);
});

test('a paper whose time zone this machine does not have can be given another',
	(t) => {
		if (spawnSync('sqlite3', ['--version']).status !== 0) {
			t.skip('sqlite3 is not installed');
			return;
		}
		const dir = paper();
		good('save', dir, 'new', path.join(files({ 'a.md': story('One') }),
			'a.md'));
		spawnSync('sqlite3', [path.join(dir, 'private/paper.db'),
			'UPDATE setting SET value = \'Europe/Nowhere\' ' +
			'WHERE key = \'zone\'']);
		const refused = run('schedule', dir, '1', '2099-01-01 10:00');
		assert.equal(refused.status, 1);
		assert.match(refused.stderr,
			/time zone is missing.*`farthing set DIR zone Europe\/Berlin`/);
		assert.equal(run('set', dir, 'motto', 'On time').status, 1);
		assert.match(good('set', dir, 'zone', 'Europe/Vienna'),
			/Scheduled stories and embargoes keep their moment/);
		good('schedule', dir, '1', '2099-01-01 10:00');
		assert.match(good('show', dir, '1'), /2099-01-01 10:00/);
	});

test('save says what it does not carry, and names the file it refuses', () => {
	const dir = paper();
	const from = files({
		'a.md': story('One', 'draft: maybe\nlayout: post\n') +
			'\n<script>x</script>\n\n[here](javascript:x)\n',
		'b.md': '---\ntitle: Council: late\n---\n\nText.\n',
		'c.md': story('Two', 'embargo: soon\n'),
		'd.md': '',
	});
	const said = good('save', dir, 'new', path.join(from, 'a.md'));
	assert.match(said, /^Story 1 is saved\.\n/);
	assert.match(said, /^ {2}kept as a draft: line 7: draft: "maybe"/m);
	assert.match(said, /^ {2}not carried: line 8: layout:/m);
	assert.match(said, /^ {2}not carried: line 13: .*script/m);
	assert.match(said, /^ {2}not carried: line 15: link javascript:x:/m);
	const fault = (name) => run('save', dir, 'new', path.join(from, name)).stderr;
	assert.ok(fault('b.md').includes('/b.md:2: a colon inside'), fault('b.md'));
	assert.ok(fault('c.md').includes('/c.md:7: embargo: "soon"'), fault('c.md'));
	assert.match(fault('d.md'), /\/d\.md: there is neither/);
	good('publish', dir, '1');
	const again = good('save', dir, '1', path.join(from, 'a.md'));
	assert.match(again, /it says draft: this text is kept, and readers go on seeing the one before/);
	assert.match(again, /^ {2}kept as a draft: line 7: draft: "maybe"/m);
});

test('a published story whose file says draft keeps its text until it is finished',
	() => {
		const dir = paper();
		const from = files({ 'a.md': story('One') });
		const write = (title, more) => fs.writeFileSync(
			path.join(from, 'a.md'), story(title, more));
		good('import', dir, from);
		write('Half a thought', 'draft: true\n');
		const said = good('import', dir, from);
		assert.match(said, /it says draft: this text is kept, and readers go on seeing the one before; take "draft" out/);
		assert.match(said, /1 changed/);
		const shown = good('show', dir, '1');
		assert.match(shown, /^readers {5}see revision 1, not this text$/m);
		write('Another half', 'draft: true\n');
		assert.match(good('save', dir, '1', path.join(from, 'a.md')),
			/^ {2}it says draft: this text is kept/m);
		// Whoever takes out what readers see gets no draft.
		write('Whole', '');
		good('save', dir, '1', path.join(from, 'a.md'));
		assert.doesNotMatch(good('show', dir, '1'), /^readers/m);
		assert.doesNotMatch(good('show', dir, '1', '--manuscript'), /draft/);
	});

test('a story that is to appear does not do so in a text that says draft', () => {
	const dir = paper();
	const from = files({ 'a.md': story('One', 'draft: true\n') });
	const file = path.join(from, 'a.md');
	good('import', dir, from);
	good('schedule', dir, '1', '2099-01-01 06:00');
	fs.writeFileSync(file, story('Half', 'draft: true\n'));
	const ran = run('save', dir, '1', file);
	assert.equal(ran.status, 1);
	assert.match(ran.stderr, /is to appear at its time, and this text says draft/);
	assert.match(good('show', dir, '1'), /^headline {4}One$/m);
	// What comes out of it can be put in again.
	const text = good('show', dir, '1', '--manuscript');
	assert.doesNotMatch(text, /draft/);
	fs.writeFileSync(path.join(from, 'b.md'), text.replace('Monday', 'Friday'));
	good('save', dir, '1', path.join(from, 'b.md'));
	assert.deepEqual(headlines(dir, '--status', 'scheduled'), ['One']);
	assert.match(good('import', dir, file),
		/it says draft: it was to appear at its time, and does not any more/);
	assert.deepEqual(headlines(dir, '--status', 'draft'), ['Half']);
});

test('a draft that was published comes out as no draft any more', () => {
	const dir = paper();
	const from = files({ 'a.md': story('One', 'draft: true\n') });
	good('import', dir, from);
	assert.match(good('show', dir, '1', '--manuscript'), /^draft: true$/m);
	good('publish', dir, '1');
	const text = good('show', dir, '1', '--manuscript');
	assert.doesNotMatch(text, /draft/);
	fs.writeFileSync(path.join(from, 'b.md'), text.replace('Monday', 'Friday'));
	assert.doesNotMatch(good('save', dir, '1', path.join(from, 'b.md')), /draft/);
	assert.match(good('show', dir, '1'), /on Friday/);
});

test('import names the old addresses that lead nowhere, and carries the others', () => {
	const dir = paper();
	const from = files({
		'a.md': story('One', 'url: /news/2019/one.html\n' +
			'aliases: [/old/one, "/?p=7", one, "https://example.org/one",' +
			' /about, /feed.rss, /, "/caf%C3%A9/", "/Old%20Page/", /section/town,' +
			' /tag/x/, /about/history, /sitemap-pages.xml, /support]\n'),
		'b.md': story('Two', 'redirect_from: /old/one\n'),
	});
	const said = good('import', dir, from);
	const lost = [...said.matchAll(/not carried: address (.*?): (.*)/g)];
	assert.deepEqual(lost.map(([, name]) => name), ['/?p=7', 'one',
		'https://example.org/one', '/about', '/feed.rss', '/',
		'/section/town', '/tag/x/', '/about/history',
		'/sitemap-pages.xml', '/support', '/old/one']);
	assert.match(lost.at(-2)[2], /kept for the paper's own pages/);
	assert.match(lost.at(-1)[2], /another story has it/);
	for (const address of ['/news/2019/one.html', '/old/one', '/café', '/Old Page'])
		assert.match(good('show', dir, address), /One/, address);
});

test('an old address that another story has meanwhile is named when a draft appears',
	() => {
		const dir = paper();
		const more = 'draft: true\naliases: [/old/one]\n';
		const from = files({
			'a.md': story('One', more),
			'b.md': story('Two', more),
			'c.md': story('Three', more),
		});
		assert.doesNotMatch(good('import', dir, from), /not carried/);
		assert.doesNotMatch(good('publish', dir, '1'), /not carried/);
		for (const words of [['publish', dir, '2'],
			['schedule', dir, '3', '2099-01-01 06:00']])
			assert.match(good(...words),
				/^ {2}not carried: address \/old\/one: another story has it$/m);
		assert.match(good('show', dir, '/old/one'), /One/);
	});

test('import names links to files, and counts what whole archives lack', () => {
	const dir = paper();
	const bare = (title, more = '') => `---\ntitle: ${title}\n` +
		`date: 2024-01-01\n---\n\nThe ferry ran.${more}\n`;
	const from = files({
		'a.md': bare('One'),
		'b.md': bare('Two'),
		'c.md': story('Three') + '\n[a](../a.md), [b](b.md#x), [c](/c),' +
			' [d](#d), [e](mailto:e@example.org), [f](https://example.org/f).\n',
	});
	const said = good('import', dir, from);
	assert.match(said, /^2 without a byline, 2 without a dateline\.$/m);
	assert.doesNotMatch(said, /has no byline|has no dateline|\/a\.md\n/);
	assert.deepEqual([...said.matchAll(/not carried: link (\S+): it leads/g)]
		.map(([, url]) => url), ['../a.md', 'b.md#x']);
});

test('no file that says draft appears by a schedule made before', () => {
	const dir = paper();
	const from = files({ 'a.md': story('One', 'draft: true\n'),
		'b.md': story('Two') });
	const write = (name, title) => fs.writeFileSync(path.join(from, name),
		story(title, 'draft: true\n'));
	good('import', dir, from);
	good('withdraw', dir, '2', '--note', 'An error.');
	for (const id of ['1', '2'])
		good('schedule', dir, id, '2099-01-01 06:00');
	write('a.md', 'One, unchecked');
	write('b.md', 'Two, unchecked');
	const said = good('import', dir, from);
	assert.equal(said.match(/it says draft: it was to appear at its time, and does not/g)?.length, 2, said);
	assert.deepEqual(headlines(dir, '--status', 'scheduled'), []);
	assert.deepEqual(headlines(dir, '--status', 'draft'), ['One, unchecked']);
	assert.deepEqual(headlines(dir, '--status', 'withdrawn'), ['Two, unchecked']);
});

test('a schedule made by hand is not undone by a file that says another time', () => {
	const dir = paper();
	const from = files({ 'a.md': story('One', 'draft: true\n'),
		'b.md': story('Two', 'embargo: 2099-03-01\n') });
	const write = (name, title, more = '') => fs.writeFileSync(
		path.join(from, name), story(title, more));
	good('import', dir, from);
	good('schedule', dir, '1', '2099-12-24 06:00');
	write('a.md', 'One, finished');
	write('b.md', 'Two', 'embargo: 2099-04-01\n');
	good('import', dir, from);
	assert.match(good('list', dir), /scheduled +2099-12-24 .*One, finished/);
	// What the file itself had said, it may say anew.
	assert.match(good('list', dir), /scheduled +2099-04-01 .*Two/);
	// And nothing is let out before an embargo.
	write('a.md', 'One, finished', 'embargo: 2100-01-02\n');
	good('import', dir, from);
	assert.match(good('list', dir), /scheduled +2100-01-02 .*One, finished/);
});

test('a story that was taken back stays a draft, whatever its file says', () => {
	const dir = paper();
	const from = files({ 'a.md': story('One', 'embargo: 2099-03-01\n') });
	good('import', dir, from);
	good('withdraw', dir, '1', '--note', 'never');
	fs.writeFileSync(path.join(from, 'a.md'), story('One, mended'));
	const said = good('import', dir, from);
	assert.match(said, /it stays a draft: it was taken or sent back, or given another time, by hand/);
	assert.match(good('show', dir, '1'), /draft[^]*never/);
	good('publish', dir, '1');
	assert.deepEqual(headlines(dir, '--status', 'published'), ['One, mended']);
});

test('an embargo that was set by hand outlasts a file without it', () => {
	const dir = paper();
	const from = files({ 'a.md': story('One', 'draft: true\n') });
	good('import', dir, from);
	good('save', dir, '1', path.join(files({
		'b.md': story('One', 'draft: true\nembargo: 2099-12-25T06:00\n'),
	}), 'b.md'));
	fs.writeFileSync(path.join(from, 'a.md'), story('One, mended'));
	assert.match(good('import', dir, from), /its embargo stays: it was set by hand/);
	assert.match(good('list', dir), /scheduled +2099-12-25 .*One, mended/);
});

test('a file of a tree that comes in alone keeps its section', () => {
	const dir = paper();
	const text = (more) => `---\ntitle: Quay\n---\nA quay${more}.\n`;
	const from = files({ 'harbour/_posts/2026-03-03-quay.md': text('') });
	good('import', dir, from);
	fs.writeFileSync(path.join(from, 'harbour/_posts/2026-03-03-quay.md'),
		text(' of stone'));
	assert.match(good('import', dir,
		path.join(from, 'harbour/_posts/2026-03-03-quay.md')), /1 changed/);
	assert.deepEqual(headlines(dir, '--section', 'Harbour'), ['Quay']);
});

test('a part of a tree that comes in alone leaves sections as they are', () => {
	const dir = paper();
	const text = (more, head = '') =>
		`---\ntitle: Quay\n${head}---\nA quay${more}.\n`;
	const from = files({ 'town/_posts/2020-01-01-quay.md': text(''),
		'news/sea.md': story('Sea') });
	const write = (...words) => fs.writeFileSync(
		path.join(from, 'town/_posts/2020-01-01-quay.md'), text(...words));
	good('import', dir, from);
	for (const [i, part] of ['town', 'town/_posts'].entries()) {
		write(` of stone ${i}`);
		assert.match(good('import', dir, path.join(from, part)), /1 changed/);
		assert.deepEqual(headlines(dir, '--section', 'Town').sort(),
			['Quay', 'Sea']);
	}
	// What the file says of itself is followed,
	write('', 'section: Harbour\n');
	good('import', dir, path.join(from, 'town'));
	assert.deepEqual(headlines(dir, '--section', 'Harbour'), ['Quay']);
	// also where it says nothing any more, and no folder can have given it.
	fs.writeFileSync(path.join(from, 'news/sea.md'),
		story('Sea').replace('section: Town\n', ''));
	good('import', dir, path.join(from, 'news'));
	assert.deepEqual(headlines(dir, '--section', 'Town'), []);
});

test('an hour that comes twice is the later one, and a schedule is asked which', () => {
	const dir = paper();
	good('import', dir, files({ 'a.md': story('One', 'embargo: 2099-10-25T02:30\n'),
		'b.md': story('Two', 'draft: true\n') }));
	assert.match(good('show', dir, '1'), /2099-10-25.02:30/);
	const ran = run('schedule', dir, '2', '2099-10-25 02:30');
	assert.equal(ran.status, 1);
	assert.match(ran.stderr, /comes twice.*2099-10-25T02:30:00\+02:00.*2099-10-25T02:30:00\+01:00/);
	good('schedule', dir, '2', '2099-10-25T02:30+01:00');
});

test('list shows when a story that waits will appear', () => {
	const dir = paper();
	good('import', dir, files({
		'a.md': story('One', 'embargo: 2099-05-06\n'),
	}));
	assert.match(good('list', dir), /scheduled +2099-05-06 /);
});

test('an embargo that comes too late is refused, and nothing beside it is seen', () => {
	const dir = paper();
	const from = files({ 'one.md': story('One') });
	const late = story('One', 'embargo: 2099-05-06\n').replace('Monday',
		'Tuesday');
	good('import', dir, from);
	fs.writeFileSync(path.join(from, 'one.md'), late);
	for (let i = 0; i < 2; i++) {
		const said = run('import', dir, from);
		assert.equal(said.status, 1);
		assert.match(said.stdout, /embargo: .* story 1 is published; withdraw it first/);
		assert.match(said.stdout, /1 refused/);
	}
	assert.match(good('show', dir, '1'), /published[^]*on Monday/);
	// So is a date by which nobody is to see it yet.
	fs.writeFileSync(path.join(from, 'one.md'), story('One',
		'publishDate: 2099-05-06\n').replace('Monday', 'Tuesday'));
	assert.equal(run('import', dir, from).status, 1);
	fs.writeFileSync(path.join(from, 'one.md'), late);
	const ran = run('save', dir, '1', path.join(from, 'one.md'));
	assert.notEqual(ran.status, 0);
	assert.match(ran.stderr, /story 1 is published; withdraw it first/);
	// What the desk has taken back can wait for its embargo.
	good('withdraw', dir, '1', '--note', 'Too early.');
	assert.match(good('import', dir, from), /1 changed/);
	assert.deepEqual(headlines(dir, '--status', 'published'), []);
});

test('a save says the address, and a withdrawal what became of it', () => {
	const dir = paper();
	const from = files({
		'one.md': story('One', 'slug: three\n'), 'two.md': story('Two'),
		'three.md': story('Two', 'slug: three\n'),
		'later.md': story('Later', 'embargo: 2099-05-06\n'),
	});
	good('import', dir, path.join(from, 'one.md'), path.join(from, 'two.md'));
	const two = good('list', dir, '--find', 'Two').trim().split(' ')[0];
	assert.match(good('save', dir, two, path.join(from, 'three.md')),
		/is saved: \/2026\/03\/01\/three-2\n/);
	assert.match(good('save', dir, 'new', path.join(from, 'two.md')),
		/is saved\.\n/);
	good('import', dir, path.join(from, 'later.md'));
	const later = good('list', dir, '--find', 'Later').trim().split(' ')[0];
	assert.match(good('withdraw', dir, later, '--note', 'No.'),
		/is a draft again, and will not appear/);
});

test('a picture that is not there is named, and refuses nothing', () => {
	const dir = paper();
	const said = /the picture \/pictures\/none\.png is not there/;
	const from = files({
		'one.md': story('One', 'picture: {url: /pictures/none.png}\n') +
			'\n![Map](/pictures/map.png "Map")\n' +
			'\n[Sea](/pictures/sea.png)\n',
	});
	fs.writeFileSync(path.join(dir, 'public/pictures/map.png'), 'x');
	const text = good('import', dir, from);
	assert.match(text, said);
	assert.doesNotMatch(text, /(map|sea)\.png is not there/);
	assert.match(good('save', dir, '1', path.join(from, 'one.md')), said);
	assert.match(good('show', dir, '1'), said);
	fs.writeFileSync(path.join(dir, 'public/pictures/none.png'), 'x');
	assert.doesNotMatch(good('show', dir, '1'), /is not there/);
});

test('a published story whose source turns draft stays, and that is said', () => {
	const dir = paper();
	const from = files({ 'one.md': story('One') });
	good('import', dir, from);
	fs.writeFileSync(path.join(from, 'one.md'), story('One', 'draft: true\n'));
	assert.match(good('import', dir, from),
		/it says draft: this text is kept, and readers go on seeing/);
	assert.deepEqual(headlines(dir, '--status', 'published'), ['One']);
});

test('what an import cannot carry is named with its line', () => {
	const dir = paper();
	const from = files({
		'a.md': story('One', 'layout: post\nweight: 7\n') +
			'\n<div class="x">Box.</div>\n\n{{< youtube abc >}}\n' +
			'\nMore in [May]({% post_url may %}).\n',
	});
	const text = good('import', dir, from);
	assert.match(text, /layout/);
	assert.match(text, /weight/);
	assert.match(text, /youtube/);
	assert.match(text, /line \d+: link: it has no address/);
	assert.match(text, /line \d+/);
});

test('import shows the proof marks', () => {
	const dir = paper();
	const from = files({ 'a.md': story('One') +
		'\nThe the boat came. “It is late, he said.\n' });
	const text = good('import', dir, from);
	assert.match(text, /the the/i);
	assert.match(text, /quotation/);
});

test('import names the pictures that readers would not see', () => {
	const dir = paper();
	const from = files({
		'ours.md': story('One') + '\n![A boat](/pictures/boat.jpg "Ada")\n',
		'mark.md': story('Two') + '\n![A bell](/assets/bell.jpg "Ada")\n',
		'hugo.md': story('Three') + '\n{{< figure src="tree.jpg" >}}\n',
		'head.md': story('Four', 'image: https://example.org/far.jpg\n'),
	});
	fs.writeFileSync(path.join(dir, 'public/pictures/boat.jpg'), 'x');
	const text = good('import', dir, from);
	for (const name of ['/assets/bell.jpg', 'tree.jpg',
		'https://example.org/far.jpg'])
		assert.ok(text.includes(`not carried: picture ${name}: readers`), name);
	assert.match(text, /public\/pictures/);
	assert.doesNotMatch(text, /picture \/pictures/);
});

test('the story that the documentation shows has no fault', () => {
	const doc = fs.readFileSync('doc/manuscripts.md', 'utf8');
	const example = doc.split('```\n')[1];
	const dir = paper();
	for (const [, name] of example.matchAll(/\/pictures\/([\w.]+)/g))
		fs.writeFileSync(path.join(dir, 'public/pictures', name), 'x');
	assert.match(good('import', dir, files({ 'ferry.md': example })),
		/^1 new, 0 changed, 0 unchanged, 0 refused\.\n$/);
	const text = good('show', dir, '1');
	for (const field of ['kicker', 'standfirst', 'section', 'byline', 'tags',
		'dateline', 'picture', 'caption', 'credit', 'published'])
		assert.match(text, new RegExp(`^${field} `, 'm'));
	// Each name that it lists is a field.
	const rows = doc.split('## The head')[1].split('\n## ')[0]
		.matchAll(/^\| `(\w+)` \|([^|]*)\|/gm);
	const said = run('import', dir, files({ 'all.md': '---\n' +
		[...rows].flatMap(([, name, others]) =>
			[name, ...[...others.matchAll(/`(\w+)`/g)].map((m) => m[1])])
			.map((name) => `${name}: []\n`).join('') +
		'---\n\nText.\n' })).stdout;
	assert.ok(said.length > 0);
	assert.doesNotMatch(said, /no such field/);
});

test('a fault in a head is said in words, at the line of the fault', () => {
	const dir = paper();
	const ran = run('import', dir, files({
		'colon.md': '---\ndate: 2026-01-01\ntitle: Council: late\n---\n\nText.\n',
		'quote.md': '---\ntitle: "Council\ndate: 2026-01-01\n---\n\nText.\n',
	}));
	assert.equal(ran.status, 1);
	assert.match(ran.stdout, /line 3: a colon inside a text/);
	assert.match(ran.stdout, /line 2: the text in quotation marks/);
});

test('one broken file is refused by name and line, the others come in', () => {
	const dir = paper();
	const from = files({
		'good.md': story('Good'),
		'head.md': '---\ntitle: "No end of it\n---\n\nText.\n',
		'open.md': '---\ntitle: x\n\nText without an end of the head.\n',
		'binary.md': Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 255, 254]),
		'latin.md': Buffer.from('---\ntitle: Caf\xe9\n---\n\nCaf\xe9.\n',
			'latin1'),
		'toml.md': '+++\ntitle = "x"\n+++\n\nText.\n',
		'empty.md': '',
	});
	const ran = run('import', dir, from);
	assert.equal(ran.status, 1);
	assert.match(ran.stdout, /1 new, 0 changed, 0 unchanged, 6 refused/);
	for (const name of ['head.md', 'open.md', 'binary.md', 'latin.md',
		'toml.md', 'empty.md'])
		assert.match(ran.stdout, new RegExp(name));
	assert.match(ran.stdout, /line \d/);
	assert.deepEqual(headlines(dir), ['Good']);
});

test('an import that is killed goes on where it was', async () => {
	const dir = paper();
	const many = {};
	for (let i = 0; i < 1500; i++)
		many[`s${i}.md`] = story(`Story number ${i}`);
	const from = files(many);
	const child = spawn(binary, ['import', dir, from, '--quiet'],
		{ stdio: 'ignore' });
	const gone = new Promise((done) => child.on('exit', done));
	// Killed as soon as a batch is in the database.
	const deadline = Date.now() + 60000;
	while (Date.now() < deadline && child.exitCode === null) {
		const n = spawnSync(binary, ['list', dir, '--most', '1'],
			{ encoding: 'utf8' }).stdout.length;
		if (n > 0)
			break;
	}
	child.kill('SIGKILL');
	await gone;
	const half = headlines(dir, '--most', '5000').length;
	assert.ok(half > 0, 'killed before the first batch');
	const text = good('import', dir, from, '--quiet');
	assert.match(text, new RegExp(
		`${1500 - half} new, 0 changed, ${half} unchanged`));
	assert.equal(new Set(headlines(dir, '--most', '5000')).size, 1500);
});

test('drafts stay drafts, and the future is scheduled', () => {
	const dir = paper();
	const from = files({
		'draft.md': story('Draft', 'draft: true\n'),
		'future.md': story('Future').replace('2026-03-01', '2190-03-01'),
		'embargo.md': story('Embargoed', 'embargo: 2190-01-01T00:00:00Z\n'),
	});
	good('import', dir, from);
	assert.deepEqual(headlines(dir, '--status', 'draft'), ['Draft']);
	assert.deepEqual(headlines(dir, '--status', 'scheduled').sort(),
		['Embargoed', 'Future']);
	assert.deepEqual(headlines(dir, '--status', 'published'), []);
});

test('a story goes from draft to published to withdrawn', () => {
	const dir = paper();
	const from = files({ 'one.md': story('One') });
	good('import', dir, from, '--draft');
	good('submit', dir, '1');
	assert.deepEqual(headlines(dir, '--status', 'submitted'), ['One']);
	assert.match(good('publish', dir, '1'), /Story 1 is published: .*\/one/);
	assert.equal(run('publish', dir, '1').status, 1);
	assert.equal(run('withdraw', dir, '1').status, 2);
	good('withdraw', dir, '1', '--note', 'It was not so.');
	assert.deepEqual(headlines(dir, '--status', 'withdrawn'), ['One']);
	assert.match(good('show', dir, '1'), /It was not so/);
});

test('schedule takes the time in the zone of the paper', () => {
	const dir = paper();
	good('import', dir, files({ 'a.md': story('One') }), '--draft');
	good('schedule', dir, '1', '2190-07-01 06:00');
	assert.match(good('list', dir), /scheduled +2190-07-01 06:00:00/);
	assert.match(good('schedule', dir, '1', '2190-12-01T05:00:00Z'),
		/2190-12-01T06:00:00\+01:00/);
	assert.equal(run('schedule', dir, '1', 'tomorrow').status, 1);
});

test('a time that is past is refused, and the story stays where it was', () => {
	const dir = paper();
	good('import', dir, files({ 'a.md': story('One') }), '--draft');
	const ran = run('schedule', dir, '1', '2020-01-01 06:00');
	assert.equal(ran.status, 1);
	assert.match(ran.stderr, /past.*publish/);
	assert.deepEqual(headlines(dir, '--status', 'draft'), ['One']);
});

test('set shows each setting that it takes, and no other', () => {
	const dir = paper();
	good('set', dir, 'sections', 'Town, Harbour,World');
	assert.equal(good('set', dir, 'sections'), 'Town, Harbour, World\n');
	const keys = good('set', dir).split('\n').map((l) => l.split(' ')[0]);
	for (const key of ['name', 'lang', 'motto', 'place', 'zone', 'origin',
		'publisher', 'address', 'sections', 'support', 'about']) {
		assert.ok(keys.includes(key), key);
		assert.match(good('help', 'set'), new RegExp(`\\b${key}\\b`));
	}
	for (const words of [['mottto'], ['mottto', 'x']]) {
		const ran = run('set', dir, ...words);
		assert.notEqual(ran.status, 0);
		assert.match(ran.stderr, /no setting "mottto"; `farthing /);
	}
});

test('save makes a revision, and show prints what import reads', () => {
	const dir = paper();
	good('import', dir, files({ 'a.md': story('One') }), '--draft');
	const text = good('show', dir, '1', '--manuscript');
	const changed = path.join(root, 'changed.md');
	fs.writeFileSync(changed, text.replace('on Monday', 'on Sunday'));
	good('save', dir, '1', changed);
	assert.match(good('show', dir, '1'), /on Sunday/);
	const first = /(\d+) +\d{4}-.*\n?$/.exec(
		good('show', dir, '1').trim())[1];
	assert.match(good('show', dir, '1', '--revision', first), /on Monday/);
	assert.match(good('save', dir, 'new', changed), /2/);
	assert.equal(headlines(dir).length, 2);
});

test('intake tells the parts of a copied page apart', (t) => {
	const file = path.join(samples, 'samples',
		'page-copied-from-another-paper.txt');
	if (!fs.existsSync(file)) {
		t.skip('the sample is not beside the tree');
		return;
	}
	const dir = paper();
	const text = good('intake', dir, file);
	assert.match(text, /Saved as draft 1/);
	assert.match(text, /Support us with crypto/);
	assert.match(text, /^page-copied-from-another-paper\.txt:5: /m);
	const manuscript = good('show', dir, '1', '--manuscript');
	assert.match(manuscript, /title: .*Friends Putin and Kim add strength/);
	assert.match(manuscript, /dateline: .*Moscow\/Seoul/);
	assert.doesNotMatch(manuscript, /Support us/);
	assert.deepEqual(headlines(dir, '--status', 'draft').length, 1);
});

test('intake refuses a binary file and saves nothing', () => {
	const dir = paper();
	const from = files({ 'a.bin': Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0]) });
	const ran = run('intake', dir, path.join(from, 'a.bin'));
	assert.equal(ran.status, 1);
	assert.match(ran.stderr, /a\.bin/);
	assert.deepEqual(headlines(dir), []);
});

test('render prints a page, and probe every parser', () => {
	const from = files({ 'a.md': story('One & <two>') });
	const html = good('render', path.join(from, 'a.md'));
	assert.match(html, /<h1[^>]*>One &amp; &lt;two&gt;/);
	assert.match(html, /^<!doctype html>/i);
	fs.writeFileSync(path.join(from, 'undated.md'), '# One\n\nText.\n');
	assert.doesNotMatch(good('render', path.join(from, 'undated.md')), /1970/);
	const kinds = good('probe').split('\n').filter(Boolean)
		.map((line) => line.trim().split(' ')[0]);
	assert.ok(kinds.length >= 10);
	for (const kind of kinds) {
		const ran = run('probe', kind, path.join(from, 'a.md'));
		assert.ok(ran.status === 0 || ran.status === 1, kind);
		assert.equal(ran.signal, null, kind);
	}
});

test('probe reads what the chain and the world send', () => {
	const corpus = (name) => path.join('test/fuzz/corpus', name);
	assert.match(good('probe', 'tx', corpus('tx/bip143')),
		/^tx [0-9a-f]{64}, \d+ bytes, .*\nspends [0-9a-f]{64}:\d+\n[^]*\npays /);
	const from = files({ 'tx.hex': fs.readFileSync(corpus('tx/genesis'))
		.toString('hex') + '\n',
	'rate': 'EUR kraken\n{"result":{"XXBTZEUR":{"c":["60000.1","1"]}}}' });
	assert.match(good('probe', 'tx', path.join(from, 'tx.hex')), /, coinbase\n/);
	assert.match(good('probe', 'block', corpus('block/genesis')),
		/^block 000000000933ea01[^]*its work is enough for testnet\n/);
	assert.match(good('probe', 'fact', corpus('fact/sources')), /1 of 3: kraken/);
	assert.match(good('probe', 'fact', corpus('fact/hello')), /^order 64, /);
	assert.equal(good('probe', 'rate', path.join(from, 'rate')), '60000.10 EUR\n');
	assert.match(good('probe', 'gift-page', corpus('gift_page/good')),
		/^address bcrt1q[a-z0-9]+, genuine by the page.s own key\n/);
	for (const [kind, file] of [['tx', 'tx/cut'], ['block', 'block/wrong-root'],
		['fact', 'fact/newer'], ['rate', 'rate/html'],
		['gift-page', 'gift_page/no-proof']]) {
		const ran = run('probe', kind, corpus(file));
		assert.equal(ran.status, 1, kind);
		assert.match(ran.stderr, /probe: ./, kind);
	}
});

test('a paper of a newer version is left alone', (t) => {
	if (spawnSync('sqlite3', ['--version']).status !== 0) {
		t.skip('sqlite3 is not installed');
		return;
	}
	const dir = paper();
	const file = path.join(dir, 'private', 'paper.db');
	spawnSync('sqlite3', [file, 'pragma user_version = 999']);
	for (const words of [['list', dir], ['publish', dir, '1']]) {
		const ran = run(...words);
		assert.equal(ran.status, 1);
		assert.match(ran.stderr, /newer/);
		assert.match(ran.stderr, /paper\.db/);
	}
});

test('no init takes what a paper has published', () => {
	const dir = paper();
	good('import', dir, files({ 'a.md': story('One') }));
	const db = path.join(dir, 'public/public.db');
	const size = fs.statSync(db).size;
	fs.rmSync(path.join(dir, 'private'), { recursive: true });
	assert.match(run('list', dir).stderr, /private\/paper\.db is gone.*copy of the folder/);
	const ran = run('init', dir, '--name', 'X', '--lang', 'en');
	assert.equal(ran.status, 1);
	assert.match(ran.stderr, /no private\/paper\.db, but a public\/public\.db/);
	assert.equal(fs.statSync(db).size, size);
});

test('what cannot be printed is a failure', () => {
	const dir = paper();
	const full = fs.openSync('/dev/full', 'w');
	for (const words of [['set', dir], ['help'], ['help', 'import']]) {
		const ran = spawnSync(binary, words,
			{ stdio: ['ignore', full, 'pipe'], encoding: 'utf8' });
		assert.equal(ran.status, 1, words.join(' '));
		assert.match(ran.stderr, /No space left/, words.join(' '));
	}
	fs.closeSync(full);
});

test('a revision is shown of its own story only, with every character', () => {
	const dir = paper();
	good('import', dir, files({ 'a.md': story('One'),
		'b.md': story('Two').replace('ferry', 'fer\u0085\u0093ry') }));
	const id = Number(/revision (\d+)|^ *(\d+) .*import/m.exec(good('show', dir, '2'))?.slice(1).find(Boolean) ?? 2);
	const other = run('show', dir, '1', '--revision', String(id));
	assert.equal(other.status, 1);
	assert.match(other.stderr, /story 1 has no revision 2/);
	const text = good('show', dir, '2', '--manuscript');
	assert.match(text, /fer\u0085\u0093ry/);
});

test('a path too long for sockets is refused before anything is served', () => {
	const dir = path.join(root, 'x'.repeat(110 - root.length));
	good('init', dir, '--name', 'X', '--lang', 'en');
	const ran = spawnSync(binary, ['serve', dir, '--port', '1'],
		{ encoding: 'utf8', timeout: 10000 });
	assert.equal(ran.status, 1);
	assert.match(ran.stderr, /path is too long for the sockets/);
});

test('a folder without a paper is said to be one', () => {
	const dir = fs.mkdtempSync(path.join(root, 'empty-'));
	for (const words of [['list', dir], ['publish', dir, '1'],
		['serve', dir]]) {
		const ran = run(...words);
		assert.equal(ran.status, 1, words[0]);
		assert.match(ran.stderr, /farthing init/);
	}
});

test('a full disk is named, and nothing is half done', (t) => {
	const mount = fs.mkdtempSync(path.join(root, 'small-'));
	const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4500k',
		'tmpfs', mount]);
	if (mounted.status !== 0) {
		t.skip('no right to mount a small disk');
		return;
	}
	try {
		const dir = path.join(mount, 'paper');
		good('init', dir, '--name', 'Small', '--lang', 'en');
		const many = {};
		for (let i = 0; i < 400; i++)
			many[`s${i}.md`] = story(`Story ${i}`) +
				'Words and words and words.\n\n'.repeat(200);
		const ran = run('import', dir, files(many), '--quiet');
		assert.equal(ran.status, 1);
		assert.match(ran.stderr, /full|space/i);
		assert.match(ran.stderr, /Run it again to go on/);
		const left = headlines(dir, '--most', '1000');
		const said = /^(\d+) new/.exec(ran.stdout);
		const kept = /of which (\d+) are in the paper/.exec(ran.stdout);
		assert.equal(Number(said[1]) + Number(kept?.[1] ?? 0), left.length,
			ran.stdout);
		assert.equal(left.length, new Set(left).size);
	} finally {
		spawnSync('umount', [mount]);
	}
});

test('init on a full disk leaves nothing, and may be given again', (t) => {
	const mount = fs.mkdtempSync(path.join(root, 'tiny-'));
	const sizes = [40, 100, 200, 300, 400, 800, 1200, 1600, 2000, 2400];
	for (const size of sizes) {
		const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o',
			`size=${size}k`, 'tmpfs', mount]);
		if (mounted.status !== 0) {
			t.skip('no right to mount a small disk');
			return;
		}
		try {
			const dir = path.join(mount, 'paper');
			const words = ['init', dir, '--name', 'Small', '--lang', 'en'];
			const first = run(...words);
			if (first.status === 0)
				continue;
			assert.match(first.stderr, /full|space/i);
			assert.deepEqual(fs.readdirSync(mount), []);
			spawnSync('mount', ['-o', 'remount,size=8m', mount]);
			good(...words);
			assert.match(good('set', dir), /Small/);
		} finally {
			spawnSync('umount', [mount]);
		}
	}
});

test('a folder that cannot be written is named', (t) => {
	if (process.getuid() === 0) {
		t.skip('root may write everywhere');
		return;
	}
	const dir = paper();
	fs.chmodSync(path.join(dir, 'private'), 0o500);
	const ran = run('import', dir, files({ 'a.md': story('One') }));
	fs.chmodSync(path.join(dir, 'private'), 0o700);
	assert.equal(ran.status, 1);
	assert.match(ran.stderr, /private/);
});
