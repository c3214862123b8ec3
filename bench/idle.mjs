// Memory of the reader process per idle connection, at 15,000 connections
// each of which has fetched one page, against nginx in the same run.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import * as lib from './lib.mjs';

const connections = 15000;
const table = new lib.Table('idle');

// Opens the connections a hundred at a time; each fetches one page.
async function fill(port, target) {
	const sockets = [];
	const open = () => new Promise((done, failed) => {
		const socket = net.connect(port, '127.0.0.1', () => socket.write(
			`GET ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`));
		let seen = 0;
		let want = Infinity;
		socket.on('data', (part) => {
			if (want === Infinity) {
				const text = part.toString('latin1');
				const length = /content-length: (\d+)/i.exec(text);
				want = text.indexOf('\r\n\r\n') + 4 +
					Number(length[1]);
			}
			seen += part.length;
			if (seen >= want)
				done();
		});
		socket.on('error', failed);
		socket.on('close', () => failed(new Error('closed')));
		sockets.push(socket);
	});
	while (sockets.length < connections)
		await Promise.all(Array.from({ length: 100 }, open));
	await lib.sleep(500);
	return sockets;
}

async function measure(pid, port, target) {
	await lib.get(port, target);
	const before = lib.memory(pid, 'RssAnon');
	const sockets = await fill(port, target);
	const after = lib.memory(pid, 'RssAnon');
	for (const socket of sockets) {
		socket.removeAllListeners('close');
		socket.destroy();
	}
	await lib.sleep(500);
	return (after - before) / connections;
}

const paper = await lib.serve(lib.archive(1000), {
	readers: 1, connections: 20000, idle_seconds: 600,
	connections_per_address: 0 });
const target = (await lib.storyPaths(paper.port, 1))[0];
const ours = await measure(lib.processes(paper.pid).reader[0], paper.port,
	target);
await paper.stop();

const web = path.resolve(`${lib.out}/nginx-idle`);
fs.mkdirSync(`${web}/html`, { recursive: true });
fs.writeFileSync(`${web}/html/page.html`, 'x'.repeat(20000));
const port = await lib.freePort();
fs.writeFileSync(`${web}/nginx.conf`, `
daemon off;
worker_processes 1;
worker_rlimit_nofile 20000;
pid ${web}/pid;
error_log ${web}/error.log;
events { worker_connections 18000; }
http {
	access_log off;
	keepalive_timeout 600s;
	open_file_cache max=1000;
	server { listen 127.0.0.1:${port} backlog=4096; root ${web}/html; }
}
`);
const nginx = spawn('/usr/sbin/nginx', ['-c', `${web}/nginx.conf`],
	{ stdio: 'inherit' });
await lib.waitFor(port, '/page.html');
const worker = Number(fs.readFileSync(
	`/proc/${nginx.pid}/task/${nginx.pid}/children`, 'ascii').trim());
const theirs = await measure(worker, port, '/page.html');
await lib.stop(nginx);

table.row(`memory per idle connection, at ${connections}`, ours, 'bytes',
	`nginx ${theirs.toFixed(0)} bytes on top of its table`,
	'at most 600', ours <= 600);
table.write();
