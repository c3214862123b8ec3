// Texts that are known to make readers of Markdown explode: the list of
// src/text/test/test_markdown.c, and what is hard for a document beside it.
const bombs = [
	// name, start, what is repeated, middle, what the second half repeats
	['brackets', '', '[', ''],
	['images', '', '![', ''],
	['brackets closed', '', '[', '', ']'],
	['brackets linked', '', '[', '', '](a)'],
	['links open', '', '[a](', ''],
	['links pointed', '', '[a](<b', ''],
	['link titles', '', '[x](y "', ''],
	['stars', '', '*a ', ''],
	['stars tight', '', '*a', ''],
	['stars mixed', '', '*a_ ', ''],
	['stars inside', '', 'a**b', ''],
	['lines under', '', 'a_ _', ''],
	['stars and links', '', '**x [a*b**c*](d)', ''],
	['nested stars', '', '*a **a ', '', 'b** c*'],
	['tildes', '', '~~a ', ''],
	['links and tildes', '', '[c](d) ~~e~~ ', ''],
	['pictures and stars', '', '![c](d) *e ', ''],
	['quotes', '', '>', '\n'],
	['quotes, lines', '', '>', 'a\n', 'a\n'],
	['quotes, lists', '', '> - ', 'x\n', '\n'],
	['lists', '', '- ', 'x\n', '\n'],
	['numbers', '', '1. ', 'x\n', 'a\n'],
	['numbers that go on', '1. a\n', '2) *a_ b\n', ''],
	['bullets that go on', 'a\n', '     - *a_ b\n', ''],
	['a fence that is none', '<!--\n\n~~~\n-->\n', '*a_ b\n', ''],
	['a fence in an item', '- a\n\n  ~~~\n', '*a_ b\n', ''],
	['a fence and then none', '~~~\n~~~\n', '*a_ b\n', ''],
	['backticks', '', '`a', ''],
	['backtick runs', '', '`a``b```c````d', ''],
	['comments', '', 'a<!-- ', ''],
	['instructions', '', 'a<?', ''],
	['declarations', '', 'a<!A ', ''],
	['sections', '', 'a<![CDATA[', ''],
	['tags', '', '<a b=\'', ''],
	['html blocks', '', '<div>\n', ''],
	['captions', '<figure><img src=a><figcaption>', 'a<b>', ''],
	['entities', '', '&a', ''],
	['tables', '', 'a|b\n-|-\n', ''],
	['no table', 'a|b\n-|-|-\n', '|*a_ b\n', ''],
	['a table and then none', 'a|b\n-|-\n', '- *a\n*a_ *b\n', ''],
	['wide tables', '', '|a', '\n', '|-'],
	['short rows', '|a|b|c|d|e|f|g|h\n|-|-|-|-|-|-|-|-\n', 'a\n', ''],
	['definitions', '', '[a]: b\n', '', '[a] '],
	['broken definitions', '', '[a]: <\n', ''],
	['open titles', '', '[a]: b "\n', ''],
	['footnotes', '', '[^a]: b\n\n', '', '[^a] '],
	['shortcodes', '', '{{< figure src=a >}}\n', ''],
	['shortcodes in a line', '', '{{< figure src=a >}} ', ''],
	['open shortcodes', '', '{{<', ''],
	['open highlights', '', '{% highlight c %}\n', ''],
	['half ends', '', '{% raw %}', '{% end'],
	['brackets of WordPress', '', '[gallery] ', ''],
	['open brackets', '', '[gallery ', ''],
	['open embeds', '', '[embed]', ''],
	['embeds', '', '[embed]a[/embed]', ''],
	['short comments', '', 'a<!--b-->', ''],
	['comments over paragraphs', '', 'a <!--\n\n--> ', ''],
	['films', '', 'a<video>b</video> ', ''],
	['open films', '', 'a<video> ', ''],
	['open scripts', '', 'a<script> ', '', 'b</script'],
	['pictures in films', '', 'a<video><img> ', '', '</video> '],
	['attributes', '', '{.a}', ''],
	['open attributes', '', '{.a', ''],
	['lines of attributes', '', '{.a}\n', ''],
	['ticks and braces', '', '`{{ ``{{ ```x {{ ````\n', ''],
	['fences and braces', '', '> ```\n{{ a\n', ''],
	['lang marks', '', '[a]{lang=de}', ''],
	['lang marks open', '', 'a]{lang=de}[', ''],
	['scripts', '', 'a \u0431 \u0431 ', ''],
	['quote marks', '', '\'"a', ''],
	['breaks', '', 'a\n', ''],
	['hard breaks', '![a](b)\n', '\\\n', 'a'],
	['paragraphs', '', 'a\n\n', ''],
	['equal pictures', '', '![a](b)\n\n', ''],
	['spaces', 'a', ' ', 'b'],
];

function repeated([, start, repeat, middle, then], n) {
	const half = then ? n / 2 : n;
	const head = start + repeat.repeat(Math.ceil(half / repeat.length)) + middle;

	return then ? head + then.repeat(Math.max(0,
		Math.ceil((n - head.length) / then.length))) : head;
}

function indented(n) {
	let text = '';

	for (let i = 0; text.length < n; i++)
		text += `${'  '.repeat(i)}- a\n`;
	return text;
}

function unlike(n, make) {
	let text = '';

	for (let i = 0; text.length < n; i++)
		text += make(i);
	return text;
}

// [{ name, make(n) }]: make gives about N characters.
export const hostile = [
	...bombs.map((bomb) => ({ name: bomb[0], make: (n) => repeated(bomb, n) })),
	{ name: 'lists in lists', make: indented },
	{ name: 'many columns, many rows', make: (n) =>
		`${'|a'.repeat(n / 6)}|\n${'|-'.repeat(n / 6)}|\n${'a\n'.repeat(n / 6)}` },
	{ name: 'paragraphs of marks', make: (n) =>
		`${'*a_ '.repeat(200)}\n\n`.repeat(n / 800) },
	{ name: 'other definitions', make: (n) => unlike(n, (i) => `[a${i}]: b\n\n`) },
	{ name: 'their uses', make: (n) => unlike(n / 2, (i) => `[a${i}]: b\n\n`) +
		unlike(n / 2, (i) => `[a${i}] b\n\n`) },
];
