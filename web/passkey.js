// SPDX-License-Identifier: MIT
//
// Passkeys in the browser: signing in, adding one, joining with one alone, and
// proving again who one is. The page says with data- attributes what is to be done; without this
// script the box stays hidden, and the page works by password and code.

const box = document.querySelector('[data-passkey]');

function toBytes(text) {
	const plain = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
	return Uint8Array.from(plain, (c) => c.charCodeAt(0));
}

function toText(buffer) {
	let plain = '';
	for (const byte of new Uint8Array(buffer))
		plain += String.fromCharCode(byte);
	return btoa(plain).replace(/\+/g, '-').replace(/\//g, '_')
		.replace(/=+$/, '');
}

async function ask(url, form) {
	const answer = await fetch(url, {
		method: form ? 'POST' : 'GET',
		headers: { accept: 'application/json' },
		body: form ? new URLSearchParams(form) : undefined,
		cache: 'no-store',
	});
	const said = await answer.json();
	if (!answer.ok)
		throw new Error(said.text || said.title || String(answer.status));
	return said;
}

async function create(wish) {
	const made = await navigator.credentials.create({ publicKey: {
		challenge: toBytes(wish.challenge),
		rp: { id: wish.rp, name: wish.paper },
		user: { id: toBytes(wish.handle), name: wish.login,
			displayName: wish.name },
		pubKeyCredParams: [-7, -8, -257].map(
			(alg) => ({ type: 'public-key', alg })),
		authenticatorSelection: { residentKey: 'required',
			requireResidentKey: true, userVerification: 'required' },
		excludeCredentials: wish.known.map(
			(id) => ({ type: 'public-key', id: toBytes(id) })),
		attestation: 'none',
		timeout: 240000,
	} });
	return {
		client_data: toText(made.response.clientDataJSON),
		authenticator_data: toText(made.response.getAuthenticatorData()),
		name: box.querySelector('input')?.value ?? '',
	};
}

async function get(wish) {
	const got = await navigator.credentials.get({ publicKey: {
		challenge: toBytes(wish.challenge),
		rpId: wish.rp,
		allowCredentials: wish.known.map(
			(id) => ({ type: 'public-key', id: toBytes(id) })),
		userVerification: 'required',
		timeout: 240000,
	} });
	const form = {
		id: got.id,
		client_data: toText(got.response.clientDataJSON),
		authenticator_data: toText(got.response.authenticatorData),
		signature: toText(got.response.signature),
		next: box.dataset.next ?? '/',
	};
	if (got.response.userHandle?.byteLength)
		form.handle = toText(got.response.userHandle);
	return form;
}

// The new account's form goes as one, and its answer is a page.
function send(url, form) {
	const made = document.createElement('form');
	made.method = 'post';
	made.action = url;
	for (const [name, value] of Object.entries(form)) {
		const input = document.createElement('input');
		input.type = 'hidden';
		input.name = name;
		input.value = value;
		made.append(input);
	}
	document.body.append(made);
	made.submit();
}

// The person in the form before the box; null: something is missing.
function person() {
	const fields = ['name', 'login'].map((name) =>
		document.querySelector(`main form [name=${name}]`)).filter(Boolean);
	if (!fields.every((field) => field.reportValidity()))
		return null;
	return Object.fromEntries(fields.map(({ name, value }) => [name, value]));
}

async function join() {
	const who = person();
	if (!who)
		return false;
	const { client_data, authenticator_data } =
		await create(await ask(box.dataset.challenge, who));
	send(box.dataset.post, { ...who, client_data, authenticator_data });
	return true;
}

function tell(text) {
	const place = box.querySelector('[role=alert]');
	place.textContent = text;
	place.hidden = !text;
}

async function run(button) {
	tell('');
	button.disabled = true;
	try {
		if (box.dataset.passkey === 'join') {
			button.disabled = await join();
			return;
		}
		const wish = await ask(box.dataset.challenge);
		const form = box.dataset.passkey === 'create'
			? await create(wish) : await get(wish);
		location.assign((await ask(box.dataset.post, form)).next);
	} catch (e) {
		// The browser's own words on a refusal help nobody.
		tell(e instanceof DOMException
			? box.dataset[e.name === 'InvalidStateError'
				? 'known' : 'refused'] : e.message);
		button.disabled = false;
	}
}

if (box && window.PublicKeyCredential) {
	const button = box.querySelector('button');
	button.addEventListener('click', (event) => {
		event.preventDefault();
		run(button);
	});
	box.hidden = false;
}
