// CPU per request of a hot story, keep-alive, 64 connections: the reader
// process against the bare epoll responder (the floor) and against nginx with
// the same page as a ready .gz file. Rounds alternate; medians count.
//
// A line of access log is part of a request's cost, so it is said each time who
// writes one:
//	both, nginx as Debian ships it: format "combined", a write for each
//	line; ours gathers its lines, in pieces of 64 kB at most
//	both gathering: nginx with buffer=32k
//	neither, which is our default
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import * as lib from './lib.mjs';

const rounds = 9;
const seconds = 2;
const gzip = ['Accept-Encoding: gzip'];
const table = new lib.Table('http');

const archive = lib.archive(1000);
// The same once more, to be served with a log: a folder is served once.
const logged = path.resolve(`${lib.out}/archive-1000-logged`);
fs.rmSync(logged, { recursive: true, force: true });
fs.cpSync(archive, logged, { recursive: true,
	filter: (name) => !/\/run$|\/bell$/.test(name) });
const paper = await lib.serve(archive, { readers: 1 });
const logging = await lib.serve(logged,
	{ readers: 1, access_log: `${logged}/access.log` });
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

async function serveNginx(name, log) {
	const port = await lib.freePort();
	const dir = `${web}/${name}`;
	fs.mkdirSync(dir);
	fs.writeFileSync(`${dir}/nginx.conf`, `
daemon off;
worker_processes 1;
pid ${dir}/pid;
error_log ${dir}/error.log;
events { worker_connections 20000; }
http {
	access_log ${log.replace('FILE', `${dir}/access.log`)};
	sendfile on;
	tcp_nopush on;
	keepalive_requests 1000000000;
	open_file_cache max=1000;
	open_file_cache_valid 3600s;
	gzip_static on;
	types { text/html html; }
	server {
		listen 127.0.0.1:${port};
		root ${web}/html;
	}
}
`);
	const child = spawn('/usr/sbin/nginx', ['-c', `${dir}/nginx.conf`],
		{ stdio: 'inherit' });
	await lib.waitFor(port, '/page.html');
	const pid = Number(fs.readFileSync(
		`/proc/${child.pid}/task/${child.pid}/children`, 'ascii').trim());
	return { child, port, target: '/page.html', pid, log: `${dir}/access.log` };
}

const nginx = {
	lines: await serveNginx('lines', 'FILE'),
	gathered: await serveNginx('gathered', 'FILE combined buffer=32k'),
	silent: await serveNginx('silent', 'off'),
};
await lib.waitFor(floorPort, '/');

const servers = {
	floor: { port: floorPort, target: '/', pid: floor.pid },
	ours: { port: paper.port, target,
		pid: lib.processes(paper.pid).reader[0] },
	oursLogging: { port: logging.port, target,
		pid: lib.processes(logging.pid).reader[0],
		log: `${logged}/access.log` },
	...nginx,
};
for (const server of Object.values(servers)) {
	server.us = [];
	server.asked = 0;
	lib.pin(server.pid);
}
for (let round = 0; round < rounds; round++) {
	for (const server of Object.values(servers)) {
		const before = lib.cpuNs(server.pid);
		const n = lib.wrk(server.port, server.target, seconds, 64, gzip);
		server.us.push((lib.cpuNs(server.pid) - before) / n / 1000);
		server.asked += n;
	}
}
floor.kill();
for (const { child } of Object.values(nginx))
	await lib.stop(child);
await paper.stop();
await logging.stop();
// Who is said to have written a log has written one.
for (const { log, asked } of Object.values(servers)) {
	if (log && !log.includes('/silent/') && fs.statSync(log).size < 60 * asked)
		throw new Error(`${log} is too short for ${asked} requests`);
	if (log)
		fs.rmSync(log, { force: true });
}

const us = (name) => lib.median(servers[name].us);
const ratio = (a, b) => lib.median(servers[a].us.map((v, i) =>
	v / servers[b].us[i]));
const against = (name) => `${name === 'floor' ? 'floor' : 'nginx'} ` +
	`${us(name).toFixed(2)} us`;
const floorRatio = ratio('ours', 'floor');
const nginxRatio = ratio('oursLogging', 'lines');
table.row('page as sent, head and gzip body', page.body.length + head.length,
	'bytes', '', '', null);
table.row('CPU per request of a hot story', us('ours'), 'us', '', '', null);
table.row('the same with an access log', us('oursLogging'), 'us', '', '', null);
table.row('hot story against the floor', floorRatio, 'times',
	against('floor'), 'at most 1.15', floorRatio <= 1.15);
table.row('hot story against nginx, both with a log as Debian\'s nginx writes',
	nginxRatio, 'times', against('lines'), 'at most 0.70',
	nginxRatio <= 0.70);
table.row('hot story against nginx, both with a log that is gathered',
	ratio('oursLogging', 'gathered'), 'times', against('gathered'), '', null);
table.row('hot story against nginx, both without a log',
	ratio('ours', 'silent'), 'times', against('silent'), '', null);
table.row('the floor against nginx without a log', ratio('floor', 'silent'),
	'times', against('silent'), '', null);
if (process.argv.includes('--rounds'))
	console.log(Object.values(servers).map((s) => s.us.map((v) => v.toFixed(2))));
table.write();
