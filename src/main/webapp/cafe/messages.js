import {learn} from '/pages/language.js';

/** Words of all pages of the café: Korean, English. `{name}` is filled in. */
learn({
  'status.PENDING': ['접수', 'New'],
  'status.MAKING': ['제조 중', 'Making'],
  'status.COMPLETED': ['완료', 'Ready'],
  'status.CANCELLED': ['취소', 'Cancelled'],
  'pay.CELL': ['셀 포인트', 'Cell points'],
  'pay.CARD': ['카드', 'Card'],
  'pay.CASH': ['현금', 'Cash'],
  'pay.TRANSFER': ['계좌 이체', 'Bank transfer'],
  'order.number': ['{number}번', 'No. {number}'],
  'order.total': ['합계', 'Total'],
  'order.soldOut': ['품절', 'Sold out'],
  'menu.onSale': ['{name} 판매', '{name} is on sale'],
});
