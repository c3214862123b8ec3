// CPU per request of a hot story, keep-alive, 64 connections: the reader
// process against the bare epoll responder (the floor) and against nginx with
// the same page as a ready .gz file. Rounds alternate; medians count.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import * as lib from './lib.mjs';

const rounds = 11;
const seconds = 2;
const gzip = ['Accept-Encoding: gzip'];
const table = new lib.Table('http');

const paper = await lib.serve(lib.archive(1000), { readers: 1 });
const target = (await lib.storyPaths(paper.port, 1))[0];
const kept = new http.Agent({ keepAlive: true });
const page = await lib.get(paper.port, target, { 'Accept-Encoding': 'gzip' },
	kept);
kept.destroy();

// The floor sends the very bytes that the reader sends.
const head = `HTTP/1.1 200 OK\r\n` + page.raw.reduce((text, word, i) =>
	text + (i % 2 ? `${word}\r\n` : `${word}: `), '');
if (/connection: close/i.test(head))
	throw new Error('the floor would close its connections');
const raw = `${lib.out}/floor.raw`;
fs.writeFileSync(raw, Buffer.concat([Buffer.from(`${head}\r\n`), page.body]));
const floorPort = await lib.freePort();
const floor = spawn('build/release/bench/floor', [String(floorPort), raw],
	{ stdio: 'ignore' });

// nginx: one worker, the page beside its .gz, everything it has for speed.
const web = path.resolve(`${lib.out}/nginx`);
fs.rmSync(web, { recursive: true, force: true });
fs.mkdirSync(`${web}/html`, { recursive: true });
const identity = await lib.get(paper.port, target);
fs.writeFileSync(`${web}/html/page.html`, identity.body);
fs.writeFileSync(`${web}/html/page.html.gz`, page.body);
const nginxPort = await lib.freePort();
fs.writeFileSync(`${web}/nginx.conf`, `
daemon off;
worker_processes 1;
pid ${web}/pid;
error_log ${web}/error.log;
events { worker_connections 20000; }
http {
	access_log off;
	sendfile on;
	tcp_nopush on;
	keepalive_requests 1000000000;
	open_file_cache max=1000;
	open_file_cache_valid 3600s;
	gzip_static on;
	types { text/html html; }
	server {
		listen 127.0.0.1:${nginxPort};
		root ${web}/html;
	}
}
`);
const nginx = spawn('/usr/sbin/nginx', ['-c', `${web}/nginx.conf`],
	{ stdio: 'inherit' });
await lib.waitFor(nginxPort, '/page.html');
await lib.waitFor(floorPort, '/');
const worker = Number(fs.readFileSync(
	`/proc/${nginx.pid}/task/${nginx.pid}/children`, 'ascii').trim());

const servers = [
	{ name: 'floor', port: floorPort, target: '/', pid: floor.pid },
	{ name: 'farthing', port: paper.port, target,
		pid: lib.processes(paper.pid).reader[0] },
	{ name: 'nginx', port: nginxPort, target: '/page.html', pid: worker },
];
for (const server of servers) {
	server.us = [];
	lib.pin(server.pid);
}
for (let round = 0; round < rounds; round++) {
	for (const server of servers) {
		const before = lib.cpuNs(server.pid);
		const n = lib.wrk(server.port, server.target, seconds, 64, gzip);
		server.us.push((lib.cpuNs(server.pid) - before) / n / 1000);
	}
}
floor.kill();
await lib.stop(nginx);
await paper.stop();

const [f, us, ng] = servers.map((server) => lib.median(server.us));
const floorRatio = lib.median(servers[1].us.map((v, i) => v / servers[0].us[i]));
const nginxRatio = lib.median(servers[1].us.map((v, i) => v / servers[2].us[i]));
table.row('page as sent, head and gzip body', page.body.length + head.length,
	'bytes', '', '', null);
table.row('CPU per request of a hot story', us, 'us', '', '', null);
table.row('hot story against the floor', floorRatio, 'times',
	`floor ${f.toFixed(2)} us`, 'at most 1.15', floorRatio <= 1.15);
table.row('hot story against nginx', nginxRatio, 'times',
	`nginx ${ng.toFixed(2)} us`, 'at most 0.70', nginxRatio <= 0.70);
if (process.argv.includes('--rounds'))
	console.log(servers.map((s) => s.us.map((v) => v.toFixed(2))));
table.write();
