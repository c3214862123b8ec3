/* SPDX-License-Identifier: MIT
 *
 * What the support pages say in German; see words_support.h.
 */
#include "page/words_support.h"

const char *const words_support_de[SAY_COUNT] = {
    [SAY_FUNDED] = "Die Zeitung ist bis zum %1 finanziert.",
    [SAY_FUNDED_OVER] = "In der Kasse ist nichts mehr. Von heute an zählt jede "
			"Gabe.",
    [SAY_COUNTED] = "Gezählt sind Gaben bis einschließlich %1.",
    [SAY_TITLE] = "Leser halten diese Zeitung am Leben",
    [SAY_HOW_MUCH] = "Wie viel",
    [SAY_ANY] = "Beliebiger Betrag",
    [SAY_ANY_HINT] = "Sie wählen ihn in Ihrer Wallet",
    [SAY_OWN] = "Anderer Betrag",
    [SAY_OWN_HINT] = "Was Sie hier eintragen, geht der Auswahl oben vor.",
    [SAY_UNIT] = "Einheit",
    [SAY_WHAT_FOR] = "Wofür",
    [SAY_FOR_PAPER] = "Die Zeitung als Ganzes",
    [SAY_FOR_STORY] = "Dieser Artikel: %1",
    [SAY_FOR_CAMPAIGN] = "Kampagne: %1",
    [SAY_SHOW_ADDRESS] = "Zeigen, wohin ich zahle",
    [SAY_NO_ACCOUNT] = "Kein Konto, kein Name, kein Cookie, kein Skript. Die "
		       "Zeitung notiert nicht, wer Sie sind.",
    [SAY_WAYS] = "Zahlungswege",
    [SAY_BITCOIN] = "Bitcoin",
    [SAY_WAY_BITCOIN] = "Aus jeder Wallet, geradewegs an die Schlüssel der "
			"Redaktion: Kein Schlüssel, der das Geld bewegen kann, "
			"liegt auf diesem Server.",
    [SAY_COSTS] = "Was die Zeitung kostet",
    [SAY_COSTS_BOTH] = "Ein Tag kostet %1, ein Monat %2.",
    [SAY_COSTS_NAME] = "Posten",
    [SAY_COSTS_MONTH] = "Im Monat",
    [SAY_RUNWAY] = "Wie lange es reicht",
    [SAY_CAMPAIGNS] = "Kampagnen",
    [SAY_RAISED] = "%1 von %2",
    [SAY_ENDS] = "Bis %1",
    [SAY_SEE_LEDGER] = "Alle Gaben nach Monaten, und wie gerechnet wird",
    [SAY_SEE_VERIFY] = "So prüfen Sie, wohin Ihr Geld geht",
    [SAY_TEST_NETWORK] = "Testnetz (%1): Diese Münzen sind nichts wert. Senden "
			 "Sie kein echtes Geld.",
    [SAY_NO_RATE] = "Zurzeit liegt kein Wechselkurs vor; Beträge stehen in "
		    "Bitcoin.",
    [SAY_FAULT] = "Noch nicht:",
    [SAY_FAULT_NUMBER] = "„%1“ ist kein Betrag. Bitte schreiben Sie ihn in "
			 "Ziffern.",
    [SAY_FAULT_SMALL] = "Der kleinste Betrag ist %1.",
    [SAY_FAULT_LARGE] = "Es gibt nur 21 Millionen Bitcoin. Bitte schreiben Sie "
			"einen kleineren Betrag.",
    [SAY_FAULT_RATE] = "Zurzeit liegt kein Wechselkurs vor. Bitte wählen Sie "
		       "BTC oder sat als Einheit, oder einen beliebigen "
		       "Betrag.",
    [SAY_FAULT_UNKNOWN] =
	"Das wird nicht mehr angeboten. Bitte wählen Sie neu.",
    [SAY_PAUSED] = "Die Unterstützung pausiert",
    [SAY_PAUSED_TEXT] =
	"Zurzeit kann keine Adresse gezeigt werden, die "
	"nachweislich der Zeitung gehört. Die Redaktion weiß "
	"davon. Bitte kommen Sie später wieder und zahlen Sie "
	"nicht an eine Adresse, die Ihnen jemand anderes nennt.",
    [SAY_BUSY] = "Die Kasse antwortet nicht",
    [SAY_BUSY_TEXT] = "Nichts ist verloren: Gezeigte Adressen bleiben für "
		      "immer gültig. Bitte versuchen Sie es in einer Minute "
		      "noch einmal.",
    [SAY_LIMIT] = "Es wurden zu viele Adressen verlangt",
    [SAY_LIMIT_TEXT] = "Aus Ihrem Netz wurden in kurzer Zeit viele verlangt. "
		       "Jede bleibt für immer gültig: Nehmen Sie eine, die Sie "
		       "haben, oder versuchen Sie es später noch einmal.",
    [SAY_UNKNOWN] = "Diese Gabe gibt es nicht",
    [SAY_UNKNOWN_TEXT] = "Die Adresse der Seite ist vielleicht vertippt oder "
			 "abgeschnitten. Bitte vergleichen Sie sie mit der "
			 "aufgehobenen.",
    [SAY_GIFT] = "Eine Gabe für die Zeitung",
    [SAY_GIFT_FOR] = "Eine Gabe für: %1",
    [SAY_ANY_AMOUNT] = "Ein Betrag Ihrer Wahl",
    [SAY_ABOUT] = "etwa %1",
    [SAY_QUOTE] = "Der Kurs ist %1 min alt und gilt bis %2.",
    [SAY_RATE_FROM] = "Quelle: %1",
    [SAY_RATE_SET] = "von der Redaktion festgelegt am %1",
    [SAY_QUOTE_SET] = "Dieser Kurs gilt bis %2.",
    [SAY_NO_QUOTE] = "Zurzeit liegt kein Wechselkurs vor; wie viel das in "
		     "Bitcoin ist, bleibt Ihnen überlassen. Was Sie senden, "
		     "zählt.",
    [SAY_QUOTE_LATER] = "Was später kommt, zählt genauso.",
    [SAY_QUOTE_OVER] = "Der Kurs ist abgelaufen, die Adresse nicht: Was Sie "
		       "senden, zählt, zum Kurs des Tages, an dem es bestätigt "
		       "wird.",
    [SAY_QR] = "QR-Code mit dem Zahlungslink",
    [SAY_QR_RECEIPT] = "QR-Code mit der privaten Adresse der Quittung",
    [SAY_ADDRESS] = "Adresse",
    [SAY_ADDRESS_HINT] = "Ein Klick wählt sie ganz aus. Vergleichen Sie die "
			 "ersten und letzten Gruppen mit der Anzeige Ihrer "
			 "Wallet.",
    [SAY_OPEN_WALLET] = "In einer Wallet öffnen",
    [SAY_SHARED] = "Diese Adresse wird auch anderen Lesern gezeigt, weil "
		   "viele auf einmal verlangt wurden. Ihre Gabe zählt; "
		   "diese Seite zeigt auch, was andere dorthin senden.",
    [SAY_OUT_OF_TIME] =
	"Diese Adresse wurde bis zum %1 ausgegeben. Sie gehört weiterhin der Zeitung, und was Sie dorthin senden, zählt. Für eine neue Gabe nehmen Sie bitte eine neue Adresse.",
    [SAY_STATE] = "Stand",
    [SAY_WAITING] = "Wartet auf eine Zahlung",
    [SAY_SEEN] = "Im Netz gesehen",
    [SAY_CONFIRMED] = "In der Kette",
    [SAY_SETTLED] = "Abgeschlossen",
    [SAY_REVERSED] = "Von der Kette zurückgenommen",
    [SAY_N_OF_M] = "%1 von %2 Bestätigungen",
    [SAY_NOW] = "jetzt",
    [SAY_DONE] = "erledigt:",
    [SAY_TO_COME] = "steht aus:",
    [SAY_REVERSED_TEXT] =
	"Die Zahlung stand in der Kette und steht dort nicht "
	"mehr. Das kann in den ersten Stunden geschehen. Sie "
	"zählt wieder, sobald sie zurück ist; Sie müssen nichts "
	"tun.",
    [SAY_UNVERIFIED] = "Nicht geprüft: Zurzeit antwortet kein Knoten des "
		       "Netzes. Die letzte Nachricht ist vom %1. Alles wird "
		       "nachgeholt, und nichts, was Sie senden, geht verloren.",
    [SAY_UNVERIFIED_NEVER] =
	"Nicht geprüft: Noch hat kein Knoten des Netzes "
	"geantwortet. Alles wird nachgeholt, und nichts, was "
	"Sie senden, geht verloren.",
    [SAY_UNPROVEN] =
	"Nicht geprüft: Zurzeit beweist nichts, dass die Adresse dieser Gabe der Zeitung gehört; darum wird sie nicht gezeigt. Die Summen sind die, die die Kasse genannt hat.",
    [SAY_THANKS] = "Danke. Diese Zeitung erscheint morgen, weil Leser wie "
		   "Sie es wollen.",
    [SAY_PAYMENTS] = "Zahlungen bisher",
    [SAY_LATE] = "Kam nach Ablauf des Kurses; zählt genauso",
    [SAY_REPLACED] = "Durch eine andere Transaktion ersetzt",
    [SAY_DROPPED] = "Dem Netz nicht mehr bekannt",
    [SAY_NEWEST_ONLY] = "Die neuesten von %1 Zahlungen:",
    [SAY_SEVERAL] = "Es ist mehr als eine Zahlung gekommen. Alle zählen.",
    [SAY_UNDER] = "%1 von %2 sind gekommen. Sie zählen, wie sie sind; den "
		  "Rest können Sie an dieselbe Adresse senden.",
    [SAY_OVER] = "%1 sind gekommen, mehr als die erbetenen %2. Alles "
		 "zählt.",
    [SAY_TOTAL] = "Zusammen",
    [SAY_CHECK] = "So prüfen Sie diese Adresse",
    [SAY_CHECK_TEXT] = "Die Redaktion hat ihre Adressen vorab auf einem "
		       "Rechner ohne Netz unterschrieben. Dieser Beweis zeigt, "
		       "dass die Adresse eine davon ist. Kopieren Sie ihn in "
		       "das Prüfblatt, das Sie gespeichert haben, oder in den "
		       "Befehl „farthing verify“.",
    [SAY_BATCH] = "Stapel %1, Adresse %2",
    [SAY_PROOF] = "Beweis",
    [SAY_KEEP] = "Heben Sie die Adresse dieser Seite auf",
    [SAY_KEEP_TEXT] = "Sie ist privat, bleibt für immer gültig und ist der "
		      "einzige Weg zurück zu dieser Gabe und ihrer Quittung. "
		      "Niemand kann sie für Sie wiederfinden.",
    [SAY_RECEIPT] = "Quittung",
    [SAY_RECEIPT_LINK] = "Quittung zum Drucken",
    [SAY_REFRESHES] = "Diese Seite fragt von selbst alle %1 s nach.",
    [SAY_RECEIVED_BY] = "Empfangen von",
    [SAY_ASKED] = "Erbeten am",
    [SAY_PURPOSE] = "Für",
    [SAY_AMOUNT] = "Betrag",
    [SAY_WORTH] = "Wert bei Bestätigung",
    [SAY_VALUE] = "Wert",
    [SAY_NOTHING_CAME] = "Noch ist nichts eingegangen.",
    [SAY_RECEIPT_FOOT] = "Diese Quittung ist für immer unter ihrer privaten "
			 "Adresse zu sehen:",
    [SAY_BACK_TO_GIFT] = "Zurück zur Gabe",
    [SAY_LEDGER] = "Was Leser gegeben haben",
    [SAY_BY_MONTH] = "Nach Monaten",
    [SAY_MONTH] = "Monat",
    [SAY_GIFTS] = "Gaben",
    [SAY_EARLIER] = "Früher",
    [SAY_WORTH_TEXT] =
	"Der Wert einer Gabe wird bei ihrer Bestätigung festgelegt, zum Kurs dieser Zeit.",
    [SAY_FORMULA] = "Wie die Frist gerechnet wird",
    [SAY_FORMULA_TEXT] =
	"Finanziert bis = Tag, an dem die Zählung begann + (anfangs in der Kasse + gegeben) × 365 ÷ (12 × Kosten eines Monats), abgerundet auf ganze Tage.",
    [SAY_OPENING] = "Anfangs in der Kasse",
    [SAY_GIVEN] = "Gegeben",
    [SAY_USED] = "Verbraucht",
    [SAY_USED_SINCE] = "Verbraucht vom %1 bis zum %2",
    [SAY_COST_DAY] = "Kosten eines Tages",
    [SAY_COST_MONTH] = "Kosten eines Monats",
    [SAY_BEGAN] = "Beginn der Zählung",
    [SAY_COARSE] =
	"Summen sind auf ganze Schritte von %1 abgerundet, Anzahlen von Gaben auf Fünfer.",
    [SAY_DELAYED] = "Gaben werden %1 nach ihrer Bestätigung gezeigt.",
    [SAY_COARSE_WHY] = "So kann niemand aus diesen Summen schließen, wer wann "
		       "gegeben hat.",
    [SAY_FILE] = "Die Datei, mit der jeder nachrechnen kann (JSON)",
    [SAY_NO_GIFTS] = "Noch ist keine Gabe alt genug, um gezeigt zu werden.",
    [SAY_VERIFY_WHY] = "Ein Server kann in fremde Hände fallen, und wer ihn "
		       "hat, könnte eine eigene Adresse zeigen. Darum "
		       "unterschreibt die Redaktion ihre Adressen vorab, auf "
		       "einem Rechner ohne Netz. Jede trägt einen Beweis, den "
		       "Sie selbst prüfen können, ohne dieser Seite zu trauen.",
    [SAY_KEY] = "Der Schlüssel der Zeitung",
    [SAY_KEY_TEXT] = "Vergleichen Sie ihn mit dem Schlüssel in der "
		     "gedruckten Zeitung oder auf anderen Kanälen der "
		     "Redaktion, oder mit dem, den Sie sich früher notiert "
		     "haben. Hat er sich ohne Ankündigung geändert, zahlen "
		     "Sie nicht.",
    [SAY_KEY_ID] = "Schlüsselnummer",
    [SAY_OLD_KEYS] = "Frühere Schlüssel",
    [SAY_OLD_KEYS_TEXT] =
	"Die Zeitung hat sie abgelegt. Jeder gilt für die Stapel darunter und für keine anderen: Der Beweis einer solchen Adresse ist echt; was ein solcher Schlüssel sonst unterschreibt, ist es nicht.",
    [SAY_BATCHES] = "Stapel %1 bis %2",
    [SAY_BATCH_ONE] = "Stapel %1",
    [SAY_KEY_NONE] = "Noch ist kein Schlüssel hinterlegt; darum wird keine "
		     "Adresse gezeigt.",
    [SAY_VALID] = "Neuester Stapel: %1, gültig bis %2.",
    [SAY_BY_PAGE] = "Mit einer gespeicherten Seite",
    [SAY_BY_PAGE_TEXT] =
	"Speichern Sie diese eine Datei jetzt, solange alles gut ist. Sie geht ohne Netz und für immer: öffnen, Beweis einfügen, und sie sagt, ob die Adresse der Zeitung gehört. Sie enthält den Schlüssel und die Stapel von Adressen bis heute; kündigt die Zeitung einen neuen Schlüssel an, speichern Sie sie neu.",
    [SAY_BY_PAGE_LINK] = "Das Prüfblatt: eine Datei zum Speichern",
    [SAY_BY_COMMAND] = "Mit dem Befehl",
    [SAY_BY_COMMAND_TEXT] =
	"Wer Farthing hat, speichert den Beweis als proof.txt "
	"und schreibt:",
    [SAY_BY_MINISIGN] = "Mit minisign",
    [SAY_BY_MINISIGN_TEXT] =
	"Ein Beweis enthält die Erklärung über alle Adressen "
	"seines Stapels und ihre Unterschrift. Diese Zeilen "
	"holen sie aus proof.txt, und minisign prüft sie. Dass "
	"eine Adresse dazugehört, zeigen nur die beiden Wege "
	"oben.",
    [SAY_FINGERPRINT] = "Kurz",
};
