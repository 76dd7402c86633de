/** Rooms with characters: messages, answers, and what is being sent. */
export {ChatRoom} from './chat-room.js';
export {handleSSEStream, sendMessage} from './send-message.js';
export {askAI, Run, runsUnderWay, stopRun, Typing} from './ai.js';
