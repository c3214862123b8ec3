/* SPDX-License-Identifier: MIT
 *
 * The table of commands, and help made from it; see command.h.
 */
#include "app/command.h"

#include <stdio.h>
#include <string.h>

#include "app/serve.h"
#include "app/version.h"
#include "app/say.h"
#include "base/must.h"

const struct command commands[] = {
    {"init", "DIR --name NAME --lang L", "make a new paper in a folder",
	"  --zone ZONE      time zone, such as Europe/Lisbon (default: UTC)\n"
	"  --place PLACE    where the paper appears\n"
	"  --motto TEXT     a line under its name\n"
	"  --origin URL     https://example.org, for feeds and sitemaps\n",
	"  farthing init paper --name \"The Port Lune Farthing\" --lang en \\\n"
	"      --zone Europe/Lisbon --place \"Port Lune\"\n",
	command_init},
    {"serve", "DIR [--port N]", "serve a paper, and its newsroom",
	"Runs in the foreground until Ctrl-C. Settings: DIR/farthing.conf.\n"
	"  --port N         on 127.0.0.1:N, for a try: links then begin with\n"
	"                   that address, not with the paper's origin\n"
	"  --newsroom-port N  the same for the staff's pages (0: any port)\n"
	"Signals, to the number in DIR/run/farthing.pid:\n"
	"  TERM, INT        open requests get their answers, then it ends; a\n"
	"                   second one ends it at once\n"
	"  HUP              reads DIR/farthing.conf again, opens the access log\n"
	"                   anew\n"
	"  USR2             the program file, which may be a new one, takes over\n"
	"                   without a refused connection\n"
	"Messages go to standard error, with their time unless that is systemd's\n"
	"journal.\n",
	"  farthing serve paper\n", serve_command},
    {"import", "DIR FILE...", "bring in manuscripts, or trees of them",
	"Markdown with a YAML head, as Hugo and Jekyll write it; its fields\n"
	"are listed in doc/manuscripts.md. Importing twice changes nothing;\n"
	"after a break it goes on where it was. Pictures do not come along:\n"
	"copy them to DIR/public/pictures.\n"
	"  --draft          keep everything as drafts\n"
	"  --quiet          only the summary, not the notes on each file\n",
	"  farthing import paper ~/old-site/content/posts\n", command_import},
    {"intake", "DIR FILE", "make a draft of raw text",
	"For text copied out of a page or a mail, in any common encoding; -\n"
	"reads standard input.\n"
	"  --dry-run        show the manuscript, save nothing\n",
	"  farthing intake paper copied-page.txt\n", command_intake},
    {"list", "DIR", "list stories, last added first",
	"  --status STATUS  draft, submitted, scheduled, published, withdrawn\n"
	"  --section NAME   only those of a section\n"
	"  --person NAME    only those by a person\n"
	"  --find TEXT      only those with TEXT in the headline\n"
	"  --most N         at most N of them (default: 50)\n",
	"  farthing list paper --status draft\n", command_list},
    {"show", "DIR STORY", "a story, its marks, its revisions",
	"STORY is a number, a slug or an address, in all commands.\n"
	"  --manuscript     print it as a file that import reads\n"
	"  --revision N     an earlier revision, by its number in the list\n",
	"  farthing show paper /2026/11/23/harbour-bell\n", command_show},
    {"save", "DIR STORY FILE", "save a manuscript as a revision",
	"STORY \"new\" makes a draft; FILE - reads standard input.\n",
	"  farthing show paper 17 --manuscript > 17.md\n"
	"  farthing save paper 17 17.md\n",
	command_save},
    {"submit", "DIR STORY", "hand a draft to the editors", "",
	"  farthing submit paper 17\n", command_submit},
    {"publish", "DIR STORY [--without-approval]", "publish a story now",
	"A story under embargo is scheduled for the embargo's end instead.\n"
	"Where the paper wants a second pair of eyes, a text that is not\n"
	"approved is refused, but for --without-approval, which is logged.\n",
	"  farthing publish paper 17\n", command_publish},
    {"schedule", "DIR STORY WHEN [--without-approval]",
	"publish a story at a time",
	"WHEN is in the paper's time zone unless it ends in Z or +hh:mm, and\n"
	"not past. With a new WHEN a scheduled story is moved to it.\n"
	"--without-approval: as for publish.\n",
	"  farthing schedule paper 17 \"2027-01-31 06:00\"\n",
	command_schedule},
    {"withdraw", "DIR STORY --note TEXT", "take a story back",
	"Its address then answers 410 with the note. A scheduled story\n"
	"becomes a draft again.\n",
	"  farthing withdraw paper 17 --note \"The source took it back.\"\n",
	command_withdraw},
    {"set", "DIR [KEY VALUE]", "show or change the paper's settings",
	"Keys: name, lang, motto, place, zone, origin, publisher, address,\n"
	"support (a line to readers under each page), about (Markdown),\n"
	"sections (names in order, parted by commas).\n"
	"A value @FILE is read from that file.\n",
	"  farthing set paper sections \"Town, Harbour, World, Opinion\"\n",
	command_set},
    {"newsroom", "DIR WHAT", "the way into the newsroom's pages",
	"WHAT is one of:\n"
	"  first-link       print a one-time link for the first owner\n"
	"  reset LOGIN      print one with which that person signs in anew: old\n"
	"                   passwords, passkeys and sessions end when it is used\n"
	"  staff            list the accounts\n"
	"  --at URL         where the newsroom is, if not as farthing.conf says\n"
	"Links hold for a day. Send them so that nobody else can read them.\n",
	"  farthing newsroom paper first-link\n", command_newsroom},
    {"support", "DIR [KEY VALUE...]", "readers' gifts: how it stands, settings",
	"Without KEY it shows both, and what is wrong. A KEY with several VALUEs\n"
	"gets a line for each. None of them says where money goes: that is\n"
	"signed (farthing batch).\n"
	"  --add            add lines, leave those that there are\n"
	"  --clear          remove the lines of KEY\n"
	"  --file FILE      all settings from a file; - is standard input\n\n"
	"Keys (doc/support.md says more):\n"
	"  title, text                   heading and words of /support\n"
	"  currency, least, most         EUR; what can be asked for\n"
	"  amount, amount_btc            \"5.00 what it pays for\", up to 8\n"
	"  start, opening, cost          of the runway; \"1200.00 Rent\"\n"
	"  campaign, campaign_text       \"ID GOAL FROM TO Title\"\n"
	"  confirm, confirm_above        how deep a payment settles\n"
	"  delay_days, round, round_btc  how late and coarse public sums are\n"
	"  quote_minutes, unverified_minutes, window, window_days,\n"
	"  network_most, rate, rate_sources_least, rate_band_percent,\n"
	"  rate_jump_percent, rate_stale_minutes\n",
	"  farthing support paper currency EUR\n"
	"  farthing support paper amount \"5.00 a coffee\" \"20.00 a day\"\n"
	"  farthing support paper cost --add \"1200.00 Rent\"\n",
	command_support},
    {"ledger", "DIR WHAT", "what came in: balance, check, export",
	"WHAT is one of:\n"
	"  balance          of each account, in bitcoin\n"
	"  check            recompute everything from the first entry\n"
	"  export FORMAT    csv, json, hledger (a journal) or bip329 (labels\n"
	"                   for a wallet), to standard output\n",
	"  farthing ledger paper export hledger > paper.journal\n",
	command_ledger},
    {"watch-address", "URL", "watch whose addresses a paper shows",
	"Asks for an address as a reader would and checks it, its link and its\n"
	"code. Run it elsewhere than on the paper's server. Exit code 0:\n"
	"genuine; 1: not, the alarm; 3: no address could be had.\n"
	"  --key KEY        the paper's public key, or its file\n"
	"  --keep FILE      instead: the key is kept there at the first visit\n"
	"  --every MINUTES  again and again; each time takes an address\n"
	"  --socks5 H:P     through a proxy, as 127.0.0.1:9050\n"
	"  --mail ADDRESS   the alarm by sendmail, or what SENDMAIL names\n"
	"  --command TEXT   the alarm by a shell command: the words are on its\n"
	"                   standard input, FARTHING_VERDICT is set\n",
	"  farthing watch-address https://portlune.example --key lune.key.pub \\\n"
	"      --every 360 --mail desk@portlune.example\n",
	command_watch_address},
    {"render", "FILE [--lang LANG]", "a manuscript as HTML, to look at",
	"FILE - is standard input. It needs no paper, and changes none.\n"
	"  --lang LANG      the language, where the head does not say it\n"
	"  --body           only the text, without the page around it\n",
	"  farthing render story.md > story.html\n", command_render},
    {"batch", "SUB ...", "keys and signed addresses, offline",
	"SUB is new-key, sign, show, rotate, rescue or, on the server, install;\n"
	"`farthing batch help SUB` explains one. On a computer without a\n"
	"network the newsroom signs\n"
	"its wallet's next addresses; the server then shows these and no\n"
	"others. The format is in doc/address-batch.md.\n",
	"  farthing batch new-key lune.key\n"
	"  farthing batch sign lune.key zpub6rFR7y... --name \"The Paper\"\n",
	command_batch},
    {"verify", "--key KEY PROOF [ADDRESS]", "is this address the paper's?",
	"PROOF is a file with a proof as the support pages show it, or -.\n"
	"ADDRESS is what the wallet shows, to be compared. Nothing is sent\n"
	"anywhere. Exit code 0: genuine; 1: not; 3: genuine, but out of date.\n"
	"  --key KEY        the paper's public key, or a file with it; may be\n"
	"                   given up to eight times\n"
	"  --pin FILE       instead of keys: DIR/trust/pin of a paper\n",
	"  farthing verify --key RWR9Dvzy...gBa2 proof.txt bc1q...\n",
	command_verify},
    {"probe", "KIND FILE", "run one parser on a file",
	"Without words it lists the kinds. FILE - is standard input.\n",
	"  echo '2026-11-23T14:05+01:00' | farthing probe date -\n",
	command_probe},
    {"version", "", "print the version", "", "  farthing version\n",
	command_version},
    {"help", "[COMMAND]", "this list, or more about one command", "",
	"  farthing help import\n", command_help},
    {0},
};

const struct command *command_find(const char *name)
{
	for (const struct command *c = commands; c->name; c++)
		if (strcmp(c->name, name) == 0)
			return c;
	return NULL;
}

int command_failed(const char *name, const struct err *err)
{
	fprintf(stderr, "farthing %s: ", name);
	say_put(stderr, str_of(err->why), false);
	fputc('\n', stderr);
	return EXIT_FAILED;
}

void command_is_unknown(const char *who, const char *name)
{
	fprintf(stderr, "%s: there is no command \"", who);
	say_put(stderr, str_of(name), false);
	fputs("\"; `farthing help` lists them\n", stderr);
}

int command_usage(const char *name, const struct err *err)
{
	const struct command *c = command_find(name);

	must(c);
	if (err) {
		fprintf(stderr, "farthing %s: ", name);
		say_put(stderr, str_of(err->why), false);
		fputc('\n', stderr);
	}
	fprintf(stderr, "Usage: farthing %s %s\n", c->name, c->words);
	fprintf(stderr, "More:  farthing help %s\n", c->name);
	return EXIT_USAGE;
}

void command_word(const char *word)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789./_-+,:@%=";

	if (*word && word[strspn(word, plain)] == '\0') {
		fputs(word, stdout);
		return;
	}
	putchar('\'');
	for (const char *p = word; *p; p++)
		if (*p == '\'')
			fputs("'\\''", stdout);
		else
			putchar(*p);
	putchar('\'');
}

int command_help(int argc, char **argv)
{
	const struct command *c;

	if (argc == 0) {
		puts("Farthing, a newspaper in one program.");
		for (c = commands; c->name; c++) {
			int n = printf("  %-9s %s", c->name, c->words);

			printf("%*s%s\n", n < 39 ? 39 - n : 1, "", c->summary);
		}
		puts("`farthing help COMMAND` explains one, with an example. "
		     "Begin with init.");
		return EXIT_DONE;
	}
	c = command_find(argv[0]);
	if (c && c->run == command_batch && argc > 1) {
		argv[0] = (char[]){"help"};
		return command_batch(argc, argv);
	}
	if (!c) {
		command_is_unknown("farthing help", argv[0]);
		return EXIT_USAGE;
	}
	printf("farthing %s %s\n\n%s%c%s.\n%s\nExample:\n%s", c->name, c->words,
	    "",
	    c->summary[0] >= 'a' && c->summary[0] <= 'z'
		? c->summary[0] - 'a' + 'A'
		: c->summary[0],
	    c->summary + 1, c->help, c->example);
	return EXIT_DONE;
}

int command_version(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	printf("farthing %s\n", version_text());
	return EXIT_DONE;
}
