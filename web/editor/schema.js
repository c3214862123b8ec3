// SPDX-License-Identifier: MIT
//
// The document: what the Markdown of src/text/markdown.h can say, and nothing
// else. Whatever of a manuscript has no place here is kept word for word in
// `raw` (a block) or `raw_inline`, so that no text is ever lost in it.
//
// Tables have a head of one row and cells of inlines; the attributes colspan,
// rowspan and colwidth are there because prosemirror-tables asks for them, and
// are always 1, 1 and null.
import { Schema } from 'prosemirror-model';

// An address that may be put where a browser would follow it.
export function isSafeAddress(url) {
	return /^(https?:|mailto:)/i.test(url) || !/^[^/?#]*:/.test(url.trim());
}

export function isRtl(lang) {
	return /^(ar|fa|he|ur|yi|ps|sd|ug|dv|ckb)\b/i.test(lang) ||
		/^\w+-(Arab|Hebr|Thaa|Syrc)\b/i.test(lang);
}

const cellAttrs = {
	colspan: { default: 1 },
	rowspan: { default: 1 },
	colwidth: { default: null },
	align: { default: null },
};

function cellSpec(tag, role) {
	return {
		content: 'inline*',
		attrs: cellAttrs,
		tableRole: role,
		isolating: true,
		parseDOM: [{
			tag,
			getAttrs: (dom) => ({ align: dom.getAttribute('data-align') }),
		}],
		toDOM: (node) => [tag,
			node.attrs.align ? { 'data-align': node.attrs.align } : {}, 0],
	};
}

function langAttrs(node) {
	return node.attrs.lang
		? { lang: node.attrs.lang, dir: 'auto', 'data-lang': node.attrs.lang }
		: { dir: 'auto' };
}

// A quotation's rule stands on the side where its language begins; without
// one, on the story's ("auto" would not look into its paragraphs).
function quoteAttrs({ attrs: { lang } }) {
	return lang ? { lang, dir: isRtl(lang) ? 'rtl' : 'ltr', 'data-lang': lang } : {};
}

const looseOf = (dom) => ({ tight: !dom.hasAttribute('data-loose') });
const looseAttrs = (node) => node.attrs.tight ? {} : { 'data-loose': '' };
const langOf = (dom) => ({ lang: dom.getAttribute('data-lang') });

function host(href) {
	try {
		return new URL(href).hostname.replace(/^www\./, '');
	} catch {
		return '';
	}
}

// What a copied figure carries along; a foreign one has none of it.
function moreOf(dom) {
	try {
		const [lead, tail, titled, href] = JSON.parse(dom.getAttribute('data-more'));

		return { lead, tail, titled, href };
	} catch {
		return {};
	}
}

const nodes = {
	doc: { content: '(block | footnote)+' },
	paragraph: {
		group: 'block flow',
		content: 'inline*',
		attrs: { lang: { default: null } },
		parseDOM: [{ tag: 'p', getAttrs: langOf }],
		toDOM: (node) => ['p', langAttrs(node), 0],
	},
	heading: {
		group: 'block flow',
		content: 'inline*',
		attrs: { level: { default: 2 }, lang: { default: null } },
		defining: true,
		parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({
			tag: `h${level}`,
			getAttrs: (dom) => ({ level, ...langOf(dom) }),
		})),
		toDOM: (node) => [`h${node.attrs.level}`, langAttrs(node), 0],
	},
	quote: {
		group: 'block flow',
		content: 'flow+',
		attrs: { lang: { default: null } },
		defining: true,
		parseDOM: [{ tag: 'blockquote', getAttrs: langOf }],
		toDOM: (node) => ['blockquote', quoteAttrs(node), 0],
	},
	bullet_list: {
		group: 'block flow',
		content: 'list_item+',
		attrs: { tight: { default: true } },
		parseDOM: [{ tag: 'ul', getAttrs: looseOf }],
		toDOM: (node) => ['ul', looseAttrs(node), 0],
	},
	ordered_list: {
		group: 'block flow',
		content: 'list_item+',
		attrs: { start: { default: 1 }, tight: { default: true } },
		parseDOM: [{
			tag: 'ol',
			getAttrs: (dom) => ({
				start: Number(dom.getAttribute('start') || 1),
				...looseOf(dom),
			}),
		}],
		toDOM: (node) => ['ol',
			{ start: node.attrs.start, ...looseAttrs(node) }, 0],
	},
	list_item: {
		content: 'flow+',
		defining: true,
		parseDOM: [{ tag: 'li' }],
		toDOM: () => ['li', 0],
	},
	code_block: {
		group: 'block flow',
		content: 'text*',
		marks: '',
		attrs: { info: { default: '' } },
		code: true,
		defining: true,
		parseDOM: [{
			tag: 'pre',
			preserveWhitespace: 'full',
			getAttrs: (dom) => ({ info: dom.getAttribute('data-info') || '' }),
		}],
		toDOM: (node) => ['pre',
			{ dir: 'ltr', 'data-info': node.attrs.info || null }, ['code', 0]],
	},
	rule: {
		group: 'block flow',
		parseDOM: [{ tag: 'hr' }],
		toDOM: () => ['hr'],
	},
	table: {
		group: 'block flow',
		content: 'table_row+',
		tableRole: 'table',
		isolating: true,
		parseDOM: [{ tag: 'table' }],
		toDOM: () => ['table', ['tbody', 0]],
	},
	table_row: {
		content: '(table_cell | table_header)+',
		tableRole: 'row',
		parseDOM: [{ tag: 'tr' }],
		toDOM: () => ['tr', 0],
	},
	table_cell: cellSpec('td', 'cell'),
	table_header: cellSpec('th', 'header_cell'),
	// A picture that stands alone. Its content is the caption. How the
	// credit was joined to the caption is kept: "lead" and "tail" are the
	// characters before and behind it; "titled" says that the caption
	// stands in the title, not in a line of its own below.
	figure: {
		group: 'block flow',
		content: 'inline*',
		attrs: {
			src: { default: '' },
			alt: { default: '' },
			credit: { default: '' },
			lead: { default: null },
			tail: { default: '' },
			titled: { default: false },
			href: { default: null },
		},
		isolating: true,
		defining: true,
		toDOM: ({ attrs }) => ['figure', {
			'data-src': attrs.src,
			'data-alt': attrs.alt,
			'data-credit': attrs.credit,
			'data-more': JSON.stringify(
				[attrs.lead, attrs.tail, attrs.titled, attrs.href]),
		}, ['figcaption', 0]],
		parseDOM: [{
			tag: 'figure[data-src]',
			contentElement: 'figcaption',
			getAttrs: (dom) => ({
				src: dom.getAttribute('data-src'),
				alt: dom.getAttribute('data-alt') || '',
				credit: dom.getAttribute('data-credit') || '',
				...moreOf(dom),
			}),
		}],
	},
	// A paragraph which is one link and nothing else: shown as a card. No
	// page of another is ever loaded.
	embed: {
		group: 'block',
		atom: true,
		attrs: { href: {}, text: {}, title: { default: null } },
		toDOM: ({ attrs }) => ['div',
			{ class: 'fe-card', 'data-embed': '', 'data-href': attrs.href },
			['b', { dir: 'auto' }, attrs.text],
			['span', { dir: 'ltr' }, host(attrs.href) || attrs.href]],
		parseDOM: [{
			tag: 'div[data-embed]',
			getAttrs: (dom) => {
				const href = dom.getAttribute('data-href');

				return href && {
					href,
					text: dom.querySelector('b')?.textContent || href,
				};
			},
		}],
	},
	footnote: {
		content: 'flow+',
		attrs: { label: {} },
		defining: true,
		isolating: true,
		toDOM: (node) => ['aside',
			{ class: 'fe-note', 'data-label': node.attrs.label }, 0],
		parseDOM: [{
			tag: 'aside[data-label]',
			getAttrs: (dom) => ({ label: dom.getAttribute('data-label') }),
		}],
	},
	raw: {
		group: 'block flow',
		atom: true,
		attrs: { source: {}, kind: { default: 'other' } },
		toDOM: (node) => ['pre',
			{ class: 'fe-raw', dir: 'ltr', 'data-kind': node.attrs.kind },
			node.attrs.source],
		parseDOM: [{
			tag: 'pre.fe-raw[data-kind]',
			priority: 60,
			getAttrs: (dom) => ({
				source: dom.textContent,
				kind: dom.getAttribute('data-kind'),
			}),
		}],
	},
	text: { group: 'inline' },
	hard_break: {
		group: 'inline',
		inline: true,
		selectable: false,
		parseDOM: [{ tag: 'br' }],
		toDOM: () => ['br'],
	},
	image: {
		group: 'inline',
		inline: true,
		atom: true,
		attrs: { src: {}, alt: { default: '' }, title: { default: null } },
		toDOM: ({ attrs }) => ['span', {
			class: 'fe-picture',
			dir: 'auto',
			'data-src': attrs.src,
			'data-alt': attrs.alt,
			'data-title': attrs.title,
		}, attrs.alt || attrs.src],
		parseDOM: [{
			tag: 'span[data-src]',
			getAttrs: (dom) => ({
				src: dom.getAttribute('data-src'),
				alt: dom.getAttribute('data-alt') || '',
				title: dom.getAttribute('data-title'),
			}),
		}],
	},
	footnote_ref: {
		group: 'inline',
		inline: true,
		atom: true,
		attrs: { label: {} },
		toDOM: (node) => ['sup',
			{ class: 'fe-ref', 'data-note': node.attrs.label },
			node.attrs.label],
		parseDOM: [{
			tag: 'sup[data-note]',
			getAttrs: (dom) => ({ label: dom.getAttribute('data-note') }),
		}],
	},
	raw_inline: {
		group: 'inline',
		inline: true,
		atom: true,
		attrs: { source: {} },
		toDOM: (node) => ['code',
			{ class: 'fe-raw', dir: 'ltr', 'data-raw': '' },
			node.attrs.source],
		parseDOM: [{
			tag: 'code[data-raw]',
			priority: 60,
			getAttrs: (dom) => ({ source: dom.textContent }),
		}],
	},
};

const marks = {
	link: {
		attrs: { href: {}, title: { default: null } },
		inclusive: false,
		parseDOM: [{
			tag: 'a[href]',
			getAttrs: (dom) => ({
				href: dom.getAttribute('href'),
				title: dom.getAttribute('data-title'),
			}),
		}],
		toDOM: (mark) => ['a', {
			...(isSafeAddress(mark.attrs.href) && { href: mark.attrs.href }),
			title: mark.attrs.href,
			'data-title': mark.attrs.title,
			rel: 'noopener noreferrer',
		}, 0],
	},
	lang: {
		attrs: { lang: {} },
		inclusive: false,
		parseDOM: [{
			tag: 'span[data-lang]',
			getAttrs: (dom) => ({ lang: dom.getAttribute('data-lang') }),
		}],
		toDOM: (mark) => ['span', {
			lang: mark.attrs.lang,
			dir: 'auto',
			'data-lang': mark.attrs.lang,
		}, 0],
	},
	em: {
		parseDOM: [{ tag: 'em' }, { tag: 'i' }],
		toDOM: () => ['em', 0],
	},
	strong: {
		parseDOM: [{ tag: 'strong' }, { tag: 'b' }],
		toDOM: () => ['strong', 0],
	},
	strike: {
		parseDOM: [{ tag: 's' }, { tag: 'del' }, { tag: 'strike' }],
		toDOM: () => ['s', 0],
	},
	code: {
		code: true,
		parseDOM: [{ tag: 'code' }],
		toDOM: () => ['code', { dir: 'ltr' }, 0],
	},
};

export const schema = new Schema({ nodes, marks });
