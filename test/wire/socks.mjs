// SPDX-License-Identifier: MIT
//
// A SOCKS5 server (RFC 1928) of a few lines, without a password: all names
// lead to one port of this machine.

import net from 'node:net';

// Resolves to { port, seen, stop }: "seen" is what was asked for, as { kind,
// name, port }, where a name is of kind 3.
export async function socks(port) {
	const seen = [];
	const server = net.createServer((client) => {
		client.on('error', () => {});
		client.once('data', () => {
			client.write(Buffer.from([5, 0]));
			client.once('data', (d) => {
				const n = d[4];
				seen.push({ kind: d[3], name: d.toString('latin1', 5, 5 + n),
					port: d.readUInt16BE(5 + n) });
				const to = net.connect(port, '127.0.0.1', () => {
					client.write(Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 0]));
					client.pipe(to).pipe(client);
				});
				to.on('error', () => client.destroy());
			});
		});
	});
	await new Promise((done) => server.listen(0, '127.0.0.1', done));
	return { port: server.address().port, seen,
		stop: () => new Promise((done) => server.close(done)) };
}
