import {learn} from '/pages/language.js';

/** Words of this page: Korean, English. `{name}` is filled in. */
learn({
  'votes.what': ['로그인 없이도 한 브라우저에 한 표입니다. 다시 누르면 표를 옮깁니다.', 'One vote for each browser, or each user. Choose again to change it.'],
  'votes.none': ['아직 투표가 없습니다.', 'There are no polls yet.'],
  'votes.total': ['{count}표', '{count} votes'],
  'votes.closedTotal': ['끝남 · {count}표', 'Closed · {count} votes'],
  'votes.count': ['{votes}표 · {percent}%', '{votes} · {percent}%'],
  'votes.close': ['투표 끝내기', 'Close the poll'],
  'votes.new': ['새 투표', 'New poll'],
  'votes.title': ['질문', 'Question'],
  'votes.options': ['답 (한 줄에 하나)', 'Answers (one a line)'],
  'votes.optionsHint': ['예\n아니요', 'Yes\nNo'],
  'votes.anonymous': ['로그인 없이도 투표', 'Take votes without a login'],
  'votes.open': ['열기', 'Open'],
  'votes.opened': ['투표를 열었습니다.', 'The poll is open.'],
});
