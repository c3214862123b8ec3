// A port that nobody listens on, below the range from which the system takes
// the local ports of clients: a client's port cannot be listened on.
//
// It is ours for as long as this process lives, since whoever asked begins to
// listen only later: until then another test, or the next question of the
// same one, could be given it again. A file says so, of the port's number. One
// that a killed process left is forgotten after a day.
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

const DAY = 24 * 3600 * 1000;
// Browsers refuse to open pages at some ports; this is the highest of them
// (fetch.spec.whatwg.org, "bad port").
const REFUSED = 10080;
const folder = path.join(os.tmpdir(), `farthing-ports-${process.getuid()}`);
const held = [];

process.on('exit', () => {
	for (const file of held)
		fs.rmSync(file, { force: true });
});

function hold(port) {
	const file = path.join(folder, String(port));
	try {
		fs.writeFileSync(file, '', { flag: 'wx' });
	} catch (e) {
		if (e.code !== 'EEXIST')
			throw e;
		const from = fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs;
		if (from < Date.now() - DAY)
			fs.rmSync(file, { force: true });
		return false;
	}
	held.push(file);
	return true;
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
	fs.mkdirSync(folder, { recursive: true });
	for (;;) {
		const port = REFUSED + 1 +
			Math.floor(Math.random() * (most - REFUSED - 1));
		if (hold(port) && await isSilent(port))
			return port;
	}
}
