// useChat of @ai-sdk/react as it comes, but for ?resuming: then its fetch is the client's.
import { useState } from 'react';
import { useChat } from '@ai-sdk/react';
import { DefaultChatTransport } from 'ai';
import { resumingFetch } from '../src/ai.js';

const parameters = new URLSearchParams(location.search);
const id = parameters.get('chat');

export function UseChat() {
  const [input, setInput] = useState('');
  const [transport] = useState(() => new DefaultChatTransport({ api: '/api/ai/ui/chat', ...parameters.has('resuming') && { fetch: resumingFetch() } }));
  const { messages, status, sendMessage, resumeStream } = useChat({ id, resume: true, transport });
  const send = event => {
    event.preventDefault();
    sendMessage({ text: input });
    setInput('');
  };
  return (
    <form onSubmit={send} data-status={status}>
      {messages.map(message => <p key={message.id} className={message.role}>
        {message.parts.filter(part => part.type === 'text').map(part => part.text).join('')}
      </p>)}
      <input value={input} onChange={event => setInput(event.target.value)} />
      <button id="stop" type="button" onClick={() => fetch(`/api/ai/ui/chat/${id}/stop`, { method: 'POST' })}>Stop</button>
      <button id="again" type="button" onClick={() => resumeStream()}>Resume</button>
    </form>
  );
}
