// SPDX-License-Identifier: MIT
//
// What the page says, in the reader's language: the rows EDITOR_... of
// src/page/desk_words_editor.inc, which the page brings as JSON. A message
// has {0}, {1} for what is put in; one that depends on a number has a form for
// each plural of its language with "|" between, in CLDR's order.
const orders = {
	ru: ['one', 'few', 'many'],
	ar: ['zero', 'one', 'two', 'few', 'many', 'other'],
	ko: ['other'],
};
let words = {};
let lang = 'en';
let zone;

export function setWords(messages, language, timeZone) {
	words = messages;
	lang = language || 'en';
	zone = timeZone || undefined;
}

// The name of a key that has no message stands for itself: it is a fault that
// a person can see and tell.
export function say(key, ...values) {
	return (words[key] ?? key).replace(/\{(\d)\}/g, (_, i) => values[i] ?? '');
}

export function sayCount(key, count, ...values) {
	const forms = (words[key] ?? key).split('|');
	const order = orders[lang.split('-')[0]] || ['one', 'other'];
	const at = order.indexOf(new Intl.PluralRules(lang).select(count));
	const form = forms[at < 0 ? forms.length - 1 : at] ?? forms.at(-1);

	return form.replace(/\{(\d)\}/g, (_, i) =>
		i === '0' ? number(count) : values[i - 1] ?? '');
}

export function number(n) {
	return new Intl.NumberFormat(lang).format(n);
}

// "14:03:21", in the paper's own time zone.
export function clockTime(date) {
	return new Intl.DateTimeFormat(lang, {
		hour: '2-digit', minute: '2-digit', second: '2-digit',
		hourCycle: 'h23', timeZone: zone,
	}).format(date);
}

// The same, with the day unless it is today.
export function momentTime(date) {
	const day = new Intl.DateTimeFormat(lang, {
		day: 'numeric', month: 'long', year: 'numeric', timeZone: zone,
	});

	return day.format(date) === day.format(new Date()) ? clockTime(date)
		: `${day.format(date)}, ${clockTime(date)}`;
}
