// A port that nobody listens on, below the range from which the system takes
// the local ports of clients: a client's port cannot be listened on.
//
// It is ours for as long as this process lives, since whoever asked begins to
// listen only later: until then another test, or the next question of the
// same one, could be given it again. What tells them is the UDP port of the
// same number, which nothing here uses; the system gives it back by itself.
import dgram from 'node:dgram';
import fs from 'node:fs';
import net from 'node:net';

const held = [];

function hold(port) {
	return new Promise((done) => {
		const socket = dgram.createSocket('udp4');
		socket.on('error', () => {
			socket.close();
			done(false);
		});
		socket.bind({ port, address: '127.0.0.1', exclusive: true }, () => {
			socket.unref();
			held.push(socket);
			done(true);
		});
	});
}

function isSilent(port) {
	return new Promise((done) => {
		const server = net.createServer();
		server.on('error', () => done(false));
		server.listen(port, '127.0.0.1', () => server.close(() => done(true)));
	});
}

export async function freePort() {
	const range = fs.readFileSync(
		'/proc/sys/net/ipv4/ip_local_port_range', 'utf8');
	const most = Math.max(parseInt(range, 10), 20000);
	for (;;) {
		const port = 1024 + Math.floor(Math.random() * (most - 1024));
		if (await hold(port) && await isSilent(port))
			return port;
	}
}
