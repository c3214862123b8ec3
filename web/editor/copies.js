// SPDX-License-Identifier: MIT
//
// The list of stories says which text lies in this browser that the server
// never got, with the way to its story, where it is put back. It can also be
// read here: the story may be gone, or not be theirs to write any more.
import { h } from './dom.js';
import { Keeper } from './keep.js';
import { momentTime, setWords } from './words.js';

const ANSWER = 250; // ms, for the pages that are open

const WORDS = ['kicker', 'headline', 'standfirst', 'body'];

const place = document.getElementById('copies');

// The tabs in which STORY is open: they say themselves what is not saved.
async function openTabs(story) {
	if (!('BroadcastChannel' in window))
		return new Set();
	const channel = new BroadcastChannel(`farthing-story-${story}`);
	const visit = Math.random().toString(36).slice(2);
	const tabs = new Set();

	channel.addEventListener('message', ({ data }) => {
		if (data.kind === 'here' && data.to === visit)
			tabs.add(data.tab);
	});
	channel.postMessage({ kind: 'who', visit });
	await new Promise((resolve) => setTimeout(resolve, ANSWER));
	channel.close();
	return tabs;
}

async function unsaved(keeper) {
	const copies = await keeper.list();
	const stories = [...new Set(copies.map((c) => c.story))];
	const tabs = new Map(await Promise.all(stories.map(async (story) =>
		[story, await openTabs(story)])));

	return copies.filter((c) => !tabs.get(c.story).has(c.tab));
}

// Deleted at once; the way back stands in its place.
async function deleteIt(row, copy, keeper) {
	const { deleted, undo } = place.dataset;
	const back = h('button', { type: 'button', onclick: async () => {
		await keeper.put(copy);
		row.replaceWith(rowOf(copy, keeper));
	} }, undo);

	await keeper.remove(copy);
	row.replaceChildren(h('span', { role: 'status' }, deleted), ' ', back);
	back.focus();
}

function rowOf(copy, keeper) {
	const { untitled, show } = place.dataset;
	const row = h('li', {},
		h('a', { class: 'headline', href: `/stories/${encodeURIComponent(copy.story)}`,
			dir: 'auto' }, copy.fields.headline || untitled), ' ',
		h('time', { datetime: new Date(copy.at).toISOString() },
			momentTime(new Date(copy.at))),
		h('details', {}, h('summary', {}, show),
			h('div', { class: 'version', dir: 'auto' },
				WORDS.map((name) => copy.fields[name]).filter(Boolean)
					.join('\n\n'))),
		h('button', { type: 'button', onclick: () => deleteIt(row, copy, keeper) },
			place.dataset.delete));

	return row;
}

async function look() {
	const keeper = new Keeper({ account: place.dataset.account });
	const copies = await unsaved(keeper);
	const [own, others] = place.children;

	own.querySelector('ul').replaceChildren(...copies.map((c) => rowOf(c, keeper)));
	own.hidden = copies.length === 0;
	others.hidden = !await keeper.hasOthers();
	place.hidden = own.hidden && others.hidden;
	place.dataset.ready = '';
}

if (place) {
	setWords({}, document.documentElement.lang, place.dataset.zone);
	look();
	// Back from a story in which it was put back, or by the browser's button.
	addEventListener('pageshow', (event) => event.persisted && look());
	document.addEventListener('visibilitychange', () => {
		if (document.visibilityState === 'visible')
			look();
	});
}
