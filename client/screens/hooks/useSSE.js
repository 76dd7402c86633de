// The file of the document's name; what it exports is the client's.
export { useAISSE, useChatSSE, useSSE, useVoteSSE } from '../../src/react.js';
