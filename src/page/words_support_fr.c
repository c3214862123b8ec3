/* SPDX-License-Identifier: MIT
 *
 * What the support pages say in French; see words_support.h.
 */
#include "page/words_support.h"

const char *const words_support_fr[SAY_COUNT] = {
    [SAY_FUNDED] = "Le journal est financé jusqu’au %1.",
    [SAY_FUNDED_OVER] = "Il ne reste rien en caisse. Dès aujourd’hui, chaque "
			"don compte.",
    [SAY_COUNTED] = "Les dons sont comptés jusqu’au %1 inclus.",
    [SAY_TITLE] = "Les lecteurs font vivre ce journal",
    [SAY_HOW_MUCH] = "Combien",
    [SAY_ANY] = "Montant libre",
    [SAY_ANY_HINT] = "à choisir dans votre portefeuille",
    [SAY_OWN] = "Autre montant",
    [SAY_OWN_HINT] = "Ce que vous écrivez ici l’emporte sur le choix "
		     "ci-dessus.",
    [SAY_UNIT] = "Unité",
    [SAY_WHAT_FOR] = "Pour quoi",
    [SAY_FOR_PAPER] = "Le journal dans son ensemble",
    [SAY_FOR_STORY] = "Cet article\u00A0: %1",
    [SAY_FOR_CAMPAIGN] = "Campagne\u00A0: %1",
    [SAY_SHOW_ADDRESS] = "Voir où payer",
    [SAY_NO_ACCOUNT] = "Ni compte, ni nom, ni cookie, ni script. Le journal ne "
		       "note pas qui vous êtes.",
    [SAY_WAYS] = "Moyens de paiement",
    [SAY_BITCOIN] = "Bitcoin",
    [SAY_WAY_BITCOIN] = "Depuis n’importe quel portefeuille, droit vers les "
			"clés de la rédaction\u00A0: aucune clé capable de "
			"déplacer l’argent ne se trouve sur ce serveur.",
    [SAY_COSTS] = "Ce que coûte le journal",
    [SAY_COSTS_BOTH] = "Une journée coûte %1, un mois %2.",
    [SAY_COSTS_NAME] = "Poste",
    [SAY_COSTS_MONTH] = "Par mois",
    [SAY_RUNWAY] = "Jusqu’à quand",
    [SAY_CAMPAIGNS] = "Campagnes",
    [SAY_RAISED] = "%1 sur %2",
    [SAY_ENDS] = "Jusqu’au %1",
    [SAY_SEE_LEDGER] = "Tous les dons par mois, et le mode de calcul",
    [SAY_SEE_VERIFY] = "Comment vérifier où va votre argent",
    [SAY_TEST_NETWORK] =
	"Réseau de test (%1)\u00A0: ces pièces ne valent rien. "
	"N’envoyez pas d’argent réel.",
    [SAY_NO_RATE] = "Il n’y a pas de taux de change pour l’instant\u00A0: "
		    "les montants sont en bitcoin.",
    [SAY_FAULT] = "Pas encore\u00A0:",
    [SAY_FAULT_NUMBER] = "«\u202F%1\u202F» n’est pas un montant. Écrivez-le en "
			 "chiffres.",
    [SAY_FAULT_SMALL] = "Le minimum est de %1.",
    [SAY_FAULT_LARGE] = "Il n’existe que 21 millions de bitcoins. Écrivez un "
			"montant plus petit.",
    [SAY_FAULT_RATE] = "Il n’y a pas de taux de change pour l’instant. "
		       "Choisissez BTC ou sat comme unité, ou un montant "
		       "libre.",
    [SAY_FAULT_UNKNOWN] = "Ce choix n’est plus proposé. Choisissez de nouveau.",
    [SAY_PAUSED] = "Les dons sont suspendus",
    [SAY_PAUSED_TEXT] =
	"Pour l’instant, aucune adresse dont il soit prouvé "
	"qu’elle appartient au journal ne peut être montrée. La "
	"rédaction est prévenue. Revenez plus tard, et ne payez "
	"pas à une adresse donnée par quelqu’un d’autre.",
    [SAY_BUSY] = "La caisse ne répond pas",
    [SAY_BUSY_TEXT] = "Rien n’est perdu\u00A0: les adresses déjà montrées "
		      "restent valables pour toujours. Réessayez dans une "
		      "minute.",
    [SAY_LIMIT] = "Trop d’adresses ont été demandées",
    [SAY_LIMIT_TEXT] = "Votre réseau en a demandé beaucoup en peu de temps. "
		       "Chacune reste valable pour toujours\u00A0: utilisez "
		       "celle que vous avez, ou réessayez plus tard.",
    [SAY_UNKNOWN] = "Ce don n’existe pas",
    [SAY_UNKNOWN_TEXT] =
	"L’adresse de la page est peut-être mal écrite ou "
	"tronquée. Comparez-la avec celle que vous avez gardée.",
    [SAY_GIFT] = "Un don au journal",
    [SAY_GIFT_FOR] = "Un don pour\u00A0: %1",
    [SAY_ANY_AMOUNT] = "Le montant de votre choix",
    [SAY_ABOUT] = "environ %1",
    [SAY_QUOTE] = "Le taux date de %1 min et vaut jusqu’à %2.",
    [SAY_RATE_FROM] = "source\u00A0: %1",
    [SAY_RATE_SET] = "fixé par la rédaction le %1",
    [SAY_QUOTE_SET] = "Ce taux vaut jusqu’à %2.",
    [SAY_NO_QUOTE] = "Il n’y a pas de taux de change pour l’instant\u00A0: "
		     "le montant en bitcoin est laissé à votre choix. Tout "
		     "ce que vous envoyez compte.",
    [SAY_QUOTE_LATER] = "Un don qui arrive plus tard compte tout autant.",
    [SAY_QUOTE_OVER] = "Le taux a expiré, pas l’adresse\u00A0: ce que vous "
		       "envoyez compte, au taux du jour de sa confirmation.",
    [SAY_QR] = "Code QR du lien de paiement",
    [SAY_QR_RECEIPT] = "Code QR de l’adresse privée du reçu",
    [SAY_ADDRESS] = "Adresse",
    [SAY_ADDRESS_HINT] = "Un clic la sélectionne en entier. Comparez les "
			 "premiers et les derniers groupes avec ce que montre "
			 "votre portefeuille.",
    [SAY_OPEN_WALLET] = "Ouvrir dans un portefeuille",
    [SAY_SHARED] = "Cette adresse est aussi montrée à d’autres lecteurs, "
		   "car beaucoup ont été demandées à la fois. Votre don "
		   "compte\u202F; cette page montre aussi ce que d’autres "
		   "y envoient.",
    [SAY_OUT_OF_TIME] =
	"Cette adresse a été donnée jusqu’au %1. Elle est toujours celle du journal, et tout ce que vous y envoyez compte. Pour un nouveau don, prenez une nouvelle adresse.",
    [SAY_STATE] = "Où en est le don",
    [SAY_WAITING] = "En attente d’un paiement",
    [SAY_SEEN] = "Vu sur le réseau",
    [SAY_CONFIRMED] = "Dans la chaîne",
    [SAY_SETTLED] = "Définitif",
    [SAY_REVERSED] = "Repris par la chaîne",
    [SAY_N_OF_M] = "%1 sur %2 confirmations",
    [SAY_NOW] = "maintenant",
    [SAY_DONE] = "fait\u00A0:",
    [SAY_TO_COME] = "à venir\u00A0:",
    [SAY_REVERSED_TEXT] =
	"Le paiement était dans la chaîne et n’y est plus. Cela "
	"peut arriver dans les premières heures. Il comptera de "
	"nouveau dès son retour\u202F; vous n’avez rien à "
	"faire.",
    [SAY_UNVERIFIED] = "Non vérifié\u00A0: aucun nœud du réseau ne répond pour "
		       "l’instant. Les dernières nouvelles datent du %1. Tout "
		       "sera rattrapé ensuite, et rien de ce que vous envoyez "
		       "n’est perdu.",
    [SAY_UNVERIFIED_NEVER] =
	"Non vérifié\u00A0: aucun nœud du réseau n’a encore "
	"répondu. Tout sera rattrapé ensuite, et rien de ce que "
	"vous envoyez n’est perdu.",
    [SAY_UNPROVEN] =
	"Non vérifié\u00A0: pour l’instant, rien ne prouve que l’adresse de ce don est celle du journal, elle n’est donc pas montrée. Les sommes sont celles que la caisse a données.",
    [SAY_THANKS] = "Merci. Ce journal paraîtra demain parce que des "
		   "lecteurs comme vous le veulent.",
    [SAY_PAYMENTS] = "Paiements reçus",
    [SAY_LATE] = "Arrivé après l’expiration du taux\u202F; compte tout "
		 "autant",
    [SAY_REPLACED] = "Remplacé par une autre transaction",
    [SAY_DROPPED] = "Le réseau ne le connaît plus",
    [SAY_NEWEST_ONLY] = "Les plus récents de %1 paiements\u00A0:",
    [SAY_SEVERAL] = "Plusieurs paiements sont arrivés. Tous comptent.",
    [SAY_UNDER] = "%1 sur %2 sont arrivés. Cela compte tel quel\u202F; "
		  "vous pouvez envoyer le reste à la même adresse.",
    [SAY_OVER] = "%1 sont arrivés, plus que les %2 demandés. Tout "
		 "compte.",
    [SAY_TOTAL] = "En tout",
    [SAY_CHECK] = "Comment vérifier cette adresse",
    [SAY_CHECK_TEXT] = "La rédaction a signé ses adresses à l’avance, sur un "
		       "ordinateur sans réseau. Cette preuve montre que "
		       "l’adresse en fait partie. Copiez-la dans le "
		       "vérificateur que vous avez enregistré, ou dans la "
		       "commande «\u202Ffarthing verify\u202F».",
    [SAY_BATCH] = "Lot %1, adresse %2",
    [SAY_PROOF] = "Preuve",
    [SAY_KEEP] = "Gardez l’adresse de cette page",
    [SAY_KEEP_TEXT] = "Elle est privée, reste valable pour toujours, et c’est "
		      "le seul chemin vers ce don et son reçu. Personne ne "
		      "pourra la retrouver pour vous.",
    [SAY_RECEIPT] = "Reçu",
    [SAY_RECEIPT_LINK] = "Reçu à imprimer",
    [SAY_REFRESHES] = "Cette page se renouvelle d’elle-même toutes les %1 s.",
    [SAY_RECEIVED_BY] = "Reçu par",
    [SAY_ASKED] = "Demandé le",
    [SAY_PURPOSE] = "Pour",
    [SAY_AMOUNT] = "Montant",
    [SAY_WORTH] = "Valeur à la confirmation",
    [SAY_VALUE] = "Valeur",
    [SAY_NOTHING_CAME] = "Rien n’a encore été reçu.",
    [SAY_RECEIPT_FOOT] = "Ce reçu reste visible pour toujours à son adresse "
			 "privée\u00A0:",
    [SAY_BACK_TO_GIFT] = "Retour au don",
    [SAY_LEDGER] = "Ce que les lecteurs ont donné",
    [SAY_BY_MONTH] = "Par mois",
    [SAY_MONTH] = "Mois",
    [SAY_GIFTS] = "Dons",
    [SAY_EARLIER] = "Auparavant",
    [SAY_WORTH_TEXT] =
	"La valeur d’un don est fixée à sa confirmation, au taux de ce moment.",
    [SAY_FORMULA] = "Comment l’échéance est calculée",
    [SAY_FORMULA_TEXT] =
	"Financé jusqu’au = jour où le compte a commencé + (en caisse au départ + donné) × 365 ÷ (12 × coût d’un mois), arrondi au jour entier inférieur.",
    [SAY_OPENING] = "En caisse au départ",
    [SAY_GIVEN] = "Donné",
    [SAY_USED] = "Dépensé",
    [SAY_USED_SINCE] = "Dépensé du %1 au %2",
    [SAY_COST_DAY] = "Coût d’une journée",
    [SAY_COST_MONTH] = "Coût d’un mois",
    [SAY_BEGAN] = "Début du compte",
    [SAY_COARSE] =
	"Les sommes sont arrondies vers le bas par tranches de %1, le nombre de dons par tranches de cinq.",
    [SAY_DELAYED] = "Les dons sont montrés %1 après leur confirmation.",
    [SAY_COARSE_WHY] = "Ainsi, personne ne peut déduire de ces sommes qui a "
		       "donné et quand.",
    [SAY_FILE] = "Le fichier qui permet à chacun de refaire le calcul "
		 "(JSON)",
    [SAY_NO_GIFTS] = "Aucun don n’est encore assez ancien pour être montré.",
    [SAY_VERIFY_WHY] = "Un serveur peut tomber en d’autres mains, et celui qui "
		       "le tient pourrait montrer sa propre adresse. C’est "
		       "pourquoi la rédaction signe ses adresses à l’avance, "
		       "sur un ordinateur sans réseau. Chacune porte une "
		       "preuve que vous pouvez vérifier vous-même, sans faire "
		       "confiance à ce site.",
    [SAY_KEY] = "La clé du journal",
    [SAY_KEY_TEXT] = "Comparez-la avec celle du journal imprimé ou des "
		     "autres canaux de la rédaction, ou avec celle que vous "
		     "avez notée lors d’une visite. Si elle a changé sans "
		     "annonce, ne payez pas.",
    [SAY_KEY_ID] = "Numéro de clé",
    [SAY_OLD_KEYS] = "Clés précédentes",
    [SAY_OLD_KEYS_TEXT] =
	"Le journal les a mises de côté. Chacune vaut pour les lots indiqués au-dessous et pour aucun autre\u00A0: la preuve d’une adresse de ces lots est authentique, toute autre chose signée par une telle clé ne l’est pas.",
    [SAY_BATCHES] = "Lots %1 à %2",
    [SAY_BATCH_ONE] = "Lot %1",
    [SAY_KEY_NONE] = "Aucune clé n’est encore installée\u202F; aucune "
		     "adresse n’est donc montrée.",
    [SAY_VALID] = "Lot le plus récent\u00A0: %1, valable jusqu’au %2.",
    [SAY_BY_PAGE] = "Avec une page enregistrée",
    [SAY_BY_PAGE_TEXT] =
	"Enregistrez dès maintenant ce seul fichier, tant que tout va bien. Il fonctionne sans réseau, pour toujours\u00A0: ouvrez-le, collez la preuve, et il dit si l’adresse est celle du journal. Il contient la clé et les lots d’adresses jusqu’à ce jour\u00A0; quand le journal annonce une nouvelle clé, enregistrez-le de nouveau.",
    [SAY_BY_PAGE_LINK] = "Le vérificateur\u00A0: un fichier à enregistrer",
    [SAY_BY_COMMAND] = "Avec la commande",
    [SAY_BY_COMMAND_TEXT] = "Qui possède Farthing enregistre la preuve sous "
			    "proof.txt et tape\u00A0:",
    [SAY_BY_MINISIGN] = "Avec minisign",
    [SAY_BY_MINISIGN_TEXT] =
	"Une preuve contient la déclaration sur toutes les "
	"adresses de son lot, et sa signature. Ces lignes les "
	"extraient de proof.txt, et minisign les vérifie. "
	"Qu’une adresse en fasse partie, seuls les deux moyens "
	"ci-dessus le montrent.",
    [SAY_FINGERPRINT] = "En bref",
};
