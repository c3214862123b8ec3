// From the call that publishes a story until every reader process shows it,
// with 1,000, 100,000 and 1,000,000 stories in the paper. The call goes to the
// newsroom process as the command's would (app/desk_wire.h); readers are asked
// over connections that reach all of them.
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import * as lib from './lib.mjs';

const rounds = 150;
const table = new lib.Table('publish');
const verbs = { save: 3, publish: 5 };

function message(verb, parts) {
	const head = Buffer.alloc(8);
	const body = Buffer.concat(parts.flatMap((part) => {
		const bytes = Buffer.from(part);
		const length = Buffer.alloc(4);
		length.writeUInt32BE(bytes.length);
		return [length, bytes];
	}));
	head[0] = 1;
	head[1] = verb;
	head.writeUInt16BE(parts.length, 2);
	head.writeUInt32BE(body.length, 4);
	return Buffer.concat([head, body]);
}

class Desk {
	constructor(dir) {
		this.socket = net.connect(`${dir}/run/newsroom.sock`);
		this.bytes = Buffer.alloc(0);
		this.socket.on('data', (part) => {
			this.bytes = Buffer.concat([this.bytes, part]);
			const n = this.bytes.length < 8 ? Infinity
				: 8 + this.bytes.readUInt32BE(4);
			if (this.bytes.length >= n) {
				const whole = this.bytes.subarray(0, n);
				this.bytes = this.bytes.subarray(n);
				this.done(whole);
			}
		});
	}

	async call(verb, parts) {
		const whole = await new Promise((done) => {
			this.done = done;
			this.socket.write(message(verb, parts));
		});
		const answer = [];
		for (let at = 8; at < whole.length;) {
			const n = whole.readUInt32BE(at);
			answer.push(whole.subarray(at + 4, at + 4 + n).toString());
			at += 4 + n;
		}
		if (whole[1] !== 0)
			throw new Error(answer[0]);
		return answer;
	}
}

async function measure(stories) {
	const dir = lib.archive(stories);
	const paper = await lib.serve(dir, { readers: 2 });
	// Readers can be ready before the newsroom process is.
	while (!fs.existsSync(`${dir}/run/newsroom.sock`))
		await lib.sleep(5);
	const desk = new Desk(dir);
	// Sixteen kept connections: the kernel spreads them over both readers.
	const agents = Array.from({ length: 16 }, () =>
		new http.Agent({ keepAlive: true, maxSockets: 1 }));
	const times = [];
	for (let round = 0; round < rounds; round++) {
		const mark = `Bench ${process.pid} ${stories} ${round}`;
		const [id] = await desk.call(verbs.save, ['',
			`---\ntitle: ${mark}\nsection: World\n` +
			`author: B. Ench\n---\n\nText of the story.\n`, '']);
		for (const agent of agents)
			await lib.get(paper.port, '/', {}, agent);
		const began = process.hrtime.bigint();
		await desk.call(verbs.publish, [id]);
		await Promise.all(agents.map(async (agent) => {
			for (;;) {
				const page = await lib.get(paper.port, '/', {},
					agent);
				if (page.body.includes(mark))
					return;
				await lib.sleep(1);
			}
		}));
		times.push(Number(process.hrtime.bigint() - began) / 1e6);
		await lib.sleep(7);
	}
	for (const agent of agents)
		agent.destroy();
	desk.socket.destroy();
	await paper.stop();
	return times;
}

const p99 = {};
for (const stories of [1000, 100000, 1000000]) {
	const times = await measure(stories);
	p99[stories] = lib.percentile(times, 99);
	table.row(`publish until all readers see it, ${stories} stories, p99`,
		p99[stories], 'ms', `median ${lib.median(times).toFixed(1)} ms`,
		'at most 50', p99[stories] <= 50);
}
table.row('a million stories against a thousand', p99[1000000] / p99[1000],
	'times', '', 'at most 2', p99[1000000] <= 2 * p99[1000]);
table.write();
