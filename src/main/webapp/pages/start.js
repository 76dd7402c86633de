import {byId} from './dom.js';
import {switchLanguage, translate} from './language.js';

translate(document.documentElement);
byId('language', HTMLButtonElement).addEventListener('click', switchLanguage);
