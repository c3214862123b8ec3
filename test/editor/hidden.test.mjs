// What readers do not see: an edit elsewhere, or in the same paragraph, neither
// shows nor loses it. What readers see is asked of the program.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { EditorState } from '../../web/editor/node_modules/prosemirror-state/dist/index.js';
import { notesPlugin } from '../../web/editor/notes.js';
import { schema } from '../../web/editor/schema.js';
import { Source, locate } from '../../web/editor/source.js';

const farthing = new URL('../../build/release/farthing', import.meta.url).pathname;
const typed = 'Zz'; // no word has this

function words(markdown) {
	const done = spawnSync(farthing, ['render', '--body', '-'],
		{ input: `---\ntitle: T\nlang: en\n---\n${markdown}`, encoding: 'utf8' });

	assert.equal(done.status, 0, done.stderr);
	return done.stdout.replace(/<[^>]*>/g, ' ').replaceAll(typed, '')
		.replace(/\s+/g, ' ').trim();
}

function kinds(markdown) {
	return new Source(markdown).blocks.map(({ node }) => node.type.name).join(' ');
}

// The places of DOC in the first and before the last word of each text.
function placesOf(doc) {
	const places = [];

	doc.descendants((node, pos) => {
		const found = node.isText ? [...node.text.matchAll(/\p{L}(?=\p{L})/gu)] : [];

		for (const { index } of found.slice(0, 1).concat(found.slice(-1)))
			places.push(pos + index + 1);
	});
	return places;
}

function check(markdown) {
	const source = new Source(markdown);
	const seen = words(markdown);
	const state = EditorState.create({ doc: source.doc, plugins: [notesPlugin()] });

	assert.equal(source.write(source.doc).markdown, markdown);
	for (const at of placesOf(source.doc)) {
		const { doc } = state.apply(state.tr.insertText(typed, at));
		const written = source.write(doc).markdown;

		assert.ok(written.includes(typed));
		assert.equal(words(written), seen, written);
	}
}

test('a comment over paragraphs is not shown by a letter typed beside it', () => {
	for (const text of [
		'The mayor said <!-- source: Anna, do\n\nnot print her name --> nothing.\n\nEnd.\n',
		'قال الوزير <!-- المصدر: ليلى\n\nلا تنشروا اسمها --> إنه لا يعلم.\n',
		'- one <!-- secret\n\n  still --> two\n- three\n',
		'- item\n<!-- secret\n\ntwo -->\n- item two\n',
		'> said <!-- x\n>\n> secret --> end\n\nmore\n',
		'## Head text <!-- secret\n\ntwo -->\n\nEnd\n',
		'A text[^1].\n\n[^1]: Note <!-- hidden\n\n    more --> words\n',
		'<div>\n\nHello <!-- a\n\nb --> *world*\n\n</div>\n',
		'Start *emph <!-- secret\n\ntwo --> more* text\n',
		'One <!-- a --> two <!-- b\n\nc --> three\n\nfour\n',
		'| ab | cd |\n|--|--|\n| x | yy |\n<!-- secret\n\ntwo -->\n\nEnd\n',
	])
		check(text);
});

test('nor is what Markdown reads as something else than a comment', () => {
	for (const text of [
		'The mayor said <!-- a -- b --> nothing.\n',
		'| ab | cd |\n|---|---|\n| x <!-- ee | ff --> | dd |\n',
		'- one <!-- aa\n- bb --> two\n',
		'Text <!-- aa\n# head\n--> more\n',
	])
		check(text);
});

test('scripts and what stands for a film stay as they are', () => {
	for (const text of [
		'Text <script>\nvar aa;\n\nif (aa < bb) x();\n</script> more words\n',
		'Text here <template>\n\nhidden *words*\n\n</template> more words\n',
		'<div class="x">\n<style>\nab\n\ncd\n</style>\n</div>\n\nEnd text\n',
		'Words <video src="a.mp4">Your browser cannot</video> more.\n',
		'Words <video src="a.mp4">Your browser\n\ncannot</video> more.\n',
		'Words <video src="a.mp4">Your <img src="/a.jpg"> so</video> more.\n',
		'<div>\n<pre>\nab\n\ncd * ef *gh* ij\n</pre>\n</div>\n\nEnd text\n',
	])
		check(text);
	assert.equal(kinds('Text <script>\nvar aa;\n\nx();\n</script> more\n\nEnd\n'),
		'raw paragraph');
});

test('what a shortcode encloses is not shown, and no shortcode is lost', () => {
	for (const text of [
		'Text goes. {% comment %}\n\nsecret here\n\n{% endcomment %}\n\nMore\n',
		'Start text {{< comment >}}\nsecret one\n\nsecret two\n{{< /comment >}}\n\nEnd\n',
		'Text {% comment %}secret\n\nmore{% endcomment %} end\n\nlast\n',
		'> one {% comment %}secret\n>\n> more{% endcomment %} two\n',
		'Text {% raw %}one {{ page.a }}\n\ntwo {{ page.b }}{% endraw %} end\n',
		'Read: {{< ref "x" >}}\n\nMore\n',
		'{{< ref "x" >}} Read this.\n\nMore\n',
	]) {
		check(text);
		const state = EditorState.create({ doc: new Source(text).doc });
		const all = state.tr.insertText(typed, 1).doc;

		for (const code of text.match(/\{[{%].*?[%}]\}/g))
			assert.ok(new Source(text).write(all).markdown.includes(code), code);
	}
	assert.equal(kinds('One. {% comment %}\n\nsecret\n\n{% endcomment %}\n\nMore\n'),
		'raw paragraph');
	assert.equal(kinds('Read: {{< ref "x" >}}\n\nMore\n'), 'raw paragraph');
});

test('lines of attributes are not shown', () => {
	for (const text of [
		'Text here\n{: .lead}\n\nMore\n', 'Para text\n{.lead}\n\n## Head text {.x}\n',
		'{: .lead}{: #id}\nLead text\n\nMore\n', '> quote text\n{.y}\n\nMore\n',
		'- one text\n{: .a}\n- two\n', '* TOC\n{:toc}\n\nText\n',
		'Text\\\n{: width="3"}\n\nMore\n', 'The AP here\n*[AP]: agency\n\nMore\n',
		'See [this](https://x.example){:target="_blank"} and more text.\n',
		'# Head words {#id}\n\nPara *em*{: .y} and `co`{:.z}\n',
	])
		check(text);
	for (const text of ['The set {.5}', 'Dear {name}', 'A set {: .a} here',
		'[mot juste]{lang=fr}', '{:lang=fr}'])
		assert.equal(kinds(text), 'paragraph', text);
});

test('shortcodes of WordPress stay shortcodes, and what looks like one words', () => {
	for (const text of [
		'Text [gallery ids="1"] here and [xx][y]\n\n[y]: https://y.example\n',
		'[caption id="a_1" width="300"]<img src="/a.jpg" alt="A" /> Boats *at* ' +
			'sea[/caption]\n\nText [xx][y] end\n\n[y]: https://y.example\n',
		'[embed]https://example.org/a_b_c_d[/embed]\n\n[xx]\n\n[xx]: /y\n',
		'[audio mp3="a.mp3"][/audio]\n\nText [video src="b_c_d.mp4"] end\n',
		'&#91;gallery ids="1"&#93; here\n', 'Say \\[gallery] here\n',
		'A [video](https://x.example) and [audio] here\n',
		'![pic [gallery] ture](/a.jpg) and *some [gallery a="*"] words*\n',
		'Use `[gallery]` so.\n', '[gallery] `code` \\[gallery] [gallery]\n',
	])
		check(text);
	// What stands behind one at the beginning of a line begins that line.
	for (const text of ['[gallery]```\nab *cd* ef\n\nEnd\n',
		'Text\n[embed]# ab[/embed]\n', '[/embed]| ab | cd |\n|--|--|\n| ef | gh |\n'])
		check(text);
	assert.equal(kinds('Text [gallery] here\n'), 'paragraph');
	assert.equal(kinds('One\n[gallery]\ntwo\n'), 'raw');
	for (const text of ['[gallery]', 'x [embed]https://a.example[/embed] y',
		'[/gallery] x', '[video src="a.mp4"] x']) {
		const { paragraph, doc } = schema.nodes;
		const { markdown } = new Source('').write(doc.create(null,
			paragraph.create(null, schema.text(text))));

		assert.equal(words(markdown).replace(/[“”]/g, '"').replace(/ (?=\[)/, ''),
			text.replace(/ (?=\[)/, ''));
	}
});

test('what is in one paragraph is written with the others', () => {
	for (const text of ['The mayor said <!-- x --> nothing.\n',
		'Words <script>var a = 1;</script> more.\n', 'Text [gallery] here\n',
		'> The mayor <!-- x\n> y --> said\n'])
		assert.doesNotMatch(kinds(text), /raw/);
});

test('what a comment holds does not reach beyond it', () => {
	assert.equal(kinds('Text <!-- x\n\n```\n\n--> more\n\nNext\n\n- last\n'),
		'raw paragraph bullet_list');
});

test('places behind a shortcode of WordPress are found', () => {
	const text = 'One [gallery ids="1"] two [xx][y] three\n\n[y]: /y\n';
	const source = new Source(text);
	const written = source.write(source.doc);

	for (const word of ['One', 'two', 'xx', 'three']) {
		const at = text.indexOf(word);
		const { from, to } = locate(source.doc, written, at, at + word.length);

		assert.equal(source.doc.textBetween(from, to), word);
	}
});
