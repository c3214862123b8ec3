// Resident memory of all processes with a million stories, or as many as
// FARTHING_BENCH_STORIES says, and the page cache filled to its limit by
// reading stories.
import http from 'node:http';
import * as lib from './lib.mjs';

const table = new lib.Table('memory');
const stories = Number(process.env.FARTHING_BENCH_STORIES ?? 1000000);
const paper = await lib.serve(lib.archive(stories), { cache_mb: 64 });
const paths = await lib.storyPaths(paper.port, 24000);
const agents = Array.from({ length: 16 }, () =>
	new http.Agent({ keepAlive: true, maxSockets: 1 }));
await Promise.all(agents.map(async (agent, i) => {
	for (let at = i; at < paths.length; at += agents.length)
		for (const coding of ['gzip', 'br'])
			await lib.get(paper.port, paths[at],
				{ 'Accept-Encoding': coding }, agent);
}));
let total = 0;
const parts = [];
for (const [role, pids] of Object.entries(lib.processes(paper.pid))) {
	for (const pid of pids) {
		const rss = lib.memory(pid, 'VmRSS');
		total += rss;
		parts.push(`${role} ${(rss / 1048576).toFixed(1)}`);
	}
}
for (const agent of agents)
	agent.destroy();
await paper.stop();
table.row('resident memory of all processes', total / 1048576, 'MB',
	parts.join(', '), 'at most 128, of it 64 for the cache',
	total <= 128 * 1048576);
table.write();
