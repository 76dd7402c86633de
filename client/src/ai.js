/** Answers in the making: ask, read them to their end over losses and reloads, stop them. */
export {askAI, runsUnderWay, stopRun} from './questions.js';
export {resumingFetch} from './resuming-fetch.js';
export {Run} from './run.js';
export {Typing} from './typing.js';
