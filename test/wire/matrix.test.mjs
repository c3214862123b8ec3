// SPDX-License-Identifier: MIT
//
// Every address of the newsroom times every state of sign-in and role. What
// is expected is computed from the table that the program prints and from what
// is written here; what the server answers must be exactly that.
//
// A POST is sent with a field that no form has: whoever may reach the handler
// gets 400 before it, so nothing is changed by asking.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { Newsroom, PASSWORD, binary } from './newsroom.mjs';
import { form, harbour, post } from './pictures.mjs';

const ROLES = ['owner', 'publisher', 'editor', 'reporter', 'photographer',
	'treasurer'];

// The roles of each right, written down a second time on purpose.
const DESK = ['owner', 'publisher', 'editor'];
const RIGHTS = {
	anyone: [], half: [], enrol: [], self: [],
	stories: [...DESK, 'reporter', 'photographer'],
	write: [...DESK, 'reporter'],
	edit: DESK,
	publish: DESK,
	withdraw: DESK,
	front: DESK,
	pictures: [...DESK, 'reporter', 'photographer'],
	redirects: ['owner', 'publisher'],
	settings: ['owner', 'publisher'],
	health: ['owner', 'publisher', 'treasurer'],
	money: ['owner', 'publisher', 'treasurer'],
	staff: ['owner'],
	audit: ['owner', 'publisher'],
};

// What a GET gives to who may have it, where that is not 200: by pattern and
// state. An address with a parameter names nothing here: 404. Whoever adds an
// address that leads on, or has a parameter of another kind, says so here.
const GETS = {
	'/': { full: 303 },
	'/sign-in': { full: 303 },
	'/settings': { full: 303 },
	'/money/ledger': { full: 404 }, // there is no till
};

const table = spawnSync(binary, ['probe', 'newsroom-routes'],
	{ encoding: 'utf8' }).stdout.split('\n').filter(Boolean).map((line) => {
	const [method, pattern, right, flags, roles, fields] = line.split('\t');
	return { method, pattern, right, flags, fields,
		roles: roles === '-' ? [] : roles.split(',') };
});

let paper;
const people = {}; // state: client

before(async () => {
	paper = await Newsroom.start({ stories: 1, conf: 'requests_burst = 20000\n' });
	people.nobody = paper.client();
	people.owner = await paper.owner();
	for (const [i, role] of ROLES.entries())
		if (i > 0)
			people[role] = await paper.member(people.owner,
				{ name: role, login: role, role: i + 1 });
	// A step-up that is long ago: an owner whose proof is too old.
	people.stale = await another('stale');
	for (const who of GONE)
		people[who] = await another(who);
	people.half = paper.client();
	people.half.login = 'editor';
	await people.half.password();
	const { body } = await people.owner.post('/staff/invite',
		{ name: 'New', role: '4', scope: 'all' });
	const [link] = /http:[^<"]*\/join\/[\w-]{43}/.exec(body);
	people.enrol = paper.client();
	await people.enrol.post(new URL(link).pathname, { name: 'New',
		login: 'new', password: 'correct horse battery' });
	await furnish();
	await leave();
	await age();
});
after(() => paper.stop());

// By pattern: one that is there. Sections have no addresses of their own.
const things = {};

async function furnish() {
	const { owner } = people;
	const { status, json } = await post(owner, form([{ bytes: harbour }]));
	assert.equal(status, 200);
	await owner.save('/settings/people',
		{ name: 'Ines Corvo', about: 'Writes of walls.' });
	await owner.post('/staff/invite',
		{ name: 'Later', role: '4', scope: 'all' });
	const staff = (await owner.get('/staff')).body;
	const editor = /<a href="\/staff\/(\d+)"[^>]*>(?:<bdi>)?editor/.exec(staff)[1];
	const [, link] = /action="\/staff\/links\/(\d+)\/remove"/.exec(staff);
	for (const { pattern } of table)
		if (/^\/pictures\/:id/.test(pattern))
			things[pattern] = pattern.replace(':id', json.pictures[0].id);
		else if (/^\/staff\/:id/.test(pattern))
			things[pattern] = pattern.replace(':id', editor);
		else if (pattern === '/staff/links/:id/remove')
			things[pattern] = pattern.replace(':id', link);
		else if (pattern === '/settings/people/:slug')
			things[pattern] = '/settings/people/ines-corvo';
	for (const path of ['/settings/people', '/settings/sections'])
		things[path] = path;
}

const another = (who) => paper.member(people.owner,
	{ name: who, login: who, role: 1 });

// Owners all, whose cookie is one that was good: the session is older than any
// may be, nobody was seen with it for too long, it was ended from elsewhere, or
// by signing out, before the second step it took too long; the account is
// disabled, also where its session was left behind.
const GONE = ['expired', 'idle', 'revoked', 'out', 'late', 'disabled', 'left'];

async function leave() {
	const { revoked, out, late, disabled } = people;
	const phone = paper.client();
	Object.assign(phone, { login: revoked.login, codes: revoked.codes });
	await phone.signIn();
	assert.equal((await phone.post('/account/sessions/end')).status, 303);
	const was = out.cookie;
	assert.equal((await out.post('/sign-out')).status, 303);
	out.cookie = was;
	assert.equal((await late.password()).location, '/sign-in/code');
	assert.equal((await disabled.get('/staff')).status, 200);
	const { body } = await people.owner.get('/staff');
	const [, id] = /<a href="\/staff\/(\d+)"[^>]*>(?:<bdi>)?disabled/.exec(body);
	assert.equal((await people.owner.post(`/staff/${id}/disable`)).status, 303);
}

// Makes what was just now long ago, while nobody serves.
async function age() {
	const of = (who) => `WHERE staff = (SELECT id FROM staff WHERE login = '${
		who}')`;
	paper.signal('SIGTERM');
	await paper.ended;
	const { status, stderr } = spawnSync('sqlite3', ['-bail',
		path.join(paper.paper, 'private/paper.db'),
		`UPDATE session SET stepped_us = stepped_us - 700000000 ${of('stale')};
		UPDATE session SET created_us = created_us - 31 * 86400000000 ${
	of('expired')};
		UPDATE session SET seen_us = seen_us - 4 * 86400000000 ${of('idle')};
		UPDATE session SET created_us = created_us - 700000000 ${of('late')};
		UPDATE staff SET is_disabled = 1 WHERE login = 'left';`],
	{ encoding: 'utf8' });
	assert.equal(status, 0, stderr);
	await paper.serve();
}

const state = (who) => ['nobody', 'half', 'enrol'].includes(who) ? who : 'full';
const role = (who) => who === 'stale' ? 'owner' : who;

function mayReach(route, who) {
	switch (route.right) {
	case 'anyone': return true;
	case 'half': return who === 'half';
	case 'enrol': return who === 'enrol' || state(who) === 'full';
	case 'self': return state(who) === 'full';
	default:
		return state(who) === 'full' && RIGHTS[route.right].includes(role(who));
	}
}

// "303 /sign-in?next=/stories", "403", "400", "200"
function expected(route, target, whoever, isThere = false) {
	const who = GONE.includes(whoever) ? 'nobody' : whoever;
	const next = route.method === 'GET' && !['half', 'enrol'].includes(route.right)
		&& target !== '/' ? `?next=${target}` : '';
	if (!mayReach(route, who)) {
		if (who === 'nobody')
			return `303 /sign-in${next}`;
		if (who === 'half')
			return '303 /sign-in/code';
		if (who === 'enrol')
			return '303 /account/second';
		return route.right === 'half' ? '303 /' : '403';
	}
	if (who === 'stale' && route.flags.includes('u'))
		return route.method === 'GET' && route.right !== 'enrol'
			? `303 /again?next=${target}` : '303 /again';
	if (route.method === 'POST')
		return route.flags.includes('r') ? 'reached' : '400';
	const special = GETS[route.pattern]?.[state(who)];
	return String(special ??
		(route.pattern.includes(':') && !isThere ? 404 : 200));
}

function isSame(want, { status, location }) {
	if (want === 'reached')
		return ![401, 403].includes(status) && status < 500 &&
			!/^\/(sign-in|again|account\/second)/.test(location ?? '');
	const [code, to] = want.split(' ');
	return status === Number(code) && (!to || location === to);
}

async function ask(client, route, target, headers = {}) {
	const was = client.cookie;
	const answer = route.method === 'GET'
		? await client.get(target, { headers })
		: await client.post(target, { no_such_field: '1' }, { headers });
	client.cookie = was;
	return answer;
}

const fill = (pattern) => pattern.replace(/:token/g, 'A'.repeat(43))
	.replace(/:\w+/g, '999999');

test('the rights of the program are those written down here', () => {
	assert.ok(table.length > 30);
	for (const route of table) {
		assert.ok(route.right in RIGHTS, route.right);
		assert.deepEqual(route.roles, RIGHTS[route.right], route.pattern);
	}
});

test('whatever changes staff or settings asks for a step-up', () => {
	const harmless = ['/steps/hide'];
	for (const { method, right, flags, pattern } of table)
		if (method === 'POST' && ['staff', 'settings'].includes(right) &&
		    !harmless.includes(pattern))
			assert.ok(flags.includes('u'), pattern);
});

test('each address answers each state exactly as it should', async () => {
	const wrong = [];
	for (const route of table)
		for (const [who, client] of Object.entries(people)) {
			const target = fill(route.pattern);
			const want = expected(route, target, who);
			const got = await ask(client, route, target);
			if (!isSame(want, got))
				wrong.push(`${route.method} ${target} as ${who}: ` +
					`${got.status} ${got.location ?? ''}, not ${want}`);
		}
	assert.deepEqual(wrong, []);
});

test('a session that has ended gets the very answers of no session', async () => {
	const same = ({ status, location, headers, body }) => ({ status, location,
		type: headers['content-type'],
		body: body.replace(/"challenge":"[\w-]{54}"/, '') });
	for (const who of GONE)
		assert.match(people[who].cookie, /^__Host-farthing=[\w-]{43}$/, who);
	for (const accept of ['text/html', 'application/json'])
		for (const route of table) {
			const target = things[route.pattern] ?? fill(route.pattern);
			const none = same(await ask(people.nobody, route, target, { accept }));
			await Promise.all(GONE.map(async (who) => assert.deepEqual(
				same(await ask(people[who], route, target, { accept })), none,
				`${route.method} ${target} as ${who}`)));
		}
});

test('a password or a token that comes in any other way opens nothing',
	async () => {
		const { login, cookie } = people.owner;
		const token = cookie.slice(cookie.indexOf('=') + 1);
		const basic = Buffer.from(`${login}:${PASSWORD}`).toString('base64');
		const ways = [{ authorization: `Basic ${basic}`, 'x-auth-token': token,
			'x-user': login, 'x-remote-user': login },
		{ authorization: `Bearer ${token}` },
		{ cookie: `farthing=${token}; __host-farthing=${token}; ` +
			`x__Host-farthing=${token}; __Host-farthing=${token.slice(1)}` }];
		const same = ({ status, location }) => `${status} ${location ?? ''}`;
		for (const route of table) {
			const target = things[route.pattern] ?? fill(route.pattern);
			const none = same(await ask(people.nobody, route, target));
			for (const headers of ways)
				assert.equal(same(await ask(people.nobody, route, target,
					headers)), none, `${route.method} ${target} with ${
					JSON.stringify(headers)}`);
		}
		assert.equal((await people.owner.get('/staff')).status, 200);
	});

// Stories have a file of their own, objects.test.mjs.
test('each picture, person and section that is there answers exactly, too',
	async () => {
		const { owner } = people;
		const look = async () => (await Promise.all([
			...new Set(Object.values(things))].filter((t) => table.some((r) =>
			r.method === 'GET' && things[r.pattern] === t))
			.map((t) => owner.get(t)))).map(({ status, body }) => {
			assert.equal(status, 200);
			return body;
		});
		const was = await look();
		const wrong = [];
		let asked = 0;
		for (const route of table.filter(({ pattern }) => pattern in things))
			for (const [who, client] of Object.entries(people)) {
				const target = things[route.pattern];
				const want = expected(route, target, who, true);
				const got = await ask(client, route, target);
				asked++;
				if (!isSame(want, got))
					wrong.push(`${route.method} ${target} as ${who}: ` +
						`${got.status} ${got.location ?? ''}, not ${want}`);
				// Who may not see it learns nothing of it.
				if (want !== '200' && /Writes of walls|Port Lune/.test(got.body))
					wrong.push(`${target} is told to ${who}`);
			}
		assert.deepEqual(wrong, []);
		assert.ok(asked > 100, `${asked}`);
		// Asking has changed nothing.
		assert.deepEqual(await look(), was);
	});

test('a script is told 401 or 403 where a person is led on', async () => {
	const wrong = [];
	for (const route of table)
		for (const who of ['nobody', 'half', 'enrol', 'treasurer']) {
			if (mayReach(route, who))
				continue;
			const want = state(who) !== 'full' || route.right === 'half'
				? 401 : 403;
			const got = await ask(people[who], route, fill(route.pattern),
				{ accept: 'application/json' });
			if (got.status !== want ||
			    JSON.parse(got.body).error !== want)
				wrong.push(`${route.method} ${route.pattern} as ${who}: ` +
					`${got.status}, not ${want}`);
		}
	assert.deepEqual(wrong, []);
});

test('no form is taken from another site, whoever is signed in', async () => {
	for (const route of table.filter(({ method }) => method === 'POST'))
		for (const who of ['nobody', 'owner'])
			assert.equal((await ask(people[who], route, fill(route.pattern),
				{ 'sec-fetch-site': 'cross-site' })).status, 403,
			`${route.pattern} as ${who}`);
});

test('no address answers another method', async () => {
	const patterns = new Map();
	for (const { method, pattern } of table)
		patterns.set(pattern, [...patterns.get(pattern) ?? [], method]);
	for (const [pattern, methods] of patterns) {
		const other = methods.includes('GET') ? 'POST' : 'GET';
		const target = fill(pattern);
		// "/stories/new" is also "/stories/:id".
		const isAnothers = table.some((route) => route.method === other &&
			new RegExp(`^${route.pattern.replace(/:\w+/g, '[^/]+')}$`).test(target));
		if (isAnothers)
			continue;
		const { status } = await ask(people.owner, { method: other }, target);
		assert.ok([404, 405].includes(status), `${other} ${pattern}: ${status}`);
	}
});
