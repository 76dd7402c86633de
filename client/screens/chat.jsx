// As system 1's document prints it. Added are the first import, the export, and what it shows.
import { useState } from 'react';
import { useRealtime } from '@/lib/hooks/useRealtime';

export function ChatPage() {
  const token = localStorage.getItem('partner_token') || '';
  const [messages, setMessages] = useState([]);

  useRealtime({
    token,
    enabled: true,
    onMessage: (data) => {
      // 새 메시지가 도착하면 상태 업데이트
      setMessages(prev => [...prev, data]);
    },
    onConnected: () => {
      console.log('실시간 연결 완료');
    },
    onError: (error) => {
      console.error('실시간 연결 오류:', error);
    },
  });

  return <ul>{messages.map(message => <li key={message.id}>{message.senderName}: {message.content}</li>)}</ul>;
}
