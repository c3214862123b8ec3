// SPDX-License-Identifier: MIT
//
// Accounts and staff on a real server: invitations, roles, sessions, and what
// people try who would like to be more than they are.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { Newsroom, PASSWORD, totp } from './newsroom.mjs';

let paper, ada;

before(async () => {
	paper = await Newsroom.start({ stories: 1 });
	paper.command('set', 'sections', 'World, Sport');
	ada = await paper.owner();
});
after(() => paper.stop());

let last = 0;
const member = (role, sections) => {
	const login = `member${++last}`;
	return paper.member(ada, { name: `Member ${last}`, login, role, sections });
};
const idOf = async (login) => {
	const { body } = await ada.get('/staff');
	return new RegExp(`/staff/(\\d+)"><bdi>[^<]*</bdi></a></th><td[^>]*><div><bdi>${login}<`)
		.exec(body)[1];
};

test('an invitation makes an account with just that role', async () => {
	const bob = await member(4, ['Sport']);
	assert.equal((await bob.get('/stories')).status, 200);
	assert.equal((await bob.get('/staff')).status, 403);
	const page = await ada.get(`/staff/${await idOf(bob.login)}`);
	assert.match(page.body, /value="4" checked/);
	assert.match(page.body, /value="Sport" checked/);
	assert.doesNotMatch(page.body, /value="World" checked/);
});

test('a link works once', async () => {
	const { body } = await ada.post('/staff/invite', { name: 'K', role: '4', scope: 'all' });
	const { pathname } = new URL(/http:[^<"]*\/join\/[\w-]{43}/.exec(body)[0]);
	const one = paper.client(), two = paper.client();
	const form = (login) => ({ name: 'K', login, password: PASSWORD });
	const both = await Promise.all([one.post(pathname, form('k1')),
		two.post(pathname, form('k2'))]);
	assert.deepEqual(both.map(({ status }) => status).sort(), [303, 404]);
	assert.equal((await paper.client().get(pathname)).status, 404);
});

test('a link that was taken back does not work', async () => {
	const { body } = await ada.post('/staff/invite', { name: 'L', role: '4', scope: 'all' });
	const { pathname } = new URL(/http:[^<"]*\/join\/[\w-]{43}/.exec(body)[0]);
	const list = await ada.get('/staff');
	const [, id] = /<th scope="row"><bdi>L<[\s\S]*?\/staff\/links\/(\d+)\/remove/
		.exec(list.body);
	assert.equal((await ada.post(`/staff/links/${id}/remove`)).status, 303);
	assert.equal((await paper.client().get(pathname)).status, 404);
});

test('nobody joins with more than the link gives', async () => {
	const { body } = await ada.post('/staff/invite', { name: 'M', role: '4', scope: 'all' });
	const { pathname } = new URL(/http:[^<"]*\/join\/[\w-]{43}/.exec(body)[0]);
	for (const more of [{ role: '1' }, { sections: '' }, { id: '1' },
		{ is_disabled: '0' }, { password2: 'x' }])
		assert.equal((await paper.client().post(pathname, { name: 'M',
			login: 'mallory', password: PASSWORD, ...more })).status, 400);
	assert.equal((await paper.client().post(pathname, [['name', 'M'],
		['login', 'mallory'], ['login', 'ada'], ['password', PASSWORD]]))
		.status, 400);
});

test('a body that is no form makes nobody more than they are', async () => {
	const bob = await member(4);
	const id = await idOf(bob.login);
	const { body: page } = await ada.get(`/staff/${id}`);
	const more = { name: 'Bob', lang: '', role: '1', scope: 'all', is_owner: true };
	const form = new URLSearchParams(more).toString();
	const bodies = { 'application/json': JSON.stringify(more),
		'application/json; charset=utf-8': JSON.stringify([more]),
		'text/plain': form, 'application/xml': '<role>1</role>',
		'multipart/form-data; boundary=B': '--B\r\nContent-Disposition: ' +
			'form-data; name="role"\r\n\r\n1\r\n--B--\r\n' };
	for (const [type, body] of Object.entries(bodies))
		for (const [who, to] of [[bob, '/account/me'], [bob, `/staff/${id}/role`],
			[ada, `/staff/${id}/role`], [ada, '/account/me']]) {
			const { status } = await who.request('POST', to, { body, headers: {
				'content-type': type, 'sec-fetch-site': 'same-origin' } });
			assert.ok([400, 403, 415].includes(status), `${type} ${to} ${status}`);
		}
	assert.equal((await ada.get(`/staff/${id}`)).body, page);
	assert.equal((await bob.get('/staff')).status, 403);
});

test('roles and sections that there are not are refused', async () => {
	for (const form of [{ name: 'N', role: '0' }, { name: 'N', role: '7' },
		{ name: 'N', role: 'owner' }, { name: 'N' },
		{ name: 'N', role: '4', section_0: 'Nowhere' }])
		assert.equal((await ada.post('/staff/invite', form)).status, 400);
});

test('all sections or only some: that is said, and never guessed', async () => {
	const bob = await member(4, ['Sport']);
	const id = await idOf(bob.login);
	const box = { section_0: 'Sport' };
	for (const form of [{}, { scope: 'some' }, { ...box }, { scope: 'every' },
		{ scope: 'all', ...box }])
		for (const [path, more] of [['/staff/invite', { name: 'Z', role: '4' }],
			[`/staff/${id}/role`, { role: '3' }]]) {
			const { status, body } = await ada.post(path, { ...more, ...form });
			assert.equal(status, 422);
			assert.match(body,
				/<fieldset aria-describedby="x-scope">[^]*id="x-scope">Choose/);
			assert.equal(/value="Sport" checked/.test(body),
				'section_0' in form);
			assert.doesNotMatch(body, /\/join\/[\w-]{43}/);
		}
	assert.equal((await bob.get('/stories')).status, 200);
	// An invitation begins with neither; who is there, with what they have.
	assert.doesNotMatch((await ada.get('/staff/invite')).body,
		/name="scope" value="\w+" checked/);
	assert.match((await ada.get(`/staff/${id}`)).body,
		/name="scope" value="some" checked/);
	assert.equal((await ada.save(`/staff/${id}/role`, { role: '3', scope: 'all' }, `/staff/${id}`)).status, 303);
	assert.match((await ada.get(`/staff/${id}`)).body,
		/name="scope" value="all" checked/);
	// An owner is for all of it, whatever is ticked.
	assert.equal((await ada.post('/staff/invite', { name: 'Z', role: '1' }))
		.status, 200);
});

test('faults of a form stand beside their field', async () => {
	const { body } = await ada.post('/staff/invite', { name: 'O', role: '4', scope: 'all' });
	const { pathname } = new URL(/http:[^<"]*\/join\/[\w-]{43}/.exec(body)[0]);
	const { status, body: page } = await paper.client().post(pathname,
		{ name: ' ', login: 'ADA', password: 'too short' });
	assert.equal(status, 422);
	for (const name of ['name', 'login', 'password'])
		assert.match(page, new RegExp(`id="x-${name}"`));
	assert.match(page, /role="alert"/);
	assert.doesNotMatch(page, /too short"/);
});

test('nobody has a name that looks like that of somebody else', async () => {
	const bob = await member(4);
	const { body } = await ada.post('/staff/invite',
		{ name: 'Q', role: '4', scope: 'all' });
	const { pathname } = new URL(/http:[^<"]*\/join\/[\w-]{43}/.exec(body)[0]);
	for (const name of ['Ada Quay', 'ADA  QUAY', 'Аdа Quay']) {
		for (const answer of [
			await paper.client().post(pathname, { name, login: 'quay',
				password: PASSWORD }),
			await bob.post('/account/me', { name, lang: '' })]) {
			assert.equal(answer.status, 422, name);
			assert.match(answer.body, /id="x-name">Somebody here has this name/);
			assert.match(answer.body, /No two here have names that look alike/);
		}
	}
	assert.equal((await ada.post('/account/me',
		{ name: 'Ada Quay', lang: '' })).status, 303);
	// The log says the account's number beside the name.
	assert.match((await ada.get('/audit')).body,
		/Ada Quay<\/bdi> <small><bdi>ada<\/bdi> #1<\/small>/);
});

test('nobody has a name with what turns letters, or is not seen', async () => {
	const unseen = ['Ann\u202eeve', 'A\u200bnn', 'Ann\u2066', '\ufeffAnn',
		'A\u{e0041}nn'];
	for (const name of unseen) {
		for (const [to, form] of [['/staff/invite', { role: '4', scope: 'all' }],
			['/account/me', { lang: '' }], ['/settings/people', { about: '' }]]) {
			const { status, body } = await ada.post(to, { name, ...form });
			assert.equal(status, 422, `${to} ${name}`);
			assert.match(body, /a character in it that nobody sees/);
		}
	}
	// Persian is spelled with a joiner.
	assert.equal((await ada.post('/staff/invite', { name: 'نیک\u200cنام', role: '4',
		scope: 'all' })).status, 200);
});

test('the last owner stays, also when two leave at once', async () => {
	const me = await idOf('ada');
	assert.equal((await ada.post(`/staff/${me}/disable`)).status, 422);
	assert.equal((await ada.save(`/staff/${me}/role`, { role: '3', scope: 'all' }, `/staff/${me}`))
		.status, 422);
	const eve = await member(1);
	const her = await idOf(eve.login);
	const [one, two] = await Promise.all([ada.post(`/staff/${her}/disable`),
		eve.post(`/staff/${me}/disable`)]);
	const done = [one, two].filter(({ status, location }) =>
		status === 303 && location.startsWith('/staff/'));
	assert.equal(done.length, 1);
	const winner = done[0] === one ? ada : eve;
	assert.equal((await winner.get('/staff')).status, 200);
	const loser = winner === ada ? her : me;
	assert.equal((await winner.post(`/staff/${loser}/enable`)).status, 303);
	if (winner === eve)
		await ada.signIn();
	assert.equal((await ada.post(`/staff/${her}/disable`)).status, 303);
});

test('of two owners who act against each other at once, one stays', async () => {
	const me = await idOf('ada');
	const eve = await member(1);
	const her = await idOf(eve.login);
	const ways = { role: { role: '3', scope: 'all' }, disable: {} };
	const sendsNow = async (client, id, way) => {
		const form = { ...ways[way] };
		if (way === 'role')
			form.seen = await client.seen(`/staff/${id}/role`, `/staff/${id}`);
		return () => client.post(`/staff/${id}/${way}`, form);
	};
	for (const [hers, mine, swap] of [['role', 'role'], ['role', 'role', true],
		['role', 'disable'], ['disable', 'role'], ['disable', 'role', true]]) {
		// Both forms are open before either is sent.
		const both = [await sendsNow(ada, her, mine),
			await sendsNow(eve, me, hers)];
		const [first, second] = await Promise.all(
			(swap ? both.reverse() : both).map((send) => send()));
		const [one, two] = swap ? [second, first] : [first, second];
		const done = [one, two].filter(({ status, location }) =>
			status === 303 && /^\/staff\/\d+/.test(location));
		assert.equal(done.length, 1, `${hers} ${mine}`);
		const [winner, loser, id, way] = done[0] === one
			? [ada, eve, her, mine] : [eve, ada, me, hers];
		assert.equal((await winner.get('/staff')).status, 200);
		assert.notEqual((await loser.get('/staff')).status, 200);
		// Who is left cannot leave, and puts the other one back.
		const own = id === her ? me : her;
		for (const form of [await sendsNow(winner, own, 'role'),
			await sendsNow(winner, own, 'disable')])
			assert.equal((await form()).status, 422);
		assert.equal((way === 'role'
			? await winner.save(`/staff/${id}/role`, { role: '1' }, `/staff/${id}`)
			: await winner.post(`/staff/${id}/enable`)).status, 303);
		await loser.signIn();
		assert.equal((await loser.get('/staff')).status, 200);
	}
	assert.equal((await ada.post(`/staff/${her}/disable`)).status, 303);
});

test('whoever is disabled is out at once, and not in again', async () => {
	const bob = await member(3);
	const id = await idOf(bob.login);
	await ada.post(`/staff/${id}/disable`);
	assert.equal((await bob.get('/stories')).status, 303);
	assert.equal((await bob.password()).status, 422);
	await ada.post(`/staff/${id}/enable`);
	await bob.signIn();
	assert.equal((await bob.get('/stories')).status, 200);
});

test('a new link lets in anew, and ends all that was', async () => {
	const bob = await member(3);
	const was = bob.cookie;
	const { body } = await ada.post(`/staff/${await idOf(bob.login)}/reset`);
	const { pathname } = new URL(/http:[^<"]*\/join\/[\w-]{43}/.exec(body)[0]);
	assert.equal((await bob.get('/stories')).status, 200);
	const again = paper.client();
	assert.equal((await again.post(pathname,
		{ password: 'another password' })).status, 303);
	bob.cookie = was;
	assert.equal((await bob.get('/stories')).status, 303);
	assert.equal((await bob.password()).status, 422);
	again.login = bob.login;
	await again.enrol();
	assert.equal((await again.get('/stories')).status, 200);
});

test('the shell lets somebody in who is locked out', async () => {
	const bob = await member(3);
	const link = paper.command('newsroom', 'reset', bob.login).trim();
	assert.equal((await paper.client().post(new URL(link).pathname,
		{ password: 'another password' })).status, 303);
	assert.throws(() => paper.command('newsroom', 'reset', 'nobody'),
		/user name/);
});

test('a token of somebody else\'s choice opens nothing', async () => {
	const fixed = `__Host-farthing=${'A'.repeat(43)}`;
	const victim = paper.client();
	victim.cookie = fixed;
	victim.login = ada.login;
	const { status } = await victim.post('/sign-in/password',
		{ login: 'ada', password: PASSWORD, next: '/' });
	assert.equal(status, 303);
	assert.notEqual(victim.cookie, fixed);
	const attacker = paper.client();
	attacker.cookie = fixed;
	assert.equal((await attacker.get('/stories')).location,
		'/sign-in?next=/stories');
	attacker.cookie = `${ada.cookie}; ${ada.cookie}`;
	assert.equal((await attacker.get('/stories')).status, 303);
});

test('sessions are listed, and end one by one or all', async () => {
	const bob = await member(3);
	const phone = paper.client();
	Object.assign(phone, { login: bob.login, codes: bob.codes });
	await phone.signIn();
	const page = await bob.get('/account');
	const ids = [...page.body.matchAll(/\/account\/sessions\/(\d+)\/end/g)];
	assert.equal(ids.length, 1);
	const carol = await member(3);
	assert.equal((await carol.post(`/account/sessions/${ids[0][1]}/end`))
		.status, 404);
	assert.equal((await phone.get('/stories')).status, 200);
	assert.equal((await bob.post(`/account/sessions/${ids[0][1]}/end`)).status,
		303);
	assert.equal((await phone.get('/stories')).status, 303);
	await phone.signIn();
	await bob.post('/account/sessions/end');
	assert.equal((await phone.get('/stories')).status, 303);
	assert.equal((await bob.get('/stories')).status, 200);
});

test('a new password ends the other sessions', async () => {
	const bob = await member(3);
	const phone = paper.client();
	Object.assign(phone, { login: bob.login, codes: bob.codes });
	await phone.signIn();
	assert.equal((await bob.post('/account/password',
		{ password: 'short' })).status, 422);
	const { location } = await bob.post('/account/password',
		{ password: 'a quite new password' });
	assert.equal(location, '/account?done=password-changed');
	assert.equal((await phone.get('/stories')).status, 303);
	assert.equal((await bob.get('/account')).status, 200);
	assert.equal((await phone.password()).status, 422);
	assert.equal((await phone.password('a quite new password')).status, 303);
});

test('the screens speak the language that somebody chose', async () => {
	const bob = await member(3);
	await bob.post('/account/me', { name: 'Bob', lang: 'ar' });
	const { body } = await bob.get('/account');
	assert.match(body, /<html lang="ar" dir="rtl">/);
	assert.equal((await bob.post('/account/me',
		{ name: 'Bob', lang: 'xx' })).status, 400);
});

test('codes are asked for once they are set up, and not removed alone', async () => {
	const bob = await member(3);
	assert.equal((await bob.post('/account/totp/remove')).status, 422);
	const { body } = await bob.post('/account/codes');
	const codes = [...body.matchAll(/class="code">([A-Z2-7-]{19})</g)];
	assert.equal(codes.length, 10);
	await bob.password();
	assert.equal((await bob.post('/sign-in/code',
		{ code: bob.codes[0], next: '/' })).status, 422);
	assert.equal((await bob.post('/sign-in/code',
		{ code: codes[0][1], next: '/' })).status, 303);
	assert.equal(totp(bob.secret).length, 6);
});

test('who has a new phone sets the app up there, and the old one is out',
	async () => {
		const bob = await member(3);
		const { body } = await bob.get('/account');
		assert.match(body, /<a href="\/account\/second">Set it up on another/);
		const page = (await bob.get('/account/second')).body;
		const secret = /<span class="code">([A-Z2-7 ]+)</.exec(page)[1];
		assert.equal((await bob.post('/account/totp',
			{ code: '000000' })).status, 422);
		assert.equal((await bob.post('/account/totp',
			{ code: totp(secret) })).location, '/account?done=saved');
		await bob.password();
		assert.equal((await bob.post('/sign-in/code',
			{ code: totp(bob.secret, 1), next: '/' })).status, 422);
		assert.equal((await bob.post('/sign-in/code',
			{ code: totp(secret, 1), next: '/' })).status, 303);
	});

test('next leads nowhere else', async () => {
	const bob = await member(3);
	for (const next of ['https://evil.example/', '//evil.example', '/\\evil',
		'javascript:alert(1)', 'stories']) {
		await bob.password();
		const { location } = await bob.post('/sign-in/code',
			{ code: bob.codes.pop(), next });
		assert.equal(location, '/', next);
	}
});

test('the log knows who did what, and fits', async () => {
	const { body } = await ada.get('/audit?check=1');
	assert.match(body, /Rows that fit: \d+/);
	assert.match(body, /disabled an account/);
	for (const secret of [PASSWORD, ada.secret, ...ada.codes, ada.cookie])
		assert.ok(!body.includes(secret));
});
