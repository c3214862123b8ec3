// SPDX-License-Identifier: MIT
//
// A passkey authenticator and the browser around it, as far as the newsroom
// can see them (Web Authentication Level 2): what they sign can be bent in
// every way that a forger might try.

import crypto from 'node:crypto';

const b64 = (bytes) => Buffer.from(bytes).toString('base64url');
const sha256 = (bytes) => crypto.createHash('sha256').update(bytes).digest();

// CBOR (RFC 8949) of small integers and byte strings, and of maps of them.
function cbor(value) {
	const head = (major, n) => n < 24 ? Buffer.from([major << 5 | n])
		: n < 256 ? Buffer.from([major << 5 | 24, n])
			: Buffer.from([major << 5 | 25, n >> 8, n & 255]);
	if (typeof value === 'number')
		return value >= 0 ? head(0, value) : head(1, -1 - value);
	if (Buffer.isBuffer(value))
		return Buffer.concat([head(2, value.length), value]);
	return Buffer.concat([head(5, value.length),
		...value.flatMap(([k, v]) => [cbor(k), cbor(v)])]);
}

export class Authenticator {
	constructor({ alg = -7, counts = true } = {}) {
		this.alg = alg;
		this.counter = counts ? 1 : 0;
		this.counts = counts;
		this.id = crypto.randomBytes(32);
		const kind = { '-7': ['ec', { namedCurve: 'P-256' }],
			'-8': ['ed25519'], '-257': ['rsa', { modulusLength: 2048 }] };
		Object.assign(this, crypto.generateKeyPairSync(
			...(kind[alg] ?? kind['-7'])));
	}

	#cose() {
		const jwk = this.publicKey.export({ format: 'jwk' });
		const part = (name) => Buffer.from(jwk[name], 'base64url');
		if (this.alg === -8)
			return cbor([[1, 1], [3, -8], [-1, 6], [-2, part('x')]]);
		if (this.alg === -257)
			return cbor([[1, 3], [3, -257], [-1, part('n')],
				[-2, part('e')]]);
		return cbor([[1, 2], [3, this.alg], [-1, 1], [-2, part('x')],
			[-3, part('y')]]);
	}

	#data({ rp = 'localhost', flags = 5, counter = this.counter },
		attested = Buffer.alloc(0)) {
		const head = Buffer.alloc(5);
		head[0] = flags;
		head.writeUInt32BE(counter, 1);
		return Buffer.concat([sha256(rp), head, attested]);
	}

	#client(type, wish, origin, { crossOrigin = false, challenge, kind } = {}) {
		return Buffer.from(`{"type":"${kind ?? type}","challenge":"` +
			`${challenge ?? wish.challenge}","origin":"${origin}",` +
			`"crossOrigin":${crossOrigin}}`);
	}

	// The form that follows create(); BENT changes what is honest.
	create(wish, origin, bent = {}) {
		const length = Buffer.alloc(2);
		length.writeUInt16BE(this.id.length);
		this.handle = wish.handle;
		return {
			client_data: b64(this.#client('webauthn.create', wish,
				bent.origin ?? origin, bent)),
			authenticator_data: b64(this.#data({ flags: 0x45, ...bent },
				Buffer.concat([Buffer.alloc(16), length, this.id,
					this.#cose()]))),
			name: 'Test key',
		};
	}

	// The form that follows get().
	get(wish, origin, bent = {}) {
		if (this.counts)
			this.counter++;
		const client = this.#client('webauthn.get', wish,
			bent.origin ?? origin, bent);
		const data = this.#data(bent);
		const text = Buffer.concat([data, sha256(client)]);
		const signature = crypto.sign(this.alg === -8 ? null : 'sha256',
			bent.text ?? text, this.privateKey);
		return {
			id: b64(bent.id ?? this.id),
			client_data: b64(client),
			authenticator_data: b64(data),
			signature: b64(signature),
			handle: bent.handle ?? this.handle,
			next: '/',
		};
	}
}
