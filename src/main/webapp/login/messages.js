import {learn} from '/pages/language.js';

/** Words of this page: Korean, English. `{name}` is filled in. */
learn({
  'page.login': ['로그인', 'Sign in'],
  'login.as': ['지금 {name} 님으로 로그인되어 있습니다.', 'You are logged in as {name}.'],
  'register.title': ['처음이신가요?', 'New here?'],
  'register.name': ['이름', 'Name'],
  'register.password': ['비밀번호 (8자 이상)', 'Password (8 characters or more)'],
  'register.submit': ['가입하기', 'Register'],
});
