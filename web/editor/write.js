// SPDX-License-Identifier: MIT
//
// Document to Markdown, such that read.js makes the same document of it.
//
// What Markdown cannot say is left out: white space at the ends of a
// paragraph, paragraphs without words, and marks on nothing but space.
import { gfmFootnoteToMarkdown } from 'mdast-util-gfm-footnote';
import { gfmStrikethroughToMarkdown } from 'mdast-util-gfm-strikethrough';
import { gfmTableToMarkdown } from 'mdast-util-gfm-table';
import { toMarkdown } from 'mdast-util-to-markdown';
import { bracketStart } from './hidden.js';

// ---- inlines

const markNodes = {
	link: (mark) => ({
		type: 'link', url: mark.attrs.href, title: mark.attrs.title,
	}),
	lang: (mark) => ({ type: 'langSpan', lang: mark.attrs.lang }),
	em: () => ({ type: 'emphasis' }),
	strong: () => ({ type: 'strong' }),
	strike: () => ({ type: 'delete' }),
};

function leafNode(node, place) {
	const { attrs } = node;

	switch (node.type.name) {
	case 'hard_break':
		return { type: place === 'flow' ? 'break' : 'htmlBreak' };
	case 'image':
		return { type: 'image', url: attrs.src, alt: attrs.alt, title: attrs.title };
	case 'footnote_ref':
		return { type: 'footnoteReference', identifier: attrs.label,
			label: attrs.label };
	case 'raw_inline':
		return { type: 'rawInline', value: attrs.source };
	default:
		throw new Error(`no Markdown for ${node.type.name}`);
	}
}

const isSpace = (text) => /^[ \t\n]*$/.test(text);
const isBreak = (item) => item.node?.type.name === 'hard_break';

// The inlines of a block as [{ text | node, marks }], white space outside of
// marks and none at the ends or beside a break.
function inlineItems(parent) {
	const items = [];

	parent.forEach((node) => {
		const marks = node.marks;
		const isCode = marks.some((m) => m.type.name === 'code');

		if (!node.isText) {
			items.push({ node, marks, had: marks });
			return;
		}
		const [, before, words, behind] = isCode ? ['', '', node.text, '']
			: /^([ \t\n]*)([^]*?)([ \t\n]*)$/.exec(node.text);

		if (before || (!words && behind))
			items.push({ text: before + (words ? '' : behind), marks, had: marks });
		if (words)
			items.push({ text: words.replace(/\n/g, ' '), marks });
		if (words && behind)
			items.push({ text: behind, marks, had: marks });
	});
	spreadMarks(items);
	return trimItems(items);
}

// White space keeps those of its marks that the words on both sides have.
function spreadMarks(items) {
	items.forEach((item, i) => {
		if (item.text === undefined ? isBreak(item) : isSpace(item.text) && item.had)
			item.marks = item.had.filter((m) => m.type.name !== 'code' && i > 0 &&
				m.isInSet(items[i - 1].marks) && m.isInSet(nextMarks(items, i)));
	});
}

function nextMarks(items, i) {
	const next = items.slice(i + 1).find((item) =>
		item.text === undefined ? !isBreak(item) : !isSpace(item.text));

	return next ? next.marks : [];
}

function trimItems(items) {
	const isEdge = (item) => isBreak(item) ||
		(item.text !== undefined && isSpace(item.text) && !isCode(item));
	const isCode = (item) => item.marks.some((m) => m.type.name === 'code');

	while (items.length && isEdge(items[0]))
		items.shift();
	while (items.length && isEdge(items.at(-1)))
		items.pop();
	return items.filter((item, i) => item.text === undefined || isCode(item) ||
		!isSpace(item.text) || !(isBreak(items[i - 1]) || isBreak(items[i + 1])));
}

// Of the marks on the first item that are not open yet, the one that runs
// furthest is opened first.
function group(items, open, place) {
	const nodes = [];

	for (let i = 0; i < items.length;) {
		const marks = items[i].marks.filter((m) =>
			m.type.name !== 'code' && !m.isInSet(open));
		let longest = null;
		let end = i;

		for (const mark of marks) {
			let to = i + 1;

			while (to < items.length && mark.isInSet(items[to].marks))
				to++;
			if (to > end) {
				end = to;
				longest = mark;
			}
		}
		if (longest) {
			nodes.push({
				...markNodes[longest.type.name](longest),
				children: group(items.slice(i, end), [...open, longest], place),
			});
			i = end;
		} else {
			nodes.push(leafOf(items[i], place));
			i++;
		}
	}
	return joinTexts(nodes);
}

function leafOf(item, place) {
	if (item.text === undefined)
		return leafNode(item.node, place);
	return item.marks.some((m) => m.type.name === 'code')
		? { type: 'inlineCode', value: item.text }
		: { type: 'text', value: item.text };
}

function joinTexts(nodes) {
	return nodes.reduce((joined, node) => {
		const last = joined.at(-1);

		if (last && node.type === last.type &&
			(node.type === 'text' || node.type === 'inlineCode'))
			last.value += node.value;
		else
			joined.push(node);
		return joined;
	}, []);
}

function inlines(parent, place = 'flow') {
	return group(inlineItems(parent), [], place);
}

// ---- blocks

function isBlank(node) {
	return node.type.name === 'paragraph' && inlineItems(node).length === 0;
}

function flow(parent) {
	const children = [];

	parent.forEach((child) => {
		if (!isBlank(child))
			children.push(...blockNodes(child));
	});
	return children;
}

function langLine(lang) {
	return { type: 'raw', value: `{lang=${lang}}` };
}

function paragraph(node) {
	const children = inlines(node);

	if (node.attrs.lang)
		children.push({ type: 'rawInline', value: `\n{lang=${node.attrs.lang}}` });
	return { type: 'paragraph', children };
}

// In a quotation the last line's mark is the whole quotation's.
function quote(node) {
	const last = node.lastChild;
	const lang = node.attrs.lang || (last.type.name === 'paragraph' &&
		last.attrs.lang) || null;
	const children = flow(last.attrs.lang && last.type.name === 'paragraph'
		? node.copy(node.content.replaceChild(node.childCount - 1,
			last.type.create(null, last.content))) : node);

	if (lang)
		children.push(langLine(lang));
	return { type: 'blockquote', children };
}

// Two paragraphs in one item need the blank line that makes a list loose.
function isLoose(items) {
	return items.some((item) => item.children.some((child, i) => {
		const before = item.children[i - 1];

		return before && child.type !== 'list' && child.type !== 'blockquote' &&
			child.type !== 'code' && child.type !== 'heading';
	}));
}

function list(node) {
	const ordered = node.type.name === 'ordered_list';
	const children = [];

	node.forEach((item) => {
		children.push({ type: 'listItem', children: flow(item) });
	});
	const spread = !node.attrs.tight || isLoose(children);

	for (const item of children)
		item.spread = spread;
	return {
		type: 'list',
		ordered,
		start: ordered ? node.attrs.start : null,
		spread,
		children,
	};
}

function codeBlock(node) {
	const [, lang, meta] = /^\s*(\S*)\s*([^]*)$/.exec(node.attrs.info);

	return { type: 'code', lang: lang || null, meta: (lang && meta) || null,
		value: node.textContent };
}

function table(node) {
	const align = [];
	const children = [];

	node.firstChild.forEach((cell) => align.push(cell.attrs.align));
	node.forEach((row) => {
		const cells = [];

		row.forEach((cell) => {
			cells.push({ type: 'tableCell', children: inlines(cell, 'cell') });
		});
		children.push({ type: 'tableRow', children: cells });
	});
	return { type: 'table', align, children };
}

// The caption, its credit joined on; one string if it has no marks.
function captionOf(node) {
	const { credit, tail } = node.attrs;
	const children = inlines(node);

	if (credit) {
		const lead = node.attrs.lead ?? (children.length ? ' Photo: ' : 'Photo: ');
		const words = (children.length ? lead : lead.trimStart()) + credit + tail;

		if (children.at(-1)?.type === 'text')
			children.at(-1).value += words;
		else
			children.push({ type: 'text', value: words });
	}
	return children;
}

function figure(node) {
	const { src, alt, titled, href } = node.attrs;
	const caption = captionOf(node);
	const isPlain = caption.length === 1 && caption[0].type === 'text';
	const image = { type: 'image', url: src, alt };

	if (titled && isPlain)
		image.title = caption[0].value;
	const picture = href ? { type: 'link', url: href, children: [image] } : image;
	const children = [picture];

	if (caption.length && !image.title)
		children.push({ type: 'rawInline', value: '\n' },
			{ type: 'caption', children: caption });
	return { type: 'paragraph', children };
}

function embed({ attrs }) {
	return {
		type: 'paragraph',
		children: [{
			type: 'link',
			url: attrs.href,
			title: attrs.title,
			children: [{ type: 'text', value: attrs.text }],
		}],
	};
}

function withLang(node, made) {
	return node.attrs.lang ? [made, langLine(node.attrs.lang)] : [made];
}

// One block of the document as one or two of Markdown.
function blockNodes(node) {
	switch (node.type.name) {
	case 'paragraph':
		return [paragraph(node)];
	case 'heading':
		return withLang(node, {
			type: 'heading',
			depth: node.attrs.level,
			children: inlines(node, 'heading'),
		});
	case 'quote':
		return [quote(node)];
	case 'bullet_list':
	case 'ordered_list':
		return [list(node)];
	case 'code_block':
		return [codeBlock(node)];
	case 'rule':
		return [{ type: 'thematicBreak' }];
	case 'table':
		return [table(node)];
	case 'figure':
		return [figure(node)];
	case 'embed':
		return [embed(node)];
	case 'footnote':
		return [{ type: 'footnoteDefinition', identifier: node.attrs.label,
			label: node.attrs.label, children: flow(node) }];
	case 'raw':
		return [{ type: 'raw', value: node.attrs.source }];
	default:
		throw new Error(`no Markdown for ${node.type.name}`);
	}
}

// ---- how it is written

function verbatim(node) {
	return node.value;
}

function phrasing(before, behind) {
	return (node, _, state, info) => {
		const open = before(node);
		const value = state.containerPhrasing(node,
			{ ...info, before: open.at(-1), after: behind(node)[0] });

		return open + value + behind(node);
	};
}

// The caption stands in emphasis; emphasis in it needs the other sign.
function caption(node, _, state, info) {
	const { emphasis } = state.options;

	state.options.emphasis = '_';
	const value = state.containerPhrasing(node,
		{ ...info, before: '*', after: '*' });
	state.options.emphasis = emphasis;
	return `*${value}*`;
}

// Two tildes and never one: that is a range, "3~5".
const { delete: writeDelete } = gfmStrikethroughToMarkdown().handlers;

function strike(...args) {
	return writeDelete(...args);
}
strike.peek = () => '~';
strike.attention = () =>
	({ construct: 'strikethrough', markers: ['~'], sizes: [2] });

const writing = {
	handlers: {
		delete: strike,
		raw: verbatim,
		rawInline: verbatim,
		break: () => '\\\n',
		htmlBreak: () => '<br>',
		caption,
		langSpan: phrasing(() => '[', (node) => `]{lang=${node.lang}}`),
	},
	unsafe: [
		// Brackets are escaped where something could begin or end by them.
		{ character: '[', after: '\\^', inConstruct: 'phrasing' },
		{ character: '[', after: bracketStart, inConstruct: 'phrasing' },
		{ character: ']', after: '[\\[:]', inConstruct: 'phrasing' },
		// "{{" and "{%" are shortcodes.
		{ before: '\\{', character: '{', inConstruct: 'phrasing' },
		{ before: '\\{', character: '%', inConstruct: 'phrasing' },
		{ before: '(?<=~)', character: '~', inConstruct: 'phrasing' },
		{ character: '~', after: '(?=~)', inConstruct: 'phrasing' },
	],
};

// A "[" in text needs no escape (above), nor a "&" that begins no reference.
function isNeeded(pattern) {
	if (pattern.character === '&')
		pattern.after = '#?[A-Za-z0-9]{1,32};';
	return pattern.character !== '[' || pattern.after ||
		[].concat(pattern.inConstruct || []).includes('label') &&
			!pattern.inConstruct.includes('phrasing');
}

function root(node, _, state, info) {
	state.unsafe = state.unsafe.map((p) => ({ ...p }));
	if (!node.hasDefinitions)
		state.unsafe = state.unsafe.filter(isNeeded);
	return state.containerFlow(node, info);
}

// The Markdown of one block at the top, without a line end behind it. Options:
// bullet, the sign of a list ("-" or "*", "." or ")"); hasDefinitions, where
// links are defined elsewhere, so that any bracket may be one.
export function writeBlock(node, { bullet = '-', hasDefinitions = false } = {}) {
	if (node.type.name === 'raw')
		return node.attrs.source;
	if (isBlank(node))
		return '';
	const isOrdered = node.type.name === 'ordered_list';
	const written = toMarkdown(
		{ type: 'root', hasDefinitions, children: blockNodes(node) }, {
			bullet: isOrdered || bullet === '.' ? '-' : bullet,
			bulletOrdered: isOrdered && bullet !== '-' ? bullet : '.',
			emphasis: '*',
			strong: '*',
			rule: '-',
			fences: true,
			listItemIndent: 'one',
			extensions: [
				gfmFootnoteToMarkdown(),
				gfmTableToMarkdown({ tablePipeAlign: false }),
				writing,
				{ handlers: { root } },
			],
		});

	return written.replace(/\n$/, '');
}
