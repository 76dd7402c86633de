import '/cafe/messages.js';
import {learn} from '/pages/language.js';

/** Words of this page: Korean, English. `{name}` is filled in. */
learn({
  'sound.on': ['소리 켜짐', 'Sound is on'],
  'sound.off': ['소리 켜기', 'Turn sound on'],
  'barista.title': ['주문', 'Orders'],
  'barista.new': ['새 주문: #{number}', 'New order: #{number}'],
  'barista.cancelled': ['주문 #{number}이(가) 취소되었습니다', 'Order #{number} was cancelled'],
  'barista.make': ['제조 시작', 'Start making'],
  'barista.complete': ['완료', 'Ready'],
  'barista.cancel': ['취소', 'Cancel'],
  'barista.cancelTitle': ['주문 {number}번을 취소할까요?', 'Cancel order no. {number}?'],
  'barista.reason': ['취소 사유', 'Reason'],
  'barista.reason.customer': ['고객 요청', 'Asked by the customer'],
  'barista.reason.soldOut': ['재료 소진', 'Out of stock'],
  'barista.reason.mistake': ['잘못된 주문', 'Ordered by mistake'],
  'barista.cancelOrder': ['주문 취소', 'Cancel the order'],
  'barista.refund': ['셀 포인트는 돌려드립니다.', 'Cell points are given back.'],
  'barista.empty.PENDING': ['새 주문이 없습니다.', 'No new orders.'],
  'barista.empty.MAKING': ['만들고 있는 주문이 없습니다.', 'Nothing in the making.'],
  'barista.empty.COMPLETED': ['완료된 주문이 없습니다.', 'Nothing is ready yet.'],
  'barista.minutes': ['{minutes}분 전', '{minutes} min ago'],
  'barista.justNow': ['방금', 'just now'],
  'barista.sales': ['품절 관리', 'Sold out'],
});
