// SPDX-License-Identifier: MIT
//
// What is pasted from Word, LibreOffice, Google Docs, mail and web pages,
// made clean: only what the document can say is left. No style, no class, no
// script, no picture of another's server (a picture of one dot tells it who
// reads); footnotes that are pasted with their text become footnotes.
//
// A policy without inline style lets no browser read style attributes, so
// they are renamed before anything is parsed and read as text here.
const blocks = new Set(['P', 'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'UL', 'OL', 'LI',
	'TABLE', 'BLOCKQUOTE', 'PRE', 'HR', 'DIV', 'SECTION', 'ARTICLE', 'MAIN',
	'HEADER', 'FOOTER', 'ASIDE', 'FIGURE', 'FIGCAPTION', 'DL', 'DT', 'DD',
	'ADDRESS', 'TD', 'TH', 'TR', 'TBODY', 'THEAD', 'CENTER', 'DETAILS']);
const dropped = new Set(['SCRIPT', 'STYLE', 'META', 'LINK', 'TITLE', 'HEAD', 'XML',
	'TEMPLATE', 'IFRAME', 'OBJECT', 'EMBED', 'SVG', 'MATH', 'NOSCRIPT', 'BUTTON',
	'INPUT', 'SELECT', 'TEXTAREA', 'IMG', 'PICTURE', 'VIDEO', 'AUDIO', 'CANVAS',
	'MAP', 'BASE', 'COLGROUP', 'COL', 'DATALIST', 'PROGRESS', 'METER']);
// What leads through a page, or asks its reader for something.
const furniture = 'nav, dialog, template, noscript, [role=navigation], [role=search], ' +
	'[role=menu], [role=menubar], [role=toolbar], [role=dialog], [role=alertdialog]';
const tracking = /^(utm_|mc_|pk_|fbclid$|gclid$|dclid$|msclkid$|igshid$|yclid$|_hsenc$|_hsmi$|vero_id$|ref_src$)/i;

// ---- addresses

function unwrapped(url) {
	const inside = url.hostname.endsWith('google.com') && url.pathname === '/url'
		? url.searchParams.get('q') || url.searchParams.get('url')
		: url.hostname.endsWith('safelinks.protection.outlook.com')
			? url.searchParams.get('url')
			: /^lm?\.facebook\.com$/.test(url.hostname)
				? url.searchParams.get('u') : null;

	try {
		return inside ? new URL(inside) : url;
	} catch {
		return url;
	}
}

// An address that a page may lead to, without what follows readers about;
// null if it is none.
export function cleanAddress(href) {
	let url;

	try {
		url = unwrapped(new URL(href.trim()));
	} catch {
		return null;
	}
	if (url.protocol === 'mailto:')
		return url.href;
	if (url.protocol !== 'http:' && url.protocol !== 'https:')
		return null;
	const names = [...url.searchParams.keys()].filter((k) => tracking.test(k));

	if (names.length === 0 && unwrapped(url) === url && url.href === href.trim())
		return href.trim();
	for (const name of names)
		url.searchParams.delete(name);
	return url.href;
}

// ---- styles, as text

function cssOf(element) {
	return (element.getAttribute('data-css') || '').toLowerCase();
}

function css(element, name) {
	return new RegExp(`(?:^|;)\\s*${name}\\s*:\\s*([^;]*)`).exec(cssOf(element))?.[1]
		.trim() || '';
}

// Of Word: what was deleted while changes were tracked, and remarks on the
// margin. Neither is the author's text.
function isAside(element) {
	return /^comment(-list)?$/.test(css(element, 'mso-element')) ||
		/(^|\s)(msodel|msocomanchor|msocomoff|msocomtxt|msocommentreference)(\s|$)/i
			.test(element.getAttribute('class') || '');
}

function isHidden(element) {
	return isAside(element) || css(element, 'display') === 'none' || css(element, 'mso-hide') === 'all' ||
		css(element, 'visibility') === 'hidden' || element.hidden ||
		/(^|\s)(sr-only|visually-hidden|mw-editsection)(\s|$)/.test(
			element.getAttribute('class') || '');
}

// Some servers put the whole of a page into one form.
function isAsking(form) {
	return !form.querySelector('article, main, h1') &&
		form.querySelectorAll('p').length < 3;
}

// All its words lead elsewhere, but for a heading: other stories.
function isLeadingOn(aside) {
	const words = aside.cloneNode(true);

	if (!words.querySelector('a[href]:not([href^="#"])'))
		return false;
	words.querySelectorAll('a, h1, h2, h3, h4, h5, h6').forEach((e) => e.remove());
	return !/[\p{L}\p{N}]/u.test(words.textContent);
}

// Takes out what is plainly no text; not where nothing else was copied.
function takeFurniture(body) {
	const found = [...body.querySelectorAll(furniture),
		...[...body.querySelectorAll('form')].filter(isAsking),
		...[...body.querySelectorAll('aside')].filter(isLeadingOn)];

	found.forEach((e) => e.setAttribute('data-furniture', ''));
	const rest = body.cloneNode(true);

	rest.querySelectorAll('[data-furniture]').forEach((e) => e.remove());
	if (rest.textContent.trim())
		found.forEach((e) => e.remove());
}

// What only tells who reads.
function isDot(image) {
	const size = (name) => parseFloat(image.getAttribute(name) || css(image, name));

	return isHidden(image) || size('width') < 4 || size('height') < 4;
}

function marksOf(element) {
	const tag = element.tagName;
	const weight = css(element, 'font-weight');
	const slant = css(element, 'font-style');
	const marks = [];

	if (/^(bold|bolder|[6-9]00)$/.test(weight) ||
		((tag === 'B' || tag === 'STRONG') && !/^(normal|lighter|[1-5]00)$/.test(weight)))
		marks.push('strong');
	if (slant === 'italic' || slant === 'oblique' ||
		((tag === 'I' || tag === 'EM' || tag === 'CITE') && slant !== 'normal'))
		marks.push('em');
	if (/^(S|DEL|STRIKE)$/.test(tag) ||
		/line-through/.test(css(element, 'text-decoration') +
			css(element, 'text-decoration-line')))
		marks.push('s');
	if (/^(CODE|KBD|SAMP|TT)$/.test(tag))
		marks.push('code');
	return marks;
}

// ---- footnotes

function byName(root, name) {
	if (!name)
		return null;
	return [...root.querySelectorAll('[id], a[name]')].find((e) =>
		e.id === name || e.getAttribute('name') === name) || null;
}

function targetOf(root, link) {
	try {
		return byName(root, decodeURIComponent(link.getAttribute('href').slice(1)));
	} catch {
		return null;
	}
}

function noteBlock(target) {
	return /^(LI|ASIDE|DIV|DD)$/.test(target.tagName) ? target
		: target.closest('li, aside, div[id^="ftn"], ' +
			'div[id^="sdfootnote"], div[id^="sdendnote"]') || target.closest('p, div, dd');
}

function isBack(root, link, reference) {
	const target = targetOf(root, link);

	return target && (target === reference || target.contains(reference) ||
		reference.contains(target));
}

// Takes the notes out of the tree: references become sup elements, the notes
// a list of { label, block }.
function takeNotes(root, freeLabel) {
	const notes = [];

	for (const link of [...root.querySelectorAll('a[href^="#"]')]) {
		const target = root.contains(link) && targetOf(root, link);
		const block = target && noteBlock(target);

		if (!block || block.contains(link) || !(link.compareDocumentPosition(block) &
			Node.DOCUMENT_POSITION_FOLLOWING))
			continue;
		let note = notes.find((n) => n.block === block);

		if (!note) {
			const backs = [...block.querySelectorAll('a[href^="#"]')].filter((a) =>
				isBack(root, a, link));

			if (backs.length === 0)
				continue;
			note = { label: freeLabel(), block, backs };
			notes.push(note);
		}
		const mark = root.ownerDocument.createElement('sup');

		mark.setAttribute('data-note', note.label);
		const outer = link.closest('sup');

		(outer && outer.textContent === link.textContent ? outer : link)
			.replaceWith(mark);
	}
	for (const { block, backs } of notes) {
		backs.forEach((a) => {
			const outer = a.closest('sup');

			(outer && block.contains(outer) ? outer : a).remove();
		});
		block.remove();
	}
	return notes;
}

// ---- Word's lists, which are paragraphs

function listLevel(element) {
	return Number(/mso-list:\s*l\d+\s+level(\d+)/.exec(cssOf(element))?.[1] || 0);
}

function isOrdered(element) {
	const sign = [...element.querySelectorAll('[data-css*="mso-list"]')].find((e) =>
		/mso-list:\s*ignore/.test(cssOf(e)))?.textContent || '';

	return /^\s*\(?([0-9]+|[a-z]|[ivxlc]+)[.)]/i.test(sign);
}

function gatherLists(root) {
	let stack = [];
	let last = null;

	for (const paragraph of [...root.querySelectorAll('p, h1, h2, h3, h4, h5, h6')]) {
		const level = listLevel(paragraph);

		if (!level)
			continue;
		if (!last || nextElement(last) !== paragraph)
			stack = [];
		const item = root.ownerDocument.createElement('li');

		stack.length = Math.min(stack.length, level);
		while (stack.length < level) {
			const list = root.ownerDocument.createElement(
				isOrdered(paragraph) ? 'ol' : 'ul');

			if (stack.length === 0)
				paragraph.before(list);
			else
				(stack.at(-1).lastElementChild || stack.at(-1)).append(list);
			stack.push(list);
		}
		paragraph.querySelectorAll('[data-css*="mso-list"]').forEach((e) => {
			if (/mso-list:\s*ignore/.test(cssOf(e)))
				e.remove();
		});
		item.append(...paragraph.childNodes);
		stack.at(-1).append(item);
		last = stack[0];
		paragraph.remove();
	}
}

function nextElement(element) {
	let next = element.nextSibling;

	while (next && (next.nodeType === 8 ||
		(next.nodeType === 3 && !next.data.trim())))
		next = next.nextSibling;
	return next;
}

// A list that stands beside the item it belongs to (Google Docs).
function nestLists(root) {
	for (const list of [...root.querySelectorAll('ul > ul, ul > ol, ol > ul, ol > ol')]) {
		const before = list.previousElementSibling;

		if (before?.tagName === 'LI')
			before.append(list);
	}
}

// Word in the browser has a list of its own for each item.
function joinLists(root) {
	for (const wrapper of [...root.querySelectorAll('.ListContainerWrapper')]) {
		const before = wrapper.previousElementSibling;
		const list = wrapper.querySelector('ul, ol');
		let host = before?.matches('.ListContainerWrapper') &&
			before.querySelector('ul, ol');

		if (!list || !host)
			continue;
		const level = Number(list.querySelector('li')
			?.getAttribute('data-aria-level')) || 1;
		const inside = () => host.lastElementChild?.querySelector(
			':scope > ul, :scope > ol');

		for (let i = 2; i < level && inside(); i++)
			host = inside();
		if (level > 1 && inside())
			host = inside();
		else if (level > 1 && host.lastElementChild) {
			host.lastElementChild.append(list);
			wrapper.remove();
			continue;
		}
		if (host.tagName !== list.tagName)
			continue;
		host.append(...list.children);
		wrapper.remove();
	}
}

// ---- columns

// The side on which a cell's words stand: its own, or that of its paragraph.
function sideOf(cell) {
	const has = [cell, cell.firstElementChild].map((e) =>
		e && (css(e, 'text-align') || e.getAttribute('align') || '').toLowerCase());

	return has.find((side) => /^(left|center|right)$/.test(side || '')) ?? '';
}

// Of a column, where those below the head agree; the left is where all is that
// nobody moved.
function align(cell, sides) {
	const [side] = sides;

	if (sides.size === 1 && side && side !== 'left')
		cell.setAttribute('data-align', side);
}

// ---- the rest

class Cleaner {
	constructor(document) {
		this.document = document;
		this.pictures = [...document.images].filter((i) => !isDot(i)).length;
	}

	make(tag, children, attrs = {}) {
		const element = this.document.createElement(tag);

		for (const [name, value] of Object.entries(attrs))
			element.setAttribute(name, value);
		element.append(...children);
		return element;
	}

	// Space that only holds things apart becomes a space.
	words(text) {
		return text.replace(/[\u00AD\u200B\uFEFF]/g, '')
			.replace(/\u00A0(?![»!?:;%€])/g, (space, at) =>
				/[«\d]/.test(text[at - 1] || '') && /\S/.test(text[at + 1] || '')
					? space : ' ');
	}

	children(element, context) {
		return [...element.childNodes].flatMap((n) => this.node(n, context));
	}

	node(node, context) {
		if (node.nodeType === 3)
			return [this.document.createTextNode(this.words(node.data))];
		if (node.nodeType !== 1)
			return [];
		const level = node.getAttribute('role') === 'heading' &&
			node.getAttribute('aria-level');
		const tag = level ? `H${level}` : node.tagName.toUpperCase();

		if (dropped.has(tag) || /^[OVW]:/.test(tag) && tag !== 'O:P' || isHidden(node))
			return [];
		if (node.hasAttribute('data-note'))
			return [this.make('sup', [], { 'data-note': node.getAttribute('data-note') })];
		return this.element(node, tag, context);
	}

	element(node, tag, context) {
		if (/^H[1-6]$/.test(tag) || /MsoTitle/.test(node.className))
			return this.heading(node, tag);
		switch (tag) {
		case 'BR':
			return [this.make('br', [])];
		case 'HR':
			return [this.make('hr', [])];
		case 'A':
			return this.link(node, context);
		case 'UL':
		case 'OL':
			return this.list(node, tag);
		case 'TABLE':
			return this.table(node, context);
		case 'BLOCKQUOTE':
			return [this.make('blockquote', this.flow(node, context))];
		case 'PRE':
			return [this.make('pre', [this.document.createTextNode(node.textContent)])];
		case 'DT':
			return [this.make('p', [this.make('strong', this.children(node, context))])];
		default:
			return blocks.has(tag) ? this.block(node, context)
				: this.inline(node, context);
		}
	}

	hasBlocks(node) {
		return [...node.querySelectorAll('*')].some((e) =>
			blocks.has(e.tagName) && !isHidden(e));
	}

	block(node, context) {
		if (this.hasBlocks(node))
			return this.flow(node, context);
		const words = this.wrap(marksOf(node), this.children(node, context));

		return words.some((n) => n.textContent.trim() || n.nodeName === 'SUP')
			? this.breaks(words).map((part) => this.make('p', part)) : [];
	}

	// Two line ends in a row part paragraphs.
	breaks(nodes) {
		const parts = [[]];

		nodes.forEach((n, i) => {
			const isBr = n.nodeName === 'BR';

			if (isBr && nodes[i + 1]?.nodeName === 'BR')
				parts.push([]);
			else if (!(isBr && parts.at(-1).length === 0))
				parts.at(-1).push(n);
		});
		return parts.filter((p) => p.some((n) =>
			n.textContent.trim() || n.nodeName === 'SUP'));
	}

	// Blocks, loose words between them becoming paragraphs.
	flow(node, context) {
		const result = [];
		let loose = [];
		const end = () => {
			for (const part of this.breaks(loose))
				result.push(this.make('p', part));
			loose = [];
		};

		for (const child of this.children(node, context)) {
			if (child.nodeType === 1 && blocks.has(child.tagName)) {
				end();
				result.push(child);
			} else {
				loose.push(child);
			}
		}
		end();
		return result;
	}

	inline(node, context) {
		const inside = this.children(node, context);

		if (inside.some((n) => n.nodeType === 1 && blocks.has(n.tagName)))
			return inside;
		return this.wrap(context === 'heading'
			? marksOf(node).filter((m) => m !== 'strong') : marksOf(node), inside);
	}

	wrap(marks, nodes) {
		return nodes.length && nodes.some((n) => n.textContent.trim())
			? marks.reduce((inside, mark) => [this.make(mark, inside)], nodes) : nodes;
	}

	heading(node, tag) {
		const level = Math.min(4, Math.max(2, Number(tag[1]) || 2));
		const inside = this.children(node, 'heading').filter((n) =>
			n.nodeName !== 'BR');

		return inside.some((n) => n.textContent.trim())
			? [this.make(`h${level}`, inside)] : [];
	}

	link(node, context) {
		const href = cleanAddress(node.getAttribute('href') || '');
		const inside = this.children(node, context);

		return href && !this.hasBlocks(node) && node.textContent.trim()
			? [this.make('a', inside, { href })] : inside;
	}

	list(node, tag) {
		const items = [...node.children].filter((c) => c.tagName === 'LI')
			.map((li) => this.make('li', this.flow(li)))
			.filter((li) => li.childNodes.length);
		const start = Number(node.getAttribute('start'));

		return items.length ? [this.make(tag.toLowerCase(), items,
			tag === 'OL' && start > 1 ? { start } : {})] : [];
	}

	// Tables that only place things (mail) are no tables.
	table(node, context) {
		const rows = [...node.rows];
		const width = Math.max(0, ...rows.map((r) => [...r.cells].reduce((n, c) =>
			n + Math.min(50, c.colSpan || 1), 0)));
		const isLayout = node.getAttribute('role') === 'presentation' ||
			node.querySelector('table') || width < 2 || rows.length < 2;

		if (isLayout)
			return rows.flatMap((r) => [...r.cells]).flatMap((c) =>
				this.flow(c, context));
		const caption = node.caption ? this.block(node.caption, context) : [];

		const held = []; // for how many rows a cell above holds each column
		const sides = Array.from({ length: width }, () => new Set());
		const lines = rows.map((row, r) => {
			const cells = [];
			const put = (inside = []) => cells.push(this.make(r ? 'td' : 'th', inside));
			const skip = () => {
				while (held[cells.length] > 0) {
					held[cells.length]--;
					put();
				}
			};

			for (const cell of row.cells) {
				skip();
				for (let i = 0; i < Math.min(50, cell.colSpan || 1); i++) {
					held[cells.length] = Math.min(rows.length, cell.rowSpan || 1) - 1;
					if (r && i === 0 && cell.textContent.trim())
						sides[cells.length]?.add(sideOf(cell));
					put(i ? [] : this.cell(cell));
				}
			}
			skip();
			while (cells.length < width)
				put();
			return cells.slice(0, width);
		});

		for (const line of lines)
			line.forEach((cell, c) => align(cell, sides[c]));
		return [...caption, this.make('table', lines.map((l) => this.make('tr', l)))];
	}

	// A cell holds one line of words; paragraphs in it are parted by breaks.
	cell(cell) {
		const parts = this.flow(cell).map((block) => [...block.childNodes]);

		return parts.flatMap((part, i) =>
			i ? [this.make('br', []), ...part] : part);
	}
}

function withoutStyle(html) {
	return html.replace(/<(style|script)\b[^]*?<\/\1\s*>/gi, '')
		.replace(/<!--\[if[^]*?<!\[endif\]-->/gi, '')
		.replace(/<!\[(if|endif)[^>]*>/gi, '')
		.replace(/<[a-z][^\s>/]*(?:"[^"]*"|'[^']*'|[^'">])*>/gi, (tag) =>
			tag.replace(/(\s)style\s*=/gi, '$1data-css=')
				.replace(/(\s|["'])on\w+\s*=/gi, '$1data-on='));
}

// Words keep the space at their ends, which ProseMirror takes off unless it
// believes that the text is its own.
function wordsOnly(document, clean) {
	const texts = document.createTreeWalker(clean, NodeFilter.SHOW_TEXT);

	while (texts.nextNode())
		texts.currentNode.data = texts.currentNode.data.replace(/\s+/g, ' ');
	const whole = document.createElement('span');

	whole.setAttribute('data-pm-slice', '0 0 []');
	whole.append(...clean.childNodes);
	return whole.outerHTML;
}

// HTML was copied out of such an editor as this.
export function isOwn(html) {
	return /data-pm-slice/.test(html) && /dir="auto"| class="fe-/.test(html);
}

// The clean HTML of HTML, and how many pictures were left out. LABELS are the
// footnotes' labels that are taken.
export function cleanHtml(html, labels = new Set()) {
	// Its own text comes back as it is; that of another such editor does not.
	if (isOwn(html))
		return { html: withoutStyle(html), pictures: 0 };
	const document = new DOMParser().parseFromString(withoutStyle(html), 'text/html');
	let n = 0;
	const freeLabel = () => {
		do
			n++;
		while (labels.has(String(n)));
		return String(n);
	};
	const cleaner = new Cleaner(document);

	for (const aside of [...document.body.querySelectorAll('*')].filter(isAside))
		aside.remove(); // before one is taken for a note
	takeFurniture(document.body);
	nestLists(document.body);
	joinLists(document.body);
	gatherLists(document.body);
	const notes = takeNotes(document.body, freeLabel);
	const isInline = !cleaner.hasBlocks(document.body) && notes.length === 0;
	const body = isInline ? cleaner.children(document.body)
		: cleaner.flow(document.body);

	for (const { label, block } of notes) {
		const inside = cleaner.flow(block);
		const first = inside[0]?.firstChild;

		if (first?.nodeType === 3)
			first.data = first.data.replace(/^[\s.\][^↑*]*(?=\S)/, '');
		body.push(cleaner.make('aside', inside.length ? inside
			: [cleaner.make('p', [])], { 'data-label': label }));
	}
	// A rule that only parted the notes from the text goes with them.
	const at = body.findIndex((n) => n.nodeName === 'ASIDE');

	if (at > 0 && body[at - 1].nodeName === 'HR')
		body.splice(at - 1, 1);
	const clean = document.createElement('div');

	clean.append(...body);
	return {
		html: isInline ? wordsOnly(document, clean) : clean.innerHTML,
		pictures: cleaner.pictures,
	};
}

// Plain text as paragraphs: [[line, ...], ...]. Lines of a text that was
// broken at a width are one.
export function paragraphsOf(text) {
	return text.replace(/\r\n?/g, '\n').split(/\n[ \t]*\n+/)
		.map((part) => part.split('\n').map((line) => line.trim()).filter(Boolean))
		.filter((lines) => lines.length)
		.map((lines) => lines.slice(0, -1).every((line) => line.length > 50)
			? [lines.join(' ')] : lines);
}
