import {learn} from '/pages/language.js';

/** Words of this page: Korean, English. `{name}` is filled in. */
learn({
  'chat.rooms': ['대화방', 'Rooms'],
  'chat.public': ['모두의 방', 'Public room'],
  'chat.unnamed': ['대화방', 'Room'],
  'chat.newRoom': ['새 대화', 'New room'],
  'chat.newPersona': ['새 캐릭터', 'New character'],
  'chat.with': ['누구와 이야기할까요? 여럿을 고르면 모두 답합니다.', 'Whom do you want to talk with? If there are several, all of them answer.'],
  'chat.roomName': ['방 이름 (여럿일 때)', 'Name of the room (for several)'],
  'chat.none': ['캐릭터를 하나 이상 고르세요.', 'Choose at least one character.'],
  'chat.open': ['시작', 'Start'],
  'chat.personaName': ['이름', 'Name'],
  'chat.personaPrompt': ['성격과 말투', 'Who it is, and how it talks'],
  'chat.personaAvatar': ['그림 문자', 'Emoji'],
  'chat.make': ['만들기', 'Make'],
  'chat.made': ['{name}: 이제 이야기할 수 있습니다.', '{name} can be talked with now.'],
  'chat.empty': ['아직 아무 말도 없습니다. 먼저 인사해 보세요.', 'Nothing was said yet. Say hello.'],
  'chat.older': ['이전 메시지', 'Older messages'],
  'chat.log': ['메시지', 'Messages'],
  'chat.level': ['친밀도 {exp} · {level}단계', 'Closeness {exp} · level {level}'],
  'chat.notSent': ['보내지 못했습니다: {why}', 'Not sent: {why}'],
  'chat.pending': ['보내는 중…', 'Sending…'],
});
