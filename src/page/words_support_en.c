/* SPDX-License-Identifier: MIT
 *
 * What the support pages say in English; see words_support.h.
 */
#include "page/words_support.h"

const char *const words_support_en[SAY_COUNT] = {
    [SAY_FUNDED] = "The paper is funded until %1.",
    [SAY_FUNDED_OVER] = "There is nothing left in hand. Every gift counts from "
			"today on.",
    [SAY_COUNTED] = "Gifts up to and including %1 are counted.",
    [SAY_TITLE] = "Readers keep this paper alive",
    [SAY_HOW_MUCH] = "How much",
    [SAY_ANY] = "Any amount",
    [SAY_ANY_HINT] = "you choose it in your wallet",
    [SAY_OWN] = "Another amount",
    [SAY_OWN_HINT] = "What you type here goes before a choice above.",
    [SAY_UNIT] = "Unit",
    [SAY_WHAT_FOR] = "What for",
    [SAY_FOR_PAPER] = "The paper as a whole",
    [SAY_FOR_STORY] = "This story: %1",
    [SAY_FOR_CAMPAIGN] = "Campaign: %1",
    [SAY_SHOW_ADDRESS] = "Show me where to pay",
    [SAY_NO_ACCOUNT] = "No account, no name, no cookie, no script. The paper "
		       "does not note who you are.",
    [SAY_WAYS] = "Ways to pay",
    [SAY_BITCOIN] = "Bitcoin",
    [SAY_WAY_BITCOIN] = "From any wallet, straight to the newsroom’s own keys: "
			"no key that can move the money is on this server.",
    [SAY_COSTS] = "What the paper costs",
    [SAY_COSTS_BOTH] = "A day costs %1, a month %2.",
    [SAY_COSTS_NAME] = "For",
    [SAY_COSTS_MONTH] = "A month",
    [SAY_RUNWAY] = "How long it lasts",
    [SAY_CAMPAIGNS] = "Campaigns",
    [SAY_RAISED] = "%1 of %2",
    [SAY_ENDS] = "Until %1",
    [SAY_SEE_LEDGER] = "All gifts by month, and how it is counted",
    [SAY_SEE_VERIFY] = "How to check where your money goes",
    [SAY_TEST_NETWORK] = "Test network (%1): these coins are worth nothing. Do "
			 "not send real money.",
    [SAY_NO_RATE] = "There is no exchange rate at the moment, so amounts "
		    "are in bitcoin.",
    [SAY_FAULT] = "Not yet:",
    [SAY_FAULT_NUMBER] = "“%1” is not an amount. Please write it in digits.",
    [SAY_FAULT_SMALL] = "The least that can be asked for is %1.",
    [SAY_FAULT_LARGE] = "There are only 21 million bitcoin. Please write a "
			"smaller amount.",
    [SAY_FAULT_RATE] = "There is no exchange rate at the moment. Please choose "
		       "BTC or sat as the unit, or any amount.",
    [SAY_FAULT_UNKNOWN] = "This is no longer offered. Please choose again.",
    [SAY_PAUSED] = "Support is paused",
    [SAY_PAUSED_TEXT] = "At the moment no address can be shown that is proven "
			"to be the paper’s own. The newsroom has been told. "
			"Please come back later, and do not pay to an address "
			"that somebody else gives you.",
    [SAY_BUSY] = "The till does not answer",
    [SAY_BUSY_TEXT] = "Nothing is lost: addresses that were shown stay good "
		      "for ever. Please try again in a minute.",
    [SAY_LIMIT] = "Too many addresses were asked for",
    [SAY_LIMIT_TEXT] = "Your network has asked for many in a short time. Each "
		       "of them stays good for ever: use one that you have, or "
		       "try again later.",
    [SAY_UNKNOWN] = "There is no such gift",
    [SAY_UNKNOWN_TEXT] =
	"The address of the page may have been mistyped or cut "
	"off. Please compare it with what you kept.",
    [SAY_GIFT] = "A gift to the paper",
    [SAY_GIFT_FOR] = "A gift for: %1",
    [SAY_ANY_AMOUNT] = "Any amount you like",
    [SAY_ABOUT] = "about %1",
    [SAY_QUOTE] = "The rate is %1 min old and good until %2.",
    [SAY_RATE_FROM] = "source: %1",
    [SAY_RATE_SET] = "set by the newsroom on %1",
    [SAY_QUOTE_SET] = "This rate is good until %2.",
    [SAY_NO_QUOTE] = "There is no exchange rate at the moment, so the amount "
		     "in bitcoin is left to you. Whatever you send counts.",
    [SAY_QUOTE_LATER] = "A gift that comes later counts all the same.",
    [SAY_QUOTE_OVER] = "The rate has expired, the address has not: whatever "
		       "you send counts, at the rate of the day on which it is "
		       "confirmed.",
    [SAY_QR] = "QR code of the payment link",
    [SAY_QR_RECEIPT] = "QR code of the receipt’s private address",
    [SAY_ADDRESS] = "Address",
    [SAY_ADDRESS_HINT] =
	"One click selects all of it. Compare the first and the "
	"last groups with what your wallet shows.",
    [SAY_OPEN_WALLET] = "Open in a wallet",
    [SAY_SHARED] = "This address is shown to other readers too, because "
		   "many were asked for at once. Your gift counts; this "
		   "page shows what others send to it as well.",
    [SAY_OUT_OF_TIME] =
	"This address was given out until %1. It is still the paper’s own, and whatever you send to it counts. For a new gift, please take a new address.",
    [SAY_STATE] = "Where it stands",
    [SAY_WAITING] = "Waiting for a payment",
    [SAY_SEEN] = "Seen on the network",
    [SAY_CONFIRMED] = "In the chain",
    [SAY_SETTLED] = "Settled",
    [SAY_REVERSED] = "Taken back by the chain",
    [SAY_N_OF_M] = "%1 of %2 confirmations",
    [SAY_NOW] = "now",
    [SAY_DONE] = "done:",
    [SAY_TO_COME] = "to come:",
    [SAY_REVERSED_TEXT] =
	"The payment was in the chain and is not any more. That "
	"can happen in the first hours. It counts again as soon "
	"as it is back; you need not do anything.",
    [SAY_UNVERIFIED] = "Not verified: no node of the network answers at the "
		       "moment. The last news is from %1. Everything is caught "
		       "up later, and nothing that you send is lost.",
    [SAY_UNVERIFIED_NEVER] =
	"Not verified: no node of the network has answered yet. "
	"Everything is caught up later, and nothing that you "
	"send is lost.",
    [SAY_UNPROVEN] =
	"Not verified: at the moment nothing proves that the address of this gift is the paper’s own, so it is not shown. The sums are those that the till has told.",
    [SAY_THANKS] = "Thank you. This paper comes out tomorrow because "
		   "readers like you want it to.",
    [SAY_PAYMENTS] = "Payments so far",
    [SAY_LATE] = "Came after the rate had expired; counts all the same",
    [SAY_REPLACED] = "Replaced by another transaction",
    [SAY_DROPPED] = "No longer known to the network",
    [SAY_NEWEST_ONLY] = "The newest of %1 payments:",
    [SAY_SEVERAL] = "More than one payment has come. All of them count.",
    [SAY_UNDER] = "%1 of the %2 has come. It counts as it is; you may "
		  "send the rest to the same address.",
    [SAY_OVER] = "%1 has come, more than the %2 asked for. All of it "
		 "counts.",
    [SAY_TOTAL] = "Together",
    [SAY_CHECK] = "How to check this address",
    [SAY_CHECK_TEXT] = "The newsroom has signed its addresses beforehand, on a "
		       "computer without network. This proof shows that the "
		       "address is one of them. Copy it into the checker that "
		       "you have saved, or into the command “farthing verify”.",
    [SAY_BATCH] = "Batch %1, address %2",
    [SAY_PROOF] = "Proof",
    [SAY_KEEP] = "Keep the address of this page",
    [SAY_KEEP_TEXT] = "It is private, it stays good for ever, and it is the "
		      "only way back to this gift and its receipt. Nobody can "
		      "find it for you.",
    [SAY_RECEIPT] = "Receipt",
    [SAY_RECEIPT_LINK] = "Receipt to print",
    [SAY_REFRESHES] = "This page asks again by itself every %1 s.",
    [SAY_RECEIVED_BY] = "Received by",
    [SAY_ASKED] = "Asked for on",
    [SAY_PURPOSE] = "For",
    [SAY_AMOUNT] = "Amount",
    [SAY_WORTH] = "Worth when confirmed",
    [SAY_VALUE] = "Worth",
    [SAY_NOTHING_CAME] = "Nothing has been received yet.",
    [SAY_RECEIPT_FOOT] =
	"This receipt can be seen again at its private address, "
	"for ever:",
    [SAY_BACK_TO_GIFT] = "Back to the gift",
    [SAY_LEDGER] = "What readers have given",
    [SAY_BY_MONTH] = "By month",
    [SAY_MONTH] = "Month",
    [SAY_GIFTS] = "Gifts",
    [SAY_EARLIER] = "Earlier",
    [SAY_WORTH_TEXT] =
	"What a gift is worth is fixed when it is confirmed, by the rate of that time.",
    [SAY_FORMULA] = "How the runway is counted",
    [SAY_FORMULA_TEXT] =
	"Funded until = the day on which the count began + (in hand at the start + given) × 365 ÷ (12 × cost of a month), rounded down to whole days.",
    [SAY_OPENING] = "In hand at the start",
    [SAY_GIVEN] = "Given",
    [SAY_USED] = "Used",
    [SAY_USED_SINCE] = "Used from %1 to %2",
    [SAY_COST_DAY] = "Cost of a day",
    [SAY_COST_MONTH] = "Cost of a month",
    [SAY_BEGAN] = "The count began on",
    [SAY_COARSE] =
	"Sums are rounded down to whole steps of %1, numbers of gifts to fives.",
    [SAY_DELAYED] = "Gifts are shown %1 after they are confirmed.",
    [SAY_COARSE_WHY] = "So nobody can tell from these sums who gave when.",
    [SAY_FILE] = "The file from which anyone can recompute this (JSON)",
    [SAY_NO_GIFTS] = "No gift is old enough to be shown yet.",
    [SAY_VERIFY_WHY] = "A server can be taken over, and whoever holds it could "
		       "show an address of their own. So the newsroom signs "
		       "its addresses beforehand, on a computer without "
		       "network. Each comes with a proof that you can check "
		       "yourself, without trusting this site.",
    [SAY_KEY] = "The paper’s key",
    [SAY_KEY_TEXT] = "Compare it with the key in the printed paper or on the "
		     "newsroom’s other channels, or with what you wrote down "
		     "on an earlier visit. If it has changed and nobody has "
		     "announced it, do not pay.",
    [SAY_KEY_ID] = "Key number",
    [SAY_OLD_KEYS] = "Earlier keys",
    [SAY_OLD_KEYS_TEXT] =
	"The paper has put these away. Each is good for the batches below it and for no others: a proof of such an address is genuine, and anything else that such a key signs is not.",
    [SAY_BATCHES] = "Batches %1 to %2",
    [SAY_BATCH_ONE] = "Batch %1",
    [SAY_KEY_NONE] = "No key has been installed yet, so no address is shown.",
    [SAY_VALID] = "Newest batch: %1, valid until %2.",
    [SAY_BY_PAGE] = "With a saved page",
    [SAY_BY_PAGE_TEXT] =
	"Save this one file now, while all is well. It works without network, for ever: open it, paste the proof, and it says whether the address is the paper’s. It holds the key, and the batches of addresses up to today; when the paper announces a new key, save it anew.",
    [SAY_BY_PAGE_LINK] = "The checker: one file to save",
    [SAY_BY_COMMAND] = "With the command",
    [SAY_BY_COMMAND_TEXT] =
	"Whoever has Farthing saves the proof as proof.txt and "
	"types:",
    [SAY_BY_MINISIGN] = "With minisign",
    [SAY_BY_MINISIGN_TEXT] =
	"A proof holds the statement over all addresses of its "
	"batch, and its signature. These lines take them out of "
	"proof.txt, and minisign checks them. That an address "
	"belongs to it, only the two ways above show.",
    [SAY_FINGERPRINT] = "In short",
};
