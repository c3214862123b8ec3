/* SPDX-License-Identifier: MIT
 *
 * What the support pages say in Spanish; see words_support.h.
 */
#include "page/words_support.h"

const char *const words_support_es[SAY_COUNT] = {
    [SAY_FUNDED] = "El periódico tiene fondos hasta el %1.",
    [SAY_FUNDED_OVER] = "No queda nada en caja. Desde hoy cuenta cada "
			"aportación.",
    [SAY_COUNTED] = "Se cuentan las aportaciones hasta el %1, inclusive.",
    [SAY_TITLE] = "Los lectores mantienen vivo este periódico",
    [SAY_HOW_MUCH] = "Cuánto",
    [SAY_ANY] = "Cualquier importe",
    [SAY_ANY_HINT] = "lo elige usted en su monedero",
    [SAY_OWN] = "Otro importe",
    [SAY_OWN_HINT] = "Lo que escriba aquí prevalece sobre la elección de "
		     "arriba.",
    [SAY_UNIT] = "Unidad",
    [SAY_WHAT_FOR] = "Para qué",
    [SAY_FOR_PAPER] = "El periódico en su conjunto",
    [SAY_FOR_STORY] = "Este artículo: %1",
    [SAY_FOR_CAMPAIGN] = "Campaña: %1",
    [SAY_SHOW_ADDRESS] = "Mostrar dónde pagar",
    [SAY_NO_ACCOUNT] = "Sin cuenta, sin nombre, sin cookies, sin scripts. El "
		       "periódico no anota quién es usted.",
    [SAY_WAYS] = "Formas de pago",
    [SAY_BITCOIN] = "Bitcoin",
    [SAY_WAY_BITCOIN] =
	"Desde cualquier monedero, directamente a las claves de "
	"la redacción: en este servidor no hay ninguna clave "
	"que pueda mover el dinero.",
    [SAY_COSTS] = "Lo que cuesta el periódico",
    [SAY_COSTS_BOTH] = "Un día cuesta %1; un mes, %2.",
    [SAY_COSTS_NAME] = "Concepto",
    [SAY_COSTS_MONTH] = "Al mes",
    [SAY_RUNWAY] = "Para cuánto alcanza",
    [SAY_CAMPAIGNS] = "Campañas",
    [SAY_RAISED] = "%1 de %2",
    [SAY_ENDS] = "Hasta el %1",
    [SAY_SEE_LEDGER] = "Las aportaciones por meses y cómo se calcula",
    [SAY_SEE_VERIFY] = "Cómo comprobar adónde va su dinero",
    [SAY_TEST_NETWORK] = "Red de pruebas (%1): estas monedas no valen nada. No "
			 "envíe dinero real.",
    [SAY_NO_RATE] = "De momento no hay tipo de cambio; los importes van en "
		    "bitcoin.",
    [SAY_FAULT] = "Aún no:",
    [SAY_FAULT_NUMBER] = "«%1» no es un importe. Escríbalo en cifras.",
    [SAY_FAULT_SMALL] = "Lo mínimo que se puede pedir es %1.",
    [SAY_FAULT_LARGE] = "Solo hay 21 millones de bitcoines. Escriba un importe "
			"menor.",
    [SAY_FAULT_RATE] = "De momento no hay tipo de cambio. Elija BTC o sat como "
		       "unidad, o cualquier importe.",
    [SAY_FAULT_UNKNOWN] = "Esto ya no se ofrece. Elija de nuevo.",
    [SAY_PAUSED] = "Las aportaciones están en pausa",
    [SAY_PAUSED_TEXT] =
	"De momento no puede mostrarse ninguna dirección que se "
	"demuestre que es del periódico. La redacción está "
	"avisada. Vuelva más tarde y no pague a una dirección "
	"que le dé otra persona.",
    [SAY_BUSY] = "La caja no responde",
    [SAY_BUSY_TEXT] = "No se ha perdido nada: las direcciones ya mostradas "
		      "valen para siempre. Vuelva a intentarlo en un minuto.",
    [SAY_LIMIT] = "Se han pedido demasiadas direcciones",
    [SAY_LIMIT_TEXT] = "Desde su red se han pedido muchas en poco tiempo. "
		       "Todas valen para siempre: use una que ya tenga o "
		       "inténtelo más tarde.",
    [SAY_UNKNOWN] = "No existe esa aportación",
    [SAY_UNKNOWN_TEXT] =
	"Puede que la dirección de la página esté mal escrita o "
	"cortada. Compárela con la que guardó.",
    [SAY_GIFT] = "Una aportación al periódico",
    [SAY_GIFT_FOR] = "Una aportación para: %1",
    [SAY_ANY_AMOUNT] = "El importe que usted quiera",
    [SAY_ABOUT] = "unos %1",
    [SAY_QUOTE] = "El cambio es de hace %1 min y vale hasta las %2.",
    [SAY_RATE_FROM] = "fuente: %1",
    [SAY_RATE_SET] = "fijado por la redacción el %1",
    [SAY_QUOTE_SET] = "Este cambio vale hasta las %2.",
    [SAY_NO_QUOTE] = "De momento no hay tipo de cambio, así que el importe "
		     "en bitcoin queda en sus manos. Lo que envíe cuenta.",
    [SAY_QUOTE_LATER] = "Lo que llegue después cuenta igual.",
    [SAY_QUOTE_OVER] = "El cambio ha caducado; la dirección, no: lo que envíe "
		       "cuenta, al cambio del día en que se confirme.",
    [SAY_QR] = "Código QR del enlace de pago",
    [SAY_QR_RECEIPT] = "Código QR de la dirección privada del recibo",
    [SAY_ADDRESS] = "Dirección",
    [SAY_ADDRESS_HINT] = "Un clic la selecciona entera. Compare los primeros y "
			 "los últimos grupos con lo que muestra su monedero.",
    [SAY_OPEN_WALLET] = "Abrir en un monedero",
    [SAY_SHARED] = "Esta dirección se muestra también a otros lectores, "
		   "porque se pidieron muchas a la vez. Su aportación "
		   "cuenta; esta página muestra también lo que otros "
		   "envían.",
    [SAY_OUT_OF_TIME] =
	"Esta dirección se entregó hasta el %1. Sigue siendo del periódico, y todo lo que envíe a ella cuenta. Para una nueva aportación, pida una dirección nueva.",
    [SAY_STATE] = "Estado",
    [SAY_WAITING] = "A la espera de un pago",
    [SAY_SEEN] = "Visto en la red",
    [SAY_CONFIRMED] = "En la cadena",
    [SAY_SETTLED] = "Cerrado",
    [SAY_REVERSED] = "Retirado por la cadena",
    [SAY_N_OF_M] = "%1 de %2 confirmaciones",
    [SAY_NOW] = "ahora",
    [SAY_DONE] = "hecho:",
    [SAY_TO_COME] = "pendiente:",
    [SAY_REVERSED_TEXT] = "El pago estaba en la cadena y ya no lo está. Puede "
			  "ocurrir en las primeras horas. Volverá a contar en "
			  "cuanto reaparezca; no tiene que hacer nada.",
    [SAY_UNVERIFIED] = "Sin verificar: de momento no responde ningún nodo de "
		       "la red. Las últimas noticias son del %1. Todo se "
		       "pondrá al día después y nada de lo que envíe se "
		       "pierde.",
    [SAY_UNVERIFIED_NEVER] =
	"Sin verificar: aún no ha respondido ningún nodo de la "
	"red. Todo se pondrá al día después y nada de lo que "
	"envíe se pierde.",
    [SAY_UNPROVEN] =
	"Sin verificar: de momento nada prueba que la dirección de esta aportación sea del periódico, así que no se muestra. Las sumas son las que ha dicho la caja.",
    [SAY_THANKS] = "Gracias. Este periódico sale mañana porque lectores "
		   "como usted lo quieren.",
    [SAY_PAYMENTS] = "Pagos hasta ahora",
    [SAY_LATE] = "Llegó con el cambio caducado; cuenta igual",
    [SAY_REPLACED] = "Sustituido por otra transacción",
    [SAY_DROPPED] = "La red ya no lo conoce",
    [SAY_NEWEST_ONLY] = "Los más recientes de %1 pagos:",
    [SAY_SEVERAL] = "Ha llegado más de un pago. Todos cuentan.",
    [SAY_UNDER] = "Han llegado %1 de %2. Cuentan tal cual; puede enviar "
		  "el resto a la misma dirección.",
    [SAY_OVER] = "Han llegado %1, más de los %2 pedidos. Todo cuenta.",
    [SAY_TOTAL] = "En total",
    [SAY_CHECK] = "Cómo comprobar esta dirección",
    [SAY_CHECK_TEXT] = "La redacción firmó sus direcciones de antemano, en un "
		       "ordenador sin red. Esta prueba demuestra que la "
		       "dirección es una de ellas. Cópiela en el comprobador "
		       "que haya guardado o en la orden «farthing verify».",
    [SAY_BATCH] = "Lote %1, dirección %2",
    [SAY_PROOF] = "Prueba",
    [SAY_KEEP] = "Guarde la dirección de esta página",
    [SAY_KEEP_TEXT] = "Es privada, vale para siempre y es el único camino de "
		      "vuelta a esta aportación y a su recibo. Nadie podrá "
		      "encontrarla por usted.",
    [SAY_RECEIPT] = "Recibo",
    [SAY_RECEIPT_LINK] = "Recibo para imprimir",
    [SAY_REFRESHES] = "Esta página se actualiza sola cada %1 s.",
    [SAY_RECEIVED_BY] = "Recibido por",
    [SAY_ASKED] = "Solicitada el",
    [SAY_PURPOSE] = "Para",
    [SAY_AMOUNT] = "Importe",
    [SAY_WORTH] = "Valor al confirmarse",
    [SAY_VALUE] = "Valor",
    [SAY_NOTHING_CAME] = "Aún no se ha recibido nada.",
    [SAY_RECEIPT_FOOT] = "Este recibo puede verse siempre en su dirección "
			 "privada:",
    [SAY_BACK_TO_GIFT] = "Volver a la aportación",
    [SAY_LEDGER] = "Lo que han aportado los lectores",
    [SAY_BY_MONTH] = "Por meses",
    [SAY_MONTH] = "Mes",
    [SAY_GIFTS] = "Aportaciones",
    [SAY_EARLIER] = "Antes",
    [SAY_WORTH_TEXT] =
	"El valor de una aportación se fija al confirmarse, con el cambio de ese momento.",
    [SAY_FORMULA] = "Cómo se calcula el plazo",
    [SAY_FORMULA_TEXT] =
	"Con fondos hasta = día en que empezó la cuenta + (en caja al empezar + aportado) × 365 ÷ (12 × coste de un mes), redondeado a días enteros hacia abajo.",
    [SAY_OPENING] = "En caja al empezar",
    [SAY_GIVEN] = "Aportado",
    [SAY_USED] = "Gastado",
    [SAY_USED_SINCE] = "Gastado del %1 al %2",
    [SAY_COST_DAY] = "Coste de un día",
    [SAY_COST_MONTH] = "Coste de un mes",
    [SAY_BEGAN] = "La cuenta empezó el",
    [SAY_COARSE] =
	"Las sumas se redondean hacia abajo en tramos de %1, y el número de aportaciones, de cinco en cinco.",
    [SAY_DELAYED] = "Las aportaciones se muestran %1 después de confirmarse.",
    [SAY_COARSE_WHY] = "Así nadie puede deducir de estas sumas quién dio y "
		       "cuándo.",
    [SAY_FILE] = "El archivo con el que cualquiera puede recalcularlo "
		 "(JSON)",
    [SAY_NO_GIFTS] = "Aún no hay aportaciones que puedan mostrarse.",
    [SAY_VERIFY_WHY] = "Un servidor puede caer en otras manos, y quien lo "
		       "tenga podría mostrar una dirección propia. Por eso la "
		       "redacción firma sus direcciones de antemano, en un "
		       "ordenador sin red. Cada una lleva una prueba que usted "
		       "mismo puede comprobar, sin fiarse de este sitio.",
    [SAY_KEY] = "La clave del periódico",
    [SAY_KEY_TEXT] = "Compárela con la del periódico impreso o la de los "
		     "otros canales de la redacción, o con la que anotó en "
		     "otra visita. Si ha cambiado y nadie lo ha anunciado, "
		     "no pague.",
    [SAY_KEY_ID] = "Número de clave",
    [SAY_OLD_KEYS] = "Claves anteriores",
    [SAY_OLD_KEYS_TEXT] =
	"El periódico las ha retirado. Cada una vale para los lotes que figuran debajo y para ningún otro: la prueba de una dirección de esos lotes es auténtica; cualquier otra cosa firmada con esa clave, no.",
    [SAY_BATCHES] = "Lotes %1 a %2",
    [SAY_BATCH_ONE] = "Lote %1",
    [SAY_KEY_NONE] = "Aún no se ha instalado ninguna clave, por lo que no se "
		     "muestra ninguna dirección.",
    [SAY_VALID] = "Lote más reciente: %1, válido hasta el %2.",
    [SAY_BY_PAGE] = "Con una página guardada",
    [SAY_BY_PAGE_TEXT] =
	"Guarde ahora este único archivo, mientras todo va bien. Funciona sin red y para siempre: ábralo, pegue la prueba, y dirá si la dirección es del periódico. Lleva la clave y los lotes de direcciones hasta hoy; cuando el periódico anuncie una clave nueva, guárdelo de nuevo.",
    [SAY_BY_PAGE_LINK] = "El comprobador: un archivo para guardar",
    [SAY_BY_COMMAND] = "Con la orden",
    [SAY_BY_COMMAND_TEXT] =
	"Quien tenga Farthing guarda la prueba como proof.txt y "
	"escribe:",
    [SAY_BY_MINISIGN] = "Con minisign",
    [SAY_BY_MINISIGN_TEXT] =
	"Una prueba contiene la declaración sobre todas las "
	"direcciones de su lote y su firma. Estas líneas las "
	"extraen de proof.txt y minisign las comprueba. Que una "
	"dirección pertenezca a ella solo lo muestran las dos "
	"formas anteriores.",
    [SAY_FINGERPRINT] = "En breve",
};
