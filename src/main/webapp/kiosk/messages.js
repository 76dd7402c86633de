import '/cafe/messages.js';
import {learn} from '/pages/language.js';

/** Words of this page: Korean, English. `{name}` is filled in. */
learn({
  'kiosk.title': ['무엇을 드릴까요?', 'What would you like?'],
  'kiosk.all': ['전체', 'All'],
  'kiosk.categories': ['메뉴 종류', 'Categories'],
  'kiosk.menus': ['메뉴', 'Menu'],
  'kiosk.empty': ['아직 메뉴가 없습니다.', 'There is nothing on the menu yet.'],
  'kiosk.nowSoldOut': ['{name}: 방금 품절되었습니다.', '{name} has just sold out.'],
  'kiosk.back': ['{name}: 다시 주문할 수 있습니다.', '{name} is available again.'],
  'kiosk.basket': ['담은 메뉴', 'Your order'],
  'kiosk.basketEmpty': ['메뉴를 눌러 담아 주세요.', 'Tap a menu to add it.'],
  'kiosk.less': ['{name} 하나 빼기', 'One {name} less'],
  'kiosk.more': ['{name} 하나 더', 'One {name} more'],
  'kiosk.clear': ['모두 비우기', 'Start over'],
  'kiosk.order': ['주문하기', 'Order'],
  'kiosk.blocked': ['품절된 메뉴를 빼 주세요.', 'Take out what is sold out.'],
  'kiosk.pay': ['어떻게 결제하시겠어요?', 'How would you like to pay?'],
  'kiosk.cell': ['셀을 골라 주세요', 'Choose your cell'],
  'kiosk.noCells': ['등록된 셀이 없습니다.', 'There are no cells.'],
  'kiosk.confirm': ['{total} 결제하고 주문하기', 'Pay {total} and order'],
  'kiosk.placing': ['주문을 보내고 있습니다…', 'Sending your order…'],
  'kiosk.unsure': ['서버의 답을 기다립니다. 같은 주문은 한 번만 접수됩니다.', 'Waiting for the server. The order is taken only once.'],
  'kiosk.placed': ['주문이 접수되었습니다', 'Your order is in'],
  'kiosk.yourNumber': ['주문 번호', 'Your number'],
  'kiosk.watch': ['번호가 불리면 찾아가 주세요.', 'Please come when your number is called.'],
  'kiosk.done': ['처음으로', 'Done'],
  'kiosk.mine': ['이 키오스크의 주문', 'Orders of this kiosk'],
  'kiosk.closedTitle': ['점검 중입니다', 'Closed for a moment'],
  'kiosk.closedText': ['지금은 키오스크로 주문할 수 없습니다. 카운터에서 주문해 주세요.',
    'The kiosk takes no orders right now. Please order at the counter.'],
});
