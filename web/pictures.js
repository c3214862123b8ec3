// SPDX-License-Identifier: MIT
//
// The picture library: files dropped, pasted or chosen are sent one by one,
// each with its progress; on a picture's page, the focal point is shown in the
// picture and moved by pointing, and the cuts follow at once. Both pages work
// without this.

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
		this.row.append(this.name, this.bar, this.state);
	}

	end(text, kind = '') {
		this.bar.remove();
		this.state.textContent = text;
		this.state.className = kind;
	}

	taken(picture) {
		const link = element('a', picture.name || this.file.name);

		link.href = `/pictures/${picture.id}`;
		this.name.replaceWith(link);
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

			body.append('file', this.file, this.file.name || 'picture');
			request.open('POST', form.action);
			request.setRequestHeader('Accept', 'application/json');
			request.upload.onprogress = (e) => {
				this.bar.value = e.loaded;
				if (e.loaded >= e.total) {
					this.bar.removeAttribute('value');
					this.state.textContent = form.dataset.developing;
				}
			};
			request.onload = () => {
				this.answer(request);
				done();
			};
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

			if (!img || !width)
				continue;
			img.src = this.picture.src;
			img.style.objectPosition =
				`${cut(width, Math.min(width, height * ratio), x)}% ` +
				`${cut(height, Math.min(height, width / ratio), y)}%`;
		}
	}
}

if (form)
	startSending();
if (document.getElementById('picture'))
	new Focus(document.querySelector('.focus'));
