import {learn} from '/pages/language.js';

/** Words of this page: Korean, English. `{name}` is filled in. */
learn({
  'ai.title': ['무엇이든 물어보세요', 'Ask anything'],
  'ai.what': ['답은 만들어지는 대로 나타납니다. 페이지를 닫아도 계속되고, 돌아오면 이어서 볼 수 있습니다.',
    'The answer appears as it is made. It goes on when this page is closed, and is here when you come back.'],
  'ai.empty': ['아직 질문이 없습니다.', 'No questions yet.'],
  'ai.log': ['질문과 답', 'Questions and answers'],
  'ai.elsewhere': ['다른 화면에서 한 질문', 'A question from another page'],
  'ai.hint': ['질문 · Enter 보내기', 'Question · Enter sends'],
  'ai.label': ['질문', 'Question'],
});
