// Documents and Markdown by chance, the same for the same seed.
import { schema } from '../../web/editor/schema.js';

export function random(seed) {
	let state = seed >>> 0 || 1;

	return (n) => {
		state ^= state << 13;
		state >>>= 0;
		state ^= state >>> 17;
		state ^= state << 5;
		state >>>= 0;
		return state % n;
	};
}

const words = ['the', 'council', 'said', '1961.', '#7', '- no', '1.', '>', '*', '_',
	'snake_case', 'AT&T', '&amp;', '<b>', '3~5일,', '[sic]', '[^1]', '![x]', 'a|b', '`', '~',
	'“quoted”', '«да»', '안녕하세요', 'منارة', '(so)', 'Ünïcödé', '\\', '--', '---',
	'===', '+', ':-', '"straight"', 'don’t', 'x]:', '](', '{{x}}', '{{ page.x }}', '{% raw %}', '{% y %}', '!',
	'http://example.org', '2)', '…', '🙂', '$5', '100%', 'a*b', '**', '~~', '||'];
const langs = ['en', 'de', 'ar', 'ko', 'pt-BR', 'und-Arab'];
const urls = ['/pictures/a.jpg', 'https://example.org/a_(b)?c=d&e=f*g*',
	'mailto:desk@example.org', '#part', 'https://example.org/пример', '/a b'];

export class Documents {
	constructor(seed) {
		this.r = random(seed);
		this.notes = [];
	}

	pick(list) {
		return list[this.r(list.length)];
	}

	words(most = 6) {
		const list = Array.from({ length: 1 + this.r(most) },
			() => this.pick(words));

		return list.join(' ');
	}

	marks() {
		const marks = [];

		if (this.r(4) === 0)
			marks.push(schema.marks.em.create());
		if (this.r(4) === 0)
			marks.push(schema.marks.strong.create());
		if (this.r(8) === 0)
			marks.push(schema.marks.strike.create());
		return marks.reduce((set, m) => m.addToSet(set), []);
	}

	// A run of words under one link, language or neither.
	run(place) {
		const around = [];
		const kind = this.r(8);

		if (kind === 0)
			around.push(schema.marks.link.create({ href: this.pick(urls),
				title: this.r(2) ? this.words(3).replaceAll('{', '') : null }));
		// Brackets in it would be taken for its own: text/markdown_polish.c.
		if (kind === 1)
			around.push(schema.marks.lang.create({ lang: this.pick(langs) }));
		return Array.from({ length: 1 + this.r(2) }, () => {
			const all = around.reduce((set, m) => m.addToSet(set), this.marks());
			let text = this.words();

			if (kind === 1)
				text = text.replace(/[[\]]/g, '');
			if (this.r(9) === 0)
				return schema.text(text.replace(/[{\s]+/g, ' ').trim() || 'x',
					schema.marks.code.create().addToSet(all));
			return schema.text(text.trim() || 'x', all);
		});
	}

	leaf(place) {
		switch (this.r(place === 'heading' ? 2 : 3)) {
		case 0:
			this.notes.push(`n${this.notes.length + 1}`);
			return schema.nodes.footnote_ref.create({ label: this.notes.at(-1) });
		case 1:
			return schema.nodes.image.create({ src: this.pick(urls),
				alt: this.words(3).replace(/[{*_~`[\]<>\\&!]/g, ''), title: null });
		default:
			return schema.nodes.hard_break.create();
		}
	}

	inlines(place) {
		const all = [schema.text(this.pick(['Well', '“So', '—', 'Да'])),
			schema.text(' ')];

		for (let n = 1 + this.r(4); n > 0; n--) {
			all.push(...this.run(place));
			const gap = this.r(6);

			if (gap === 0 && n > 1)
				all.push(this.leaf(place));
			else if (gap > 1)
				all.push(schema.text(' '));
		}
		all.push(schema.text(' end'));
		return all;
	}

	flow(depth, isLast) {
		const n = schema.nodes;

		switch (this.r(depth > 2 ? 4 : 9)) {
		case 0:
			return n.heading.create({ level: 1 + this.r(6) }, this.inlines('heading'));
		case 1:
			return n.rule.create();
		case 2:
			return n.code_block.create({ info: this.pick(['', 'c', 'js x']) },
				schema.text(this.pick(['a\n\n  b', '```\nx\n```', '> no', '~~~', '\ta'])));
		case 4:
			return n.quote.create(
				{ lang: this.r(3) ? null : this.pick(langs) }, this.flows(depth + 1));
		case 5:
		case 6: {
			const items = Array.from({ length: 1 + this.r(3) }, () =>
				n.list_item.create(null, this.r(3)
					? n.paragraph.create(null, this.inlines('flow'))
					// An item of a rule alone takes another sign, which the list
					// beside it may have.
					: this.flows(depth + 1).filter((node, i) =>
						i > 0 || node.type !== n.rule)));

			return this.r(2) ? n.bullet_list.create({ tight: !this.r(2) }, items)
				: n.ordered_list.create(
					{ start: 1 + this.r(3) * 41, tight: !this.r(2) }, items);
		}
		case 7:
			return this.table();
		case 8:
			return this.figure();
		default:
			return n.paragraph.create({
				lang: this.r(8) || isLast ? null : this.pick(langs),
			}, this.inlines('flow'));
		}
	}

	flows(depth) {
		const list = Array.from({ length: 1 + this.r(3) },
			() => this.flow(depth, false));

		// The language of a quotation's last paragraph is the quotation's.
		list.push(schema.nodes.paragraph.create(null, this.inlines('flow')));
		return list;
	}

	table() {
		const n = schema.nodes;
		const width = 1 + this.r(3);
		const aligns = Array.from({ length: width },
			() => this.pick([null, 'left', 'center', 'right']));

		return n.table.create(null, Array.from({ length: 2 + this.r(3) }, (_, r) =>
			n.table_row.create(null, aligns.map((align) =>
				(r ? n.table_cell : n.table_header).create(
					{ align }, this.r(4) ? this.inlines('cell') : null)))));
	}

	figure() {
		const attrs = { src: this.pick(urls), alt: this.r(2) ? 'A quay' : '' };
		const caption = this.r(3) ? this.inlines('flow') : [];

		if (this.r(2)) {
			attrs.credit = 'Rita Vaz';
			attrs.lead = caption.length ? ' (Foto: ' : 'Foto: ';
			attrs.tail = caption.length ? ')' : '';
		}
		// Emphasis between brackets would end the caption's own.
		const em = schema.marks.em;

		return schema.nodes.figure.create(attrs,
			caption.map((n) => n.mark(em.removeFromSet(n.marks))));
	}

	document() {
		const n = schema.nodes;
		const blocks = Array.from({ length: 2 + this.r(6) }, () => this.r(9)
			? this.flow(0, false)
			: n.embed.create({ href: 'https://example.org/watch?v=1', text: 'A film' }));

		for (let i = 0; i < this.notes.length; i++)
			blocks.push(n.footnote.create({ label: this.notes[i] },
				this.r(3) ? n.paragraph.create(null, [schema.text('It is so.')])
					: [n.paragraph.create(null, [schema.text('One.')]),
						n.bullet_list.create({ tight: true },
							n.list_item.create(null, n.paragraph.create(null,
								[schema.text('Two')])))]));
		return n.doc.create(null, blocks);
	}
}

const pieces = ['# Head\n', 'Head\n====\n', 'Words *of* some **weight**.\n',
	'one\ntwo\nthree\n', '> quote\nlazy\n', '> a\n> > b\n', '- a\n- b\n', '* a\n\n* b\n',
	'- a\n\n  b\n- c\n', '1. a\n   - b\n2. c\n', '3) c\n', '    code\n\nThen.\n', '```js\nx\n```\n',
	'~~~\nopen\n~~~\n', '***\n', '| a | b |\n|---|:-:|\n| 1 | *2* |\n| 3 |\n',
	'a|b\n-|-\n`x\\|y`|z|w\n', 'Text[^1] and[^long note].\n', '[^1]: The note.\n',
	'[^1]: Two\n\n    paragraphs.\n', '[link](https://example.org "T")\n',
	'See [that][ref] and [ref].\n', '[ref]: https://example.org/x\n',
	'<https://example.org/>\n', '![Alt](/pictures/q.jpg)\n',
	'![Alt](/pictures/q.jpg "Caption. Photo: N")\n',
	'![Alt](/pictures/q.jpg)\n*A caption (Photo: N. N.)*\n', '[![A](/a.jpg)](/b)\n',
	'![Alt](/pictures/q.jpg)\n*The *Ana*, **old** and _new_. Photo: N*\n',
	'Hard  \nbreak\\\nhere\n', 'x ~~y~~ ~z~\n', '<div>\nraw <b>html</b>\n</div>\n',
	'in <b>line</b> <br> html\n', '<!-- no -->\n', '{{< figure src="/a.jpg" >}}\n',
	'{{< youtube x >}}\n', 'a {{ y }} b\n', '[الكلمات]{lang=ar} here\n',
	'Zitat\n{lang=de}\n', '> Zitat\n{lang=de}\n', '{lang=fr}\n', '&copy; &#x41; \\*\n',
	'- [ ] task\n', '*a*_b_ ***c*** *d **e***\n', '\tcode\n\nThen.\n', '<script>x()</script>\n',
	'snake_case * star _ [x] ]( \n', 'Привет, мир\n', '안녕 "하세요"\n', '\n', '\n\n'];

export function markdown(seed) {
	const r = random(seed);
	let text = '';

	for (let n = 1 + r(8); n > 0; n--)
		text += pieces[r(pieces.length)] + (r(4) ? '\n' : '');
	return text;
}
