// SPDX-License-Identifier: MIT
//
// The picture library: files dropped, pasted or chosen are sent one by one,
// each with its progress; on a picture's page, the focal point is shown in the
// picture and moved by pointing, and the cuts follow at once; what is cut by
// hand is a frame in the picture, moved and sized by mouse, touch or keys. Both
// pages work without this.

// ---- sending

const form = document.getElementById('upload');

function element(name, text = '') {
	const e = document.createElement(name);

	e.textContent = text;
	return e;
}

function fill(words, ...values) {
	return words.replace(/\{(\d)\}/g, (_, i) => values[i]);
}

// What the file gave away, and what the paper took out of it.
function safety({ had_place: place, had_device: device }) {
	if (place && device)
		return form.dataset.safe;
	if (place)
		return form.dataset.safePlace;
	return device ? form.dataset.safeDevice : '';
}

class Sending {
	constructor(file) {
		this.file = file;
		this.row = element('li');
		this.name = element('bdi', file.name);
		this.state = element('p');
		this.bar = document.createElement('progress');
		this.bar.max = file.size || 1;
		this.bar.value = 0;
		this.bar.setAttribute('aria-label', file.name);
		this.stop = element('button', form.dataset.cancel);
		this.stop.type = 'button';
		this.stop.setAttribute('aria-label',
			`${form.dataset.cancel}: ${file.name}`);
		this.stop.addEventListener('click', () => this.cancel());
		this.row.append(this.name, this.bar, this.stop, this.state);
	}

	// As long as not all of it has gone, the newsroom keeps nothing of it.
	cancel() {
		this.isCancelled = true;
		this.request?.abort();
		this.end(form.dataset.cancelled);
	}

	end(text, kind = '') {
		const hadFocus = document.activeElement === this.stop;

		this.bar.remove();
		this.stop.remove();
		this.state.textContent = text;
		if (hadFocus) {
			this.state.tabIndex = -1;
			this.state.focus();
		}
		this.state.className = kind;
	}

	taken(picture) {
		const link = element('a', picture.name || this.file.name);

		link.href = `/pictures/${picture.id}`;
		this.name.replaceWith(link);
		// "No pictures yet" holds no longer.
		if (!location.search)
			document.querySelector('.empty')?.remove();
		this.end([picture.known ? form.dataset.known : form.dataset.taken,
			safety(picture)].filter(Boolean).join('. ').replace(/\.\. /g, '. '));
	}

	answer(request) {
		let said = {};

		try {
			said = JSON.parse(request.responseText);
		} catch {
			said = {};
		}
		const [picture] = said.pictures || [];

		if (picture)
			this.taken(picture);
		else
			this.end(said.message || said.text || form.dataset.network,
				'fault');
	}

	send() {
		return new Promise((done) => {
			const request = new XMLHttpRequest();
			const body = new FormData();

			if (this.isCancelled) {
				done();
				return;
			}
			this.request = request;

			body.append('file', this.file, this.file.name || 'picture');
			request.open('POST', form.action);
			request.setRequestHeader('Accept', 'application/json');
			request.upload.onprogress = (e) => {
				this.bar.value = e.loaded;
				if (e.loaded >= e.total) {
					this.stop.remove();
					this.bar.removeAttribute('value');
					this.state.textContent = form.dataset.developing;
				}
			};
			request.onload = () => {
				this.answer(request);
				done();
			};
			request.onabort = done;
			request.onerror = () => {
				this.end(form.dataset.network, 'fault');
				done();
			};
			request.send(body);
		});
	}
}

class Queue {
	waiting = [];
	all = 0;
	sent = 0;
	isBusy = false;

	constructor(list) {
		this.list = list;
		this.total = element('li');
	}

	add(files) {
		for (const file of files) {
			const sending = new Sending(file);

			this.list.append(sending.row);
			this.waiting.push(sending);
			this.all++;
		}
		if (!this.all)
			return;
		this.list.hidden = false;
		this.list.prepend(this.total);
		this.#tell();
		if (!this.isBusy)
			this.#run();
	}

	#tell() {
		this.total.textContent =
			fill(form.dataset.progress, this.sent, this.all);
	}

	async #run() {
		this.isBusy = true;
		for (let next; (next = this.waiting.shift());) {
			await next.send();
			this.sent++;
			this.#tell();
		}
		this.isBusy = false;
	}
}

function pictureFiles(data) {
	return [...(data?.files || [])];
}

function startSending() {
	const field = form.querySelector('input[type=file]');
	const queue = new Queue(document.getElementById('sent'));
	const isTyping = (e) => e.target.closest?.('input, textarea, select');

	form.addEventListener('submit', (e) => {
		e.preventDefault();
		queue.add([...field.files]);
		field.value = '';
	});
	addEventListener('dragover', (e) => {
		if (![...e.dataTransfer.types].includes('Files'))
			return;
		e.preventDefault();
		document.body.classList.add('dropping');
	});
	addEventListener('dragleave', (e) => {
		if (!e.relatedTarget)
			document.body.classList.remove('dropping');
	});
	addEventListener('drop', (e) => {
		document.body.classList.remove('dropping');
		const files = pictureFiles(e.dataTransfer);

		if (!files.length)
			return;
		e.preventDefault();
		queue.add(files);
		document.getElementById('sent').scrollIntoView({ block: 'nearest' });
	});
	addEventListener('paste', (e) => {
		const files = pictureFiles(e.clipboardData);

		if (!files.length || isTyping(e))
			return;
		e.preventDefault();
		queue.add(files);
		document.getElementById('sent').scrollIntoView({ block: 'nearest' });
	});
	addEventListener('beforeunload', (e) => {
		if (queue.isBusy)
			e.preventDefault();
	});
}

// ---- the focal point

const RATIOS = { square: 1, broad: 4 / 3, 'wide-crop': 16 / 9 };

// Where a cut of RATIO begins, as src/picture/crop.c has it: the focal point
// as near to the middle as the edges allow; in percent of what is left over.
function cut(size, length, focus) {
	const over = size - length;

	if (over <= 0)
		return 50;
	const start = Math.min(Math.max(size * focus / 100 - length / 2, 0), over);

	return 100 * start / over;
}

class Focus {
	constructor(box) {
		this.box = box;
		this.picture = box.querySelector('img');
		this.x = document.getElementById('f-x');
		this.y = document.getElementById('f-y');
		this.spot = element('span');
		this.spot.className = 'spot';
		box.append(this.spot);
		box.classList.add('live');
		this.picture.addEventListener('click', (e) => this.point(e));
		for (const field of [this.x, this.y])
			field.addEventListener('input', () => this.show(true));
		this.show(false);
	}

	point(e) {
		const frame = this.picture.getBoundingClientRect();
		const part = (at, start, size) => String(Math.round(
			Math.min(Math.max((at - start) / size, 0), 1) * 100));

		this.x.value = part(e.clientX, frame.left, frame.width);
		this.y.value = part(e.clientY, frame.top, frame.height);
		this.show(true);
	}

	show(isMoved) {
		const x = Math.min(Math.max(Number(this.x.value) || 0, 0), 100);
		const y = Math.min(Math.max(Number(this.y.value) || 0, 0), 100);

		this.spot.style.left = `${x}%`;
		this.spot.style.top = `${y}%`;
		if (isMoved)
			this.cutAll(x, y);
	}

	cutAll(x, y) {
		const width = this.picture.naturalWidth;
		const height = this.picture.naturalHeight;

		for (const [kind, ratio] of Object.entries(RATIOS)) {
			const img = document.querySelector(`.${kind} img`);

			if (!img || !width || this.cuts?.get(kind)?.isSet)
				continue;
			img.src = this.picture.src;
			img.style.objectPosition =
				`${cut(width, Math.min(width, height * ratio), x)}% ` +
				`${cut(height, Math.min(height, width / ratio), y)}%`;
		}
	}
}

// ---- cuts by hand

const LEAST = 5; // percent of the width, as src/picture/crop.h has it
const tenth = (n) => Math.round(n * 10) / 10;
const down = (n) => Math.floor(n * 10 + 1e-6) / 10;
const within = (n, most) => Math.min(Math.max(n, 0), most);

// One shape: three numbers, and the frame that shows them in the picture.
class Cut {
	constructor(focus, kind) {
		const list = document.querySelector('.crops');

		this.focus = focus;
		this.ratio = RATIOS[kind];
		this.item = list.querySelector(`.${kind}`);
		this.name = this.item.querySelector('span').textContent;
		this.details = this.item.querySelector('details');
		[this.left, this.top, this.width] =
			this.details.querySelectorAll('input');
		for (const field of [this.left, this.top, this.width])
			field.addEventListener('input', () => this.show());
		this.#addButtons(list.dataset);
		this.#addFrame(fill(list.dataset.frame, this.name));
		this.details.addEventListener('toggle', () => this.place());
		this.place();
	}

	get isSet() {
		return [this.left, this.top, this.width].every((f) => f.value !== '');
	}

	#addButtons(words) {
		const row = element('p');
		const button = (text, fn) => {
			const b = element('button', text);

			b.type = 'button';
			b.setAttribute('aria-label', `${text}: ${this.name}`);
			b.addEventListener('click', fn);
			row.append(b, ' ');
		};

		row.className = 'acts';
		button(words.begin, () => this.begin());
		button(words.clear, () => this.clear());
		this.details.append(row);
	}

	#addFrame(label) {
		const grip = element('span');

		this.frame = element('button');
		this.frame.type = 'button';
		this.frame.className = 'frame';
		this.frame.hidden = true;
		this.frame.setAttribute('aria-label', label);
		// Which of several it is, for who looks.
		this.frame.dataset.shape = this.name;
		grip.className = 'grip';
		this.frame.append(grip);
		this.focus.box.append(this.frame);
		this.frame.addEventListener('keydown', (e) => this.key(e));
		this.frame.addEventListener('pointerdown', (e) =>
			this.drag(e, e.target === grip));
	}

	// How high it is, in percent of the picture's height.
	high(width) {
		const { naturalWidth, naturalHeight } = this.focus.picture;

		return width * naturalWidth / naturalHeight / this.ratio;
	}

	get most() {
		return Math.min(100, 100 / this.high(1));
	}

	set(left, top, width) {
		const w = Math.min(Math.max(width, Math.min(LEAST, this.most)),
			this.most);

		this.width.value = down(w);
		this.left.value = tenth(within(left, down(100 - w)));
		this.top.value = tenth(within(top, down(100 - this.high(w))));
		this.show();
	}

	// Where it is; without numbers, as the focal point has it.
	get at() {
		if (this.isSet)
			return [this.left, this.top, this.width].map((f) =>
				Number(f.value));
		const w = this.most;

		return [within(this.focus.x.value - w / 2, 100 - w),
			within(this.focus.y.value - this.high(w) / 2,
				100 - this.high(w)), w];
	}

	begin() {
		this.set(...this.at);
		this.frame.focus();
	}

	clear() {
		for (const field of [this.left, this.top, this.width])
			field.value = '';
		this.canvas?.remove();
		this.canvas = null;
		const img = this.item.querySelector('img');
		if (img)
			img.hidden = false;
		this.place();
		this.focus.show(true);
	}

	key(e) {
		const step = e.shiftKey ? 5 : 1;
		const move = { ArrowLeft: [-step, 0, 0], ArrowRight: [step, 0, 0],
			ArrowUp: [0, -step, 0], ArrowDown: [0, step, 0],
			'+': [-1, 0, 2], '=': [-1, 0, 2], '-': [1, 0, -2] }[e.key];
		const [left, top, width] = this.at;

		if (!move || e.ctrlKey || e.altKey || e.metaKey)
			return;
		e.preventDefault();
		this.set(left + move[0], top + move[1] + this.high(move[2]) / -2,
			width + move[2]);
	}

	drag(start, isSizing) {
		const box = this.focus.picture.getBoundingClientRect();
		const [left, top, width] = this.at;
		const moved = (e) => {
			const x = 100 * (e.clientX - start.clientX) / box.width;
			const y = 100 * (e.clientY - start.clientY) / box.height;

			if (isSizing)
				this.set(left, top, Math.min(width + x, 100 - left,
					(100 - top) / this.high(1)));
			else
				this.set(left + x, top + y, width);
		};

		if (start.button !== 0)
			return;
		start.preventDefault();
		this.frame.focus();
		this.frame.setPointerCapture(start.pointerId);
		this.frame.addEventListener('pointermove', moved);
		for (const end of ['pointerup', 'pointercancel'])
			this.frame.addEventListener(end, () =>
				this.frame.removeEventListener('pointermove', moved),
			{ once: true });
	}

	// The frame stands in the picture while its numbers are open.
	place() {
		const [left, top, width] = this.at;

		this.frame.hidden = !this.isSet || !this.details.open;
		Object.assign(this.frame.style, { left: `${left}%`, top: `${top}%`,
			width: `${width}%`, height: `${this.high(width)}%` });
	}

	show() {
		this.place();
		if (this.isSet)
			this.draw();
	}

	// The part itself, where the list shows it.
	draw() {
		const { picture } = this.focus;
		const [left, top, width] = this.at;
		const img = this.item.querySelector('img');
		const part = picture.naturalWidth * width / 100;

		if (!this.canvas) {
			this.canvas = element('canvas');
			this.canvas.width = 480;
			this.canvas.height = Math.round(480 / this.ratio);
			this.item.prepend(this.canvas);
			if (img)
				img.hidden = true;
		}
		this.canvas.getContext('2d').drawImage(picture,
			picture.naturalWidth * left / 100,
			picture.naturalHeight * top / 100, part, part / this.ratio,
			0, 0, this.canvas.width, this.canvas.height);
	}
}

async function startCutting() {
	const focus = new Focus(document.querySelector('.focus'));

	// Without its size there is no frame to be drawn.
	await focus.picture.decode().catch(() => {});
	if (focus.picture.naturalWidth)
		focus.cuts = new Map(Object.keys(RATIOS).map((kind) =>
			[kind, new Cut(focus, kind)]));
}

if (form)
	startSending();
if (document.getElementById('picture'))
	startCutting();
