// A port that nobody listens on, below the range from which the system takes
// the local ports of clients: a client's port cannot be listened on.
import fs from 'node:fs';
import net from 'node:net';

export async function freePort() {
	const range = fs.readFileSync(
		'/proc/sys/net/ipv4/ip_local_port_range', 'utf8');
	const most = Math.max(parseInt(range, 10), 20000);
	for (;;) {
		const port = 1024 + Math.floor(Math.random() * (most - 1024));
		const server = net.createServer();
		const isFree = await new Promise((done) => {
			server.on('error', () => done(false));
			server.listen(port, '127.0.0.1', () => server.close(() => done(true)));
		});
		if (isFree)
			return port;
	}
}
