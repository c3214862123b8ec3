/* SPDX-License-Identifier: MIT
 *
 * What the support pages say, by language; see words.h. A file for each
 * language, words_support_xx.c, so that one can be copied and translated; a
 * test sees to it that nothing is left out.
 *
 * A saying is plain text in which %1 and %2 stand for what is put in: which of
 * them come, and what they are, is said here for each. No saying depends on a
 * plural: numbers stand behind a colon or before a unit, or come with their
 * noun from words.h.
 */
#ifndef PAGE_WORDS_SUPPORT_H
#define PAGE_WORDS_SUPPORT_H

#include "base/str.h"

struct words;

enum saying {
	SAY_FUNDED,	 /* runway: %1 is a date */
	SAY_FUNDED_OVER, /* the same when nothing is left */
	SAY_COUNTED,	 /* %1 is a date */
	SAY_TITLE,	 /* heading of /support */
	SAY_HOW_MUCH,	 /* legend */
	SAY_ANY,	 /* a choice: no amount is asked for */
	SAY_ANY_HINT,
	SAY_OWN, /* label of the free field */
	SAY_OWN_HINT,
	SAY_UNIT,	  /* label */
	SAY_WHAT_FOR,	  /* legend */
	SAY_FOR_PAPER,	  /* a choice */
	SAY_FOR_STORY,	  /* a choice; %1 is a headline */
	SAY_FOR_CAMPAIGN, /* a choice; %1 is a campaign */
	SAY_SHOW_ADDRESS, /* the button */
	SAY_NO_ACCOUNT,	  /* below the button */
	SAY_WAYS,	  /* heading */
	SAY_BITCOIN,	  /* name of a way to pay, and a column */
	SAY_WAY_BITCOIN,  /* one sentence on it */
	SAY_COSTS,	  /* heading */
	SAY_COSTS_BOTH,	  /* %1 and %2 are money */
	SAY_COSTS_NAME,	  /* column of the table of costs */
	SAY_COSTS_MONTH,  /* column of the table of costs */
	SAY_RUNWAY,	  /* heading */
	SAY_CAMPAIGNS,	  /* heading */
	SAY_RAISED,	  /* %1 of %2, money */
	SAY_ENDS,	  /* %1 is a date */
	SAY_SEE_LEDGER,	  /* link */
	SAY_SEE_VERIFY,	  /* link */
	SAY_TEST_NETWORK, /* %1 is "regtest" or the like */
	SAY_NO_RATE,	  /* in the form */
	SAY_FAULT, /* before the title of a page whose form has a fault */
	SAY_FAULT_NUMBER, /* %1 is what was typed */
	SAY_FAULT_SMALL,  /* %1 is money */
	SAY_FAULT_LARGE,
	SAY_FAULT_RATE,
	SAY_FAULT_UNKNOWN,
	SAY_PAUSED, /* title, with the text behind it */
	SAY_PAUSED_TEXT,
	SAY_BUSY, /* title, with the text behind it */
	SAY_BUSY_TEXT,
	SAY_LIMIT, /* title, with the text behind it */
	SAY_LIMIT_TEXT,
	SAY_UNKNOWN, /* title, with the text behind it */
	SAY_UNKNOWN_TEXT,
	SAY_GIFT,	/* label above the amount */
	SAY_GIFT_FOR,	/* the same; %1 is a headline or a campaign */
	SAY_ANY_AMOUNT, /* where an amount would stand */
	SAY_ABOUT,	/* %1 is money */
	SAY_QUOTE,	/* %1 minutes, %2 a time */
	SAY_RATE_FROM,	/* of a rate; %1 is the name of its source */
	SAY_RATE_SET,	/* the same; %1 is a day */
	SAY_QUOTE_SET,	/* as SAY_QUOTE; %2 a time */
	SAY_NO_QUOTE,	/* an amount in the currency, and no rate */
	SAY_QUOTE_LATER,
	SAY_QUOTE_OVER,
	SAY_QR,		/* alternative text of the code */
	SAY_QR_RECEIPT, /* alternative text of the code on a receipt */
	SAY_ADDRESS,	/* label */
	SAY_ADDRESS_HINT,
	SAY_OPEN_WALLET, /* link */
	SAY_SHARED,	 /* a note */
	SAY_OUT_OF_TIME, /* a note; %1 is a date */
	SAY_STATE,	 /* heading of the list of states, and a column */
	SAY_WAITING,	 /* a state */
	SAY_SEEN,	 /* a state */
	SAY_CONFIRMED,	 /* a state */
	SAY_SETTLED,	 /* a state */
	SAY_REVERSED,	 /* a state */
	SAY_N_OF_M,	 /* %1 and %2 are numbers */
	SAY_NOW,	 /* marks the present state */
	SAY_DONE,	 /* for those who listen */
	SAY_TO_COME,	 /* for those who listen */
	SAY_REVERSED_TEXT,
	SAY_UNVERIFIED,	      /* a note; %1 is a date and a time */
	SAY_UNVERIFIED_NEVER, /* the same where there was no news yet */
	SAY_UNPROVEN,	      /* a note on a receipt */
	SAY_THANKS,	      /* one warm line, when it is settled */
	SAY_PAYMENTS,	      /* heading */
	SAY_LATE,	      /* of a payment */
	SAY_REPLACED,	      /* of a payment */
	SAY_DROPPED,	      /* of a payment */
	SAY_NEWEST_ONLY,      /* a note; %1 is a number */
	SAY_SEVERAL,	      /* a note */
	SAY_UNDER,	      /* a note; %1 and %2 are money */
	SAY_OVER,	      /* a note; %1 and %2 are money */
	SAY_TOTAL,	      /* of a list of sums */
	SAY_CHECK,	      /* unfolds */
	SAY_CHECK_TEXT,
	SAY_BATCH, /* %1 and %2 are numbers */
	SAY_PROOF, /* label */
	SAY_KEEP,  /* heading */
	SAY_KEEP_TEXT,
	SAY_RECEIPT, /* title and link */
	SAY_RECEIPT_LINK,
	SAY_REFRESHES,	 /* %1 seconds */
	SAY_RECEIVED_BY, /* label */
	SAY_ASKED,	 /* label */
	SAY_PURPOSE,	 /* label */
	SAY_AMOUNT,	 /* label and column */
	SAY_WORTH,	 /* label and column: in the currency */
	SAY_VALUE,	 /* column: in the currency, for short */
	SAY_NOTHING_CAME,
	SAY_RECEIPT_FOOT,
	SAY_BACK_TO_GIFT, /* link */
	SAY_LEDGER,	  /* title */
	SAY_BY_MONTH,	  /* heading */
	SAY_MONTH,	  /* column */
	SAY_GIFTS,	  /* column: how many */
	SAY_EARLIER,	  /* label: the months before those of the table */
	SAY_WORTH_TEXT,	  /* a note */
	SAY_FORMULA,	  /* heading */
	SAY_FORMULA_TEXT,
	SAY_OPENING,	/* label */
	SAY_GIVEN,	/* label */
	SAY_USED,	/* label */
	SAY_USED_SINCE, /* label; %1 and %2 are dates */
	SAY_COST_DAY,	/* label */
	SAY_COST_MONTH, /* label */
	SAY_BEGAN,	/* label: of a date */
	SAY_COARSE,	/* %1 is money */
	SAY_DELAYED,	/* %1 is a text, "2 days" */
	SAY_COARSE_WHY,
	SAY_FILE, /* link */
	SAY_NO_GIFTS,
	SAY_VERIFY_WHY,
	SAY_KEY, /* heading and label */
	SAY_KEY_TEXT,
	SAY_KEY_ID,   /* label */
	SAY_OLD_KEYS, /* heading and label */
	SAY_OLD_KEYS_TEXT,
	SAY_BATCH_ONE, /* where there is but one; %1 is its number */
	SAY_BATCHES,   /* %1 and %2 are the numbers of the first and the last */
	SAY_KEY_NONE,
	SAY_VALID,   /* %1 a number, %2 a date */
	SAY_BY_PAGE, /* heading */
	SAY_BY_PAGE_TEXT,
	SAY_BY_PAGE_LINK, /* link */
	SAY_BY_COMMAND,	  /* heading */
	SAY_BY_COMMAND_TEXT,
	SAY_BY_MINISIGN, /* heading */
	SAY_BY_MINISIGN_TEXT,
	SAY_FINGERPRINT, /* label */
	SAY_COUNT,
};

/* In the language of W. Lives for ever. */
struct str words_saying(const struct words *w, enum saying saying);

/* The sayings by language, as the files define them. */
extern const char *const words_support_en[SAY_COUNT];
extern const char *const words_support_es[SAY_COUNT];
extern const char *const words_support_fr[SAY_COUNT];
extern const char *const words_support_de[SAY_COUNT];
extern const char *const words_support_ru[SAY_COUNT];
extern const char *const words_support_ar[SAY_COUNT];
extern const char *const words_support_ko[SAY_COUNT];

#endif
