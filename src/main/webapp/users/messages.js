import {learn} from '/pages/language.js';

/** Words of this page: Korean, English. `{name}` is filled in. */
learn({
  'users.find': ['이름이나 이메일로 찾기', 'Find by name or email'],
  'users.findHint': ['예: kim', 'for example kim'],
  'users.more': ['더 보기', 'More'],
  'users.none': ['찾은 사용자가 없습니다.', 'Nobody was found.'],
  'users.facts': ['번호 {id} · 가입 {since} · 로그인 {logins}', 'No. {id} · since {since} · {logins} logins'],
  'users.rolesOf': ['{name}의 역할', 'Roles of {name}'],
  'users.roleOf': ['{name}: {role}', '{role}, role of {name}'],
  'users.given': ['{name}: {role} 역할을 주었습니다.', '{name} has the role {role} now.'],
  'users.taken': ['{name}: {role} 역할을 거두었습니다.', 'The role {role} is taken from {name}.'],
  'users.revokeOf': ['{name}: 로그인 끝내기', 'End logins of {name}'],
  'users.revokeTitle': ['{name}의 로그인을 모두 끝낼까요?', 'End all logins of {name}?'],
  'users.revoked': ['{name}의 로그인을 끝냈습니다.', 'The logins of {name} have ended.'],
  'users.remove': ['삭제', 'Remove'],
  'users.removeOf': ['{name} 삭제', 'Remove {name}'],
  'users.removeTitle': ['{name} 님을 삭제할까요?', 'Remove {name}?'],
  'users.removeText': ['로그인·연결·친구 관계가 사라지고, 모든 대화방에서 나갑니다. 되돌릴 수 없습니다.', 'Logins, streams and friendships end, and all rooms are left. This cannot be undone.'],
  'users.removed': ['{name} 님을 삭제했습니다.', '{name} is removed.'],
  'role.admin': ['관리자', 'admin'],
  'role.barista': ['바리스타', 'barista'],
  'role.kiosk': ['키오스크', 'kiosk'],
  'role.partner': ['파트너', 'partner'],
  'role.customer': ['고객', 'customer'],
  'role.publisher': ['발행자', 'publisher'],
});
