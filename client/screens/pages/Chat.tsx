// Chat.tsx, as system 3's document prints it ("Chat.tsx에 통합"). Added are the imports of what it takes from elsewhere, the export, and the lists.
import React, { useState } from 'react';
import { Box, Chip, queryClient, useAuth } from './stand-ins.jsx';
import { useVoteSSE, useChatSSE, useAISSE } from '../hooks/useSSE';

const Chat: React.FC = () => {
  const { user } = useAuth();
  const [messages, setMessages] = useState([]);
  const [answer, setAnswer] = useState('');
  const addChatMessage = (message) => setMessages(prev => [...prev, message]);
  const appendAIResponse = (content) => setAnswer(prev => prev + content);
  
  // 투표 실시간 업데이트
  const { isConnected: voteConnected } = useVoteSSE(user.empNo, (data) => {
    queryClient.setQueryData(['vote-stats'], data);
  });
  
  // 채팅 실시간 업데이트
  const { isConnected: chatConnected } = useChatSSE(user.empNo, (data) => {
    addChatMessage(data);
  });
  
  // AI 응답 실시간 스트리밍
  const { isConnected: aiConnected } = useAISSE(user.empNo, (data) => {
    if (data.type === 'ai_response') {
      appendAIResponse(data.content);
    }
  });

  return (
    <Box>
      {/* 연결 상태 */}
      <Box sx={{ mb: 2 }}>
        <Chip 
          label={`투표: ${voteConnected ? '🟢' : '🔴'}`}
          size="small"
          sx={{ mr: 1 }}
        />
        <Chip 
          label={`채팅: ${chatConnected ? '🟢' : '🔴'}`}
          size="small"
          sx={{ mr: 1 }}
        />
        <Chip 
          label={`AI: ${aiConnected ? '🟢' : '🔴'}`}
          size="small"
        />
      </Box>
      
      {/* 기존 채팅 UI */}
      <ul>{messages.map(message => <li key={message.id}>{message.senderName}: {message.content}</li>)}</ul>
      <p id="response">{answer}</p>
    </Box>
  );
};

export { Chat };
