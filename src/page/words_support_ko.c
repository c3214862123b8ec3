/* SPDX-License-Identifier: MIT
 *
 * What the support pages say in Korean; see words_support.h.
 */
#include "page/words_support.h"

const char *const words_support_ko[SAY_COUNT] = {
    [SAY_FUNDED] = "이 신문은 %1까지 운영비가 마련되어 있습니다.",
    [SAY_FUNDED_OVER] =
	"남은 운영비가 없습니다. 오늘부터는 한 건 한 건이 소중합니다.",
    [SAY_COUNTED] = "%1까지의 후원을 셌습니다.",
    [SAY_TITLE] = "독자가 이 신문을 지킵니다",
    [SAY_HOW_MUCH] = "금액",
    [SAY_ANY] = "금액 자유",
    [SAY_ANY_HINT] = "지갑에서 직접 정합니다",
    [SAY_OWN] = "직접 입력",
    [SAY_OWN_HINT] = "여기에 적은 금액이 위의 선택보다 우선합니다.",
    [SAY_UNIT] = "단위",
    [SAY_WHAT_FOR] = "용도",
    [SAY_FOR_PAPER] = "신문 전체",
    [SAY_FOR_STORY] = "이 기사: %1",
    [SAY_FOR_CAMPAIGN] = "모금: %1",
    [SAY_SHOW_ADDRESS] = "보낼 주소 보기",
    [SAY_NO_ACCOUNT] =
	"계정도, 이름도, 쿠키도, 스크립트도 없습니다. 신문은 누가 후원했는지 기록하지 않습니다.",
    [SAY_WAYS] = "보내는 방법",
    [SAY_BITCOIN] = "비트코인",
    [SAY_WAY_BITCOIN] =
	"어느 지갑에서든 편집국의 키로 곧바로 전달됩니다. 돈을 옮길 수 있는 키는 이 서버에 없습니다.",
    [SAY_COSTS] = "신문을 만드는 비용",
    [SAY_COSTS_BOTH] = "비용은 하루 %1, 한 달 %2입니다.",
    [SAY_COSTS_NAME] = "항목",
    [SAY_COSTS_MONTH] = "한 달",
    [SAY_RUNWAY] = "언제까지 가능한가",
    [SAY_CAMPAIGNS] = "모금",
    [SAY_RAISED] = "%2 중 %1",
    [SAY_ENDS] = "%1까지",
    [SAY_SEE_LEDGER] = "월별 후원 내역과 계산 방법",
    [SAY_SEE_VERIFY] = "보낸 돈이 어디로 가는지 확인하는 방법",
    [SAY_TEST_NETWORK] =
	"시험용 네트워크(%1)입니다. 이 코인은 가치가 없습니다. 실제 돈을 보내지 마십시오.",
    [SAY_NO_RATE] = "지금은 환율을 알 수 없어 금액을 비트코인으로 적습니다.",
    [SAY_FAULT] = "확인 필요:",
    [SAY_FAULT_NUMBER] = "‘%1’은(는) 금액이 아닙니다. 숫자로 적어 주십시오.",
    [SAY_FAULT_SMALL] = "최소 금액은 %1입니다.",
    [SAY_FAULT_LARGE] =
	"비트코인은 모두 2,100만 개뿐입니다. 더 작은 금액을 적어 주십시오.",
    [SAY_FAULT_RATE] =
	"지금은 환율을 알 수 없습니다. 단위로 BTC나 sat을 고르거나 ‘금액 자유’를 선택해 "
	"주십시오.",
    [SAY_FAULT_UNKNOWN] =
	"더 이상 제공되지 않는 항목입니다. 다시 골라 주십시오.",
    [SAY_PAUSED] = "후원이 잠시 멈췄습니다",
    [SAY_PAUSED_TEXT] =
	"지금은 이 신문의 것임이 증명된 주소를 보여 드릴 수 없습니다. 편집국에 알렸습니다. 나중에 다시 "
	"와 주시고, 다른 사람이 알려 주는 주소로 보내지 마십시오.",
    [SAY_BUSY] = "후원 창구가 응답하지 않습니다",
    [SAY_BUSY_TEXT] =
	"잃어버린 것은 없습니다. 이미 보여 드린 주소는 언제까지나 유효합니다. 잠시 뒤에 다시 시도해 "
	"주십시오.",
    [SAY_LIMIT] = "주소 요청이 너무 많습니다",
    [SAY_LIMIT_TEXT] =
	"같은 네트워크에서 짧은 시간에 많은 요청이 있었습니다. 받은 주소는 언제까지나 유효하니 가지고 "
	"있는 것을 쓰시거나 나중에 다시 시도해 주십시오.",
    [SAY_UNKNOWN] = "그런 후원이 없습니다",
    [SAY_UNKNOWN_TEXT] =
	"페이지 주소가 잘못 적혔거나 잘렸을 수 있습니다. 보관해 둔 주소와 비교해 주십시오.",
    [SAY_GIFT] = "신문 후원",
    [SAY_GIFT_FOR] = "후원 대상: %1",
    [SAY_ANY_AMOUNT] = "원하는 만큼",
    [SAY_ABOUT] = "약 %1",
    [SAY_QUOTE] = "환율은 %1분 전의 것이며 %2까지 유효합니다.",
    [SAY_RATE_FROM] = "출처: %1",
    [SAY_RATE_SET] = "편집국이 %1에 정한 환율",
    [SAY_QUOTE_SET] = "이 환율은 %2까지 유효합니다.",
    [SAY_NO_QUOTE] =
	"지금은 환율을 알 수 없어 비트코인 금액은 직접 정하셔야 합니다. 보내신 것은 모두 인정됩니다.",
    [SAY_QUOTE_LATER] = "그 뒤에 도착한 후원도 똑같이 인정됩니다.",
    [SAY_QUOTE_OVER] =
	"환율의 유효 시간은 지났지만 주소는 그대로 유효합니다. 보내신 것은 확인되는 날의 환율로 "
	"인정됩니다.",
    [SAY_QR] = "결제 링크의 QR 코드",
    [SAY_QR_RECEIPT] = "영수증 비공개 주소의 QR 코드",
    [SAY_ADDRESS] = "주소",
    [SAY_ADDRESS_HINT] =
	"한 번 누르면 전체가 선택됩니다. 처음과 마지막 묶음을 지갑에 표시된 것과 비교하십시오.",
    [SAY_OPEN_WALLET] = "지갑에서 열기",
    [SAY_SHARED] =
	"한꺼번에 많은 요청이 있어 이 주소는 다른 독자에게도 표시됩니다. 후원은 그대로 인정되며, 이 "
	"페이지에는 다른 분이 보낸 것도 함께 나옵니다.",
    [SAY_OUT_OF_TIME] =
	"이 주소는 %1까지 내드린 것입니다. 여전히 신문의 주소이며, 보내신 것은 모두 인정됩니다. 새로 후원하실 때는 새 주소를 받아 주십시오.",
    [SAY_STATE] = "진행 상황",
    [SAY_WAITING] = "입금 대기",
    [SAY_SEEN] = "네트워크에서 발견됨",
    [SAY_CONFIRMED] = "블록체인에 기록됨",
    [SAY_SETTLED] = "완료",
    [SAY_REVERSED] = "블록체인에서 취소됨",
    [SAY_N_OF_M] = "확인 %2회 중 %1회",
    [SAY_NOW] = "현재",
    [SAY_DONE] = "지남:",
    [SAY_TO_COME] = "예정:",
    [SAY_REVERSED_TEXT] =
	"블록체인에 있던 입금이 지금은 없습니다. 처음 몇 시간 동안은 그럴 수 있습니다. 돌아오면 다시 "
	"인정되므로 따로 하실 일은 없습니다.",
    [SAY_UNVERIFIED] =
	"검증되지 않음: 지금 응답하는 네트워크 노드가 없습니다. 마지막 소식은 %1의 것입니다. 나중에 "
	"모두 반영되며, 보내신 것은 잃어버리지 않습니다.",
    [SAY_UNVERIFIED_NEVER] =
	"검증되지 않음: 아직 응답한 네트워크 노드가 없습니다. 나중에 모두 반영되며, 보내신 것은 "
	"잃어버리지 않습니다.",
    [SAY_UNPROVEN] =
	"검증되지 않음: 지금은 이 후원의 주소가 신문의 것임을 증명할 수 없어 표시하지 않습니다. 금액은 후원 창구가 알려 온 것입니다.",
    [SAY_THANKS] =
	"고맙습니다. 당신 같은 독자가 있어 이 신문은 내일도 나옵니다.",
    [SAY_PAYMENTS] = "지금까지의 입금",
    [SAY_LATE] = "환율 유효 시간이 지난 뒤 도착했으나 똑같이 인정됩니다",
    [SAY_REPLACED] = "다른 거래로 바뀌었습니다",
    [SAY_DROPPED] = "네트워크에 더 이상 없습니다",
    [SAY_NEWEST_ONLY] = "입금 %1건 가운데 가장 최근 것:",
    [SAY_SEVERAL] = "입금이 여러 번 있었습니다. 모두 인정됩니다.",
    [SAY_UNDER] =
	"도착: %2 중 %1. 그대로 인정되며, 나머지를 같은 주소로 보내셔도 됩니다.",
    [SAY_OVER] = "도착: %1(요청: %2). 모두 인정됩니다.",
    [SAY_TOTAL] = "합계",
    [SAY_CHECK] = "이 주소를 확인하는 방법",
    [SAY_CHECK_TEXT] =
	"편집국은 네트워크에 연결되지 않은 컴퓨터에서 미리 주소에 서명했습니다. 이 증명은 이 주소가 그중 "
	"하나임을 보여 줍니다. 저장해 둔 확인 페이지나 ‘farthing verify’ 명령에 복사해 "
	"넣으십시오.",
    [SAY_BATCH] = "묶음 %1, 주소 %2",
    [SAY_PROOF] = "증명",
    [SAY_KEEP] = "이 페이지의 주소를 보관하십시오",
    [SAY_KEEP_TEXT] =
	"이 주소는 비공개이고 언제까지나 유효하며, 이 후원과 영수증으로 돌아올 수 있는 유일한 길입니다. "
	"아무도 대신 찾아 드릴 수 없습니다.",
    [SAY_RECEIPT] = "영수증",
    [SAY_RECEIPT_LINK] = "인쇄용 영수증",
    [SAY_REFRESHES] = "이 페이지는 %1초마다 스스로 새로 고쳐집니다.",
    [SAY_RECEIVED_BY] = "받은 곳",
    [SAY_ASKED] = "요청한 때",
    [SAY_PURPOSE] = "용도",
    [SAY_AMOUNT] = "금액",
    [SAY_WORTH] = "확인 시점의 가치",
    [SAY_VALUE] = "가치",
    [SAY_NOTHING_CAME] = "아직 받은 것이 없습니다.",
    [SAY_RECEIPT_FOOT] =
	"이 영수증은 언제까지나 다음 비공개 주소에서 다시 볼 수 있습니다.",
    [SAY_BACK_TO_GIFT] = "후원으로 돌아가기",
    [SAY_LEDGER] = "독자들이 보낸 후원",
    [SAY_BY_MONTH] = "월별",
    [SAY_MONTH] = "월",
    [SAY_GIFTS] = "건수",
    [SAY_EARLIER] = "그 이전",
    [SAY_WORTH_TEXT] = "후원의 가치는 확인될 때의 환율로 정해집니다.",
    [SAY_FORMULA] = "기간을 계산하는 방법",
    [SAY_FORMULA_TEXT] =
	"마련된 날짜 = 계산을 시작한 날 + (처음에 있던 돈 + 후원금) × 365 ÷ (12 × 한 달 비용). 하루 미만은 버립니다.",
    [SAY_OPENING] = "처음에 있던 돈",
    [SAY_GIVEN] = "후원금",
    [SAY_USED] = "쓴 돈",
    [SAY_USED_SINCE] = "%1부터 %2까지 쓴 돈",
    [SAY_COST_DAY] = "하루 비용",
    [SAY_COST_MONTH] = "한 달 비용",
    [SAY_BEGAN] = "계산을 시작한 날",
    [SAY_COARSE] = "합계는 %1 단위로, 후원 건수는 다섯 건 단위로 내림합니다.",
    [SAY_DELAYED] = "후원은 확인되고 %1 뒤에 표시됩니다.",
    [SAY_COARSE_WHY] =
	"누가 언제 보냈는지 이 합계로는 알 수 없게 하기 위해서입니다.",
    [SAY_FILE] = "누구나 다시 계산해 볼 수 있는 파일(JSON)",
    [SAY_NO_GIFTS] = "아직 표시할 만큼 시간이 지난 후원이 없습니다.",
    [SAY_VERIFY_WHY] =
	"서버는 빼앗길 수 있고, 빼앗은 사람은 자기 주소를 보여 줄 수 있습니다. 그래서 편집국은 "
	"네트워크에 연결되지 않은 컴퓨터에서 미리 주소에 서명합니다. 주소마다 증명이 따라오며, 이 "
	"사이트를 믿지 않고도 직접 확인할 수 있습니다.",
    [SAY_KEY] = "신문의 키",
    [SAY_KEY_TEXT] =
	"인쇄된 신문이나 편집국의 다른 채널에 실린 키, 또는 예전에 적어 둔 키와 비교하십시오. 예고 "
	"없이 바뀌었다면 보내지 마십시오.",
    [SAY_KEY_ID] = "키 번호",
    [SAY_OLD_KEYS] = "이전 키",
    [SAY_OLD_KEYS_TEXT] =
	"신문이 더 이상 쓰지 않는 키입니다. 각 키는 그 아래 적힌 묶음에만 유효합니다. 그런 주소의 증명은 진짜이며, 그 키가 서명한 다른 것은 진짜가 아닙니다.",
    [SAY_BATCHES] = "묶음 %1–%2",
    [SAY_BATCH_ONE] = "묶음 %1",
    [SAY_KEY_NONE] = "아직 설치된 키가 없어 주소를 보여 드리지 않습니다.",
    [SAY_VALID] = "최신 묶음: %1, %2까지 유효.",
    [SAY_BY_PAGE] = "저장해 둔 페이지로",
    [SAY_BY_PAGE_TEXT] =
	"모든 것이 정상일 때 이 파일 하나를 저장해 두십시오. 네트워크 없이 언제까지나 작동합니다. 열어서 증명을 붙여 넣으면 주소가 신문의 것인지 알려 줍니다. 키와 오늘까지의 주소 묶음이 들어 있으니, 신문이 새 키를 알리면 다시 저장하십시오.",
    [SAY_BY_PAGE_LINK] = "확인 페이지: 저장할 파일 하나",
    [SAY_BY_COMMAND] = "명령으로",
    [SAY_BY_COMMAND_TEXT] =
	"Farthing이 있다면 증명을 proof.txt로 저장하고 다음과 같이 입력합니다.",
    [SAY_BY_MINISIGN] = "minisign으로",
    [SAY_BY_MINISIGN_TEXT] =
	"증명에는 그 묶음의 모든 주소에 대한 선언문과 서명이 들어 있습니다. 다음 줄이 "
	"proof.txt에서 꺼내고 minisign이 확인합니다. 주소가 거기에 속하는지는 위의 두 "
	"방법으로만 알 수 있습니다.",
    [SAY_FINGERPRINT] = "짧게",
};
