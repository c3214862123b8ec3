// SPDX-License-Identifier: MIT
//
// Two who save the same thing: of settings, sections, people, pages, rules,
// redirects, rights and the banner, the second is shown what the first has
// saved, and whoever sends once more sends knowingly. What only one of them
// has changed is put together.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Newsroom } from './newsroom.mjs';

let paper, ada, bo;

before(async () => {
	paper = await Newsroom.start({ stories: 2 });
	ada = await paper.owner();
	bo = await paper.member(ada, { name: 'Bo Tern', login: 'bo', role: 1 });
});
after(() => paper.stop());

// The fields of the form that is sent to PATH, as a browser would send them.
function fields(body, path) {
	const [, rest] = body.split(`action="${path}"`);
	const [form] = rest.split('</form>');
	const text = (s) => s.replace(/&quot;/g, '"').replace(/&amp;/g, '&');
	const all = [];
	for (const [, attrs] of form.matchAll(/<input ([^>]*)>/g)) {
		const [, name] = /name="([^"]*)"/.exec(attrs) ?? [];
		const [, type] = /type="([^"]*)"/.exec(attrs) ?? [];
		const [, value] = /value="([^"]*)"/.exec(attrs) ?? [, ''];
		if (!/radio|checkbox/.test(type) || / checked/.test(attrs))
			all.push([name, text(value)]);
	}
	for (const [, name, value] of form.matchAll(
		/<textarea [^>]*name="([^"]*)"[^>]*>\n([^<]*)</g))
		all.push([name, text(value)]);
	for (const [, name, options] of form.matchAll(
		/<select [^>]*name="([^"]*)"[^>]*>([^]*?)<\/select>/g))
		all.push([name, /value="([^"]*)" selected/.exec(options)?.[1] ?? '']);
	return all;
}

const open = async (who, path, screen = path) =>
	fields((await who.get(screen)).body, path);
const change = (form, changes) => [
	...form.filter(([name]) => !(name in changes)),
	...Object.entries(changes).filter(([, value]) => value !== null)];
const value = (form, name) => form.find(([n]) => n === name)?.[1];

const langs = { en: 'saved this meanwhile', es: 'lo guardó entretanto',
	fr: 'a enregistré cela entre-temps', de: 'hat das inzwischen gespeichert',
	ru: 'Тем временем это сохранил', ar: 'هذا في هذه الأثناء',
	ko: '그사이 Ada Quay 님이 저장했습니다' };

// Ada and Bo have the form open, and change it: the first answer is Ada's.
async function race(path, { theirs, mine, screen = path, shown, is }) {
	const a = await open(ada, path, screen), b = await open(bo, path, screen);
	const first = await ada.post(path, change(a, theirs));
	assert.equal(first.status, 303, first.body);
	const second = await bo.post(path, change(b, mine));
	assert.equal(second.status, 409, second.body);
	assert.match(second.body, /Ada Quay saved this meanwhile, on /);
	assert.match(second.body, /role="alert"/);
	assert.match(second.body, shown);
	// Mine is still in the fields, and nothing of it is saved.
	const again = fields(second.body, path);
	for (const [name, typed] of Object.entries(mine))
		if (typed !== null)
			assert.equal(value(again, name), typed, name);
	assert.notEqual(await is(), 'mine');
	// In every language.
	for (const [lang, words] of Object.entries(langs)) {
		await bo.post('/account/me', { name: 'Bo Tern', lang });
		const said = await bo.post(path, change(b, mine));
		assert.equal(said.status, 409, lang);
		assert.ok(said.body.includes(words), lang);
	}
	await bo.post('/account/me', { name: 'Bo Tern', lang: 'en' });
	// Sent once more it is sent knowingly.
	const knowingly = await bo.post(path, again);
	assert.equal(knowingly.status, 303, knowingly.body);
	assert.equal(await is(), 'mine');
}

const standsIn = (path, pattern, screen = path) => async () =>
	pattern.test((await ada.get(screen)).body) ? 'mine' : 'theirs';

test('the paper itself: the same field is shown, others are put together', async () => {
	await race('/settings/paper', { theirs: { motto: 'Theirs & all' },
		mine: { motto: 'Mine' },
		shown: /id="t-motto">[^]*?Theirs &amp; all</,
		is: standsIn('/settings/paper', /name="motto"[^>]*value="Mine"/) });
	const a = await open(ada, '/settings/paper');
	const b = await open(bo, '/settings/paper');
	assert.equal((await ada.post('/settings/paper',
		change(a, { place: 'Port Lune' }))).status, 303);
	assert.equal((await bo.post('/settings/paper',
		change(b, { zone: 'Asia/Tokyo' }))).status, 303);
	const now = await open(ada, '/settings/paper');
	assert.equal(value(now, 'place'), 'Port Lune');
	assert.equal(value(now, 'zone'), 'Asia/Tokyo');
	assert.equal(value(now, 'motto'), 'Mine');
});

test('who is named has changed that field, not another setting since', async () => {
	const form = await open(ada, '/settings/paper');
	assert.equal((await bo.post('/settings/paper',
		change(form, { motto: 'By Bo' }))).status, 303);
	assert.equal((await ada.post('/settings/paper', change(
		await open(ada, '/settings/paper'), { place: 'Quay' }))).status, 303);
	const rules = await open(ada, '/settings/publishing');
	assert.equal((await ada.post('/settings/publishing', change(rules,
		{ check_byline: value(rules, 'check_byline') === '1' ? '2' : '1' })))
		.status, 303);
	const { status, body } = await ada.post('/settings/paper',
		change(form, { motto: 'By Ada' }));
	assert.equal(status, 409);
	assert.match(body, /Bo Tern saved this meanwhile/);
});

test('the log says in its reader’s language what the rules for publishing are',
	async () => {
		const set = async (form) => assert.equal(
			(await ada.save('/settings/publishing', form)).status, 303);
		for (const [was, is, lang, words] of [
			[{ check_byline: '2' }, { check_byline: '1' }, 'en',
				/>A missing byline Blocks → Warns</],
			[{ check_byline: '1' }, { check_byline: '2', eyes: '1' }, 'de',
				/>Nichts wird veröffentlicht, [^<]*; [^<]* Warnt → Sperrt</],
			[{ eyes: '1' }, {}, 'ko', />혼자서도 내보낼 수 있음</]]) {
			await ada.post('/account/me', { name: 'Ada Quay', lang });
			await set(was);
			await set(is);
			const { body } = await ada.get('/audit');
			const at = body.indexOf('<tbody');
			assert.match(body.slice(at, body.indexOf('</tr>', at)), words);
		}
		await ada.post('/account/me', { name: 'Ada Quay', lang: 'en' });
	});

test('a list to choose from says what was chosen, and both the same is no race',
	async () => {
		await race('/settings/paper', { theirs: { lang: 'de' },
			mine: { lang: 'fr' }, shown: /id="t-lang">[^]*?de</,
			is: standsIn('/settings/paper', /value="fr" selected/) });
		const a = await open(ada, '/settings/paper');
		const b = await open(bo, '/settings/paper');
		for (const [who, form] of [[ada, a], [bo, b]])
			assert.equal((await who.post('/settings/paper',
				change(form, { lang: 'en' }))).status, 303);
	});

test('who sends no word of what was seen overwrites nothing', async () => {
	const form = change(await open(ada, '/settings/paper'),
		{ motto: 'Blind', seen: null });
	for (const seen of [undefined, '', 'x', '1', '1.', '1.zz',
		`1.${'0'.repeat(16)}`, `-1.${'0'.repeat(16)}`, '9'.repeat(4000)]) {
		const { status } = await ada.post('/settings/paper',
			seen === undefined ? form : [...form, ['seen', seen]]);
		assert.equal(status, 409, seen);
	}
	assert.doesNotMatch((await ada.get('/settings/paper')).body, /Blind/);
});

test('sections: the other list is shown, and a new one joins it', async () => {
	await ada.save('/settings/sections', { new: 'Harbour' });
	const form = await open(ada, '/settings/sections');
	const at = form.find(([, v]) => v === 'Harbour')[0].split('_')[1];
	await race('/settings/sections', { theirs: { [`name_${at}`]: 'Port' },
		mine: { [`name_${at}`]: 'Quay' }, shown: /id="t-list">[^]*?Port/,
		is: standsIn('/settings/sections', /value="Quay"/) });
	// Whoever only adds one takes nothing of the other away.
	const a = await open(ada, '/settings/sections');
	const b = await open(bo, '/settings/sections');
	assert.equal((await ada.post('/settings/sections',
		change(a, { [`name_${at}`]: 'Docks' }))).status, 303);
	assert.equal((await bo.post('/settings/sections',
		change(b, { new: 'Sea' }))).status, 303);
	const { body } = await ada.get('/settings/sections');
	assert.match(body, /value="Docks"/);
	assert.match(body, /value="Sea"/);
	// One that came meanwhile stands in the form that is shown again.
	const c = await open(bo, '/settings/sections');
	assert.equal((await ada.post('/settings/sections', change(
		await open(ada, '/settings/sections'), { new: 'Sky' }))).status, 303);
	const both = await bo.post('/settings/sections',
		change(c, { [`name_${at}`]: 'Wharf' }));
	assert.equal(both.status, 409);
	assert.ok(fields(both.body, '/settings/sections')
		.some(([, v]) => v === 'Sky'));
});

test('a person: the words about them, and whoever adds the same one', async () => {
	await ada.save('/settings/people', { name: 'Tom Reed', about: 'Ships.' });
	await race('/settings/people', { screen: '/settings/people/tom-reed',
		theirs: { about: 'Theirs.' }, mine: { about: 'Mine.' },
		shown: /id="t-about">[^]*?Theirs\./,
		is: standsIn('/settings/people/tom-reed', />\nMine\.</) });
	const blind = await bo.post('/settings/people',
		{ name: 'Tom Reed', about: 'Somebody else?' });
	assert.equal(blind.status, 409);
	assert.match(blind.body, /id="t-about">[^]*?Mine\./);
	assert.equal(value(fields(blind.body, '/settings/people'), 'slug'),
		'tom-reed');
});

test('a page: both texts', async () => {
	await race('/settings/pages/ethics', { theirs: { text: 'Theirs.' },
		mine: { text: 'Mine.' }, shown: /id="t-text">[^]*?Theirs\./,
		is: standsIn('/settings/pages/ethics', />\nMine\.</) });
});

test('rules of publishing: the same check, and different ones', async () => {
	await race('/settings/publishing', { theirs: { check_alt: '0' },
		mine: { check_alt: '2' }, shown: /id="t-check_alt">[^]*?Not looked at/,
		is: standsIn('/settings/publishing',
			/name="check_alt" value="2"[^>]* checked/) });
	const a = await open(ada, '/settings/publishing');
	const b = await open(bo, '/settings/publishing');
	assert.equal((await ada.post('/settings/publishing',
		change(a, { eyes: '1' }))).status, 303);
	assert.equal((await bo.post('/settings/publishing',
		change(b, { check_text: '0' }))).status, 303);
	const { body } = await ada.get('/settings/publishing');
	assert.match(body, /name="eyes" value="1" checked/);
	assert.match(body, /name="check_text" value="0"[^>]* checked/);
});

test('the banner: to show another, and to take away one that was not seen',
	async () => {
		await race('/front/banner', { screen: '/front',
			theirs: { text: 'The dam holds' }, mine: { text: 'The dam breaks' },
			shown: /id="t-banner">[^]*?The dam holds/,
			is: standsIn('/front', /name="text"[^>]*value="The dam breaks"/) });
		const b = await open(bo, '/front/banner', '/front');
		await ada.save('/front/banner', { text: 'Go inside' }, '/front');
		const off = await bo.post('/front/banner', change(b, { off: '1' }));
		assert.equal(off.status, 409);
		assert.match((await paper.get('/')).body.toString(), /Go inside/);
	});

test('an address that leads elsewhere already', async () => {
	assert.equal((await ada.post('/redirects',
		{ from: '/old', to: '/about' })).status, 303);
	assert.equal((await bo.post('/redirects',
		{ from: '/old', to: '/about' })).status, 303);
	const both = await bo.post('/redirects', { from: '/old', to: '/' });
	assert.equal(both.status, 409);
	assert.match(both.body, /id="t-to">[^]*?\/about/);
	assert.match(both.body, / saved this meanwhile/);
	assert.equal((await bo.post('/redirects',
		fields(both.body, '/redirects'))).status, 303);
	assert.match((await ada.get('/redirects')).body, /\/old[^]*?<bdi[^>]*>\/</);
});

test('two owners and the rights of a third', async () => {
	const cy = await paper.member(ada, { name: 'Cy Marsh', login: 'cy', role: 4 });
	const { body } = await ada.get('/staff');
	const [, id] = /href="\/staff\/(\d+)"[^>]*>(?:<bdi>)?Cy Marsh/.exec(body);
	const path = `/staff/${id}/role`;
	await race(path, { screen: `/staff/${id}`, theirs: { role: '5' },
		mine: { role: '3' }, shown: /id="t-role">[^]*?Photographer/,
		is: standsIn(`/staff/${id}`, /name="role" value="3" checked/) });
	assert.equal((await cy.get('/stories')).status, 303);
});

test('of ten at once one is saved, and nine are told', async () => {
	const form = await open(ada, '/settings/paper');
	const all = await Promise.all(Array.from({ length: 10 }, (_, i) =>
		[ada, bo][i % 2].post('/settings/paper',
			change(form, { publisher: `Publisher ${i}` }))));
	assert.equal(all.filter(({ status }) => status === 303).length, 1);
	assert.equal(all.filter(({ status }) => status === 409).length, 9);
	const first = all.findIndex(({ status }) => status === 303);
	assert.match((await ada.get('/settings/paper')).body,
		new RegExp(`value="Publisher ${first}"`));
});

test('to undo an arrangement says what happened, and never ends nowhere',
	async () => {
		const place = async (who, id) => {
			const { body } = await who.get('/front');
			const [, number] = /name="number" value="(\d+)"/.exec(body);
			return who.post('/front', { number, row_0: `1:${id}`, until_0: '' });
		};
		const undo = (location) => {
			const query = new URL(location, paper.origin).searchParams;
			return { number: query.get('made'), was: query.get('was') };
		};
		const one = await place(ada, 1);
		assert.equal(one.status, 303);
		assert.match((await ada.get(one.location)).body,
			/action="\/front\/undo"[^]*?name="number" value="\d+"/);
		const two = await place(bo, 2);
		assert.equal(two.status, 303);
		const late = await ada.post('/front/undo', undo(one.location));
		assert.equal(late.status, 409);
		assert.match(late.body, /Nothing was undone: somebody has arranged/);
		assert.match(late.body, /Arranged last by Bo Tern,/);
		assert.match(late.body, /Readers do not see this arrangement yet/);
		assert.match(late.body, /Publish the front page/);
		// What stands there is published knowingly.
		const form = fields(late.body, '/front');
		assert.equal((await ada.post('/front', form)).status, 303);
		// With nothing in between it is undone.
		const three = await place(ada, 1);
		const done = await ada.post('/front/undo', undo(three.location));
		assert.equal(done.status, 303);
		assert.match(done.location, /done=undone/);
		// Without its number nothing is known of it.
		assert.equal((await ada.post('/front/undo', { was: '1.2.' })).status, 409);
		// A story that is no longer there is left out, and told.
		const gone = await ada.post('/front/undo', { was: '1.99999.',
			number: /name="number" value="(\d+)"/.exec(
				(await ada.get('/front')).body)[1] });
		assert.equal(gone.status, 409);
		assert.match(gone.body, /A story of this arrangement is gone/);
	});
