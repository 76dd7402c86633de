// As system 5's document prints it (its comments were garbled, and are left out). Added are where the names come from, the export, and the lines `shown(…)`.
import { useState } from 'react';

const [roomId, userId, userName, authToken] = ['room_id', 'user_id', 'user_name', 'auth_token'].map(name => localStorage.getItem(name));
let shown = (line) => { };

const sendMessage = async (roomId, message, userName, authToken) => {
  try {
    const response = await fetch(`/api/chat/rooms/${roomId}/send`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'Authorization': `Bearer ${authToken}`
      },
      body: JSON.stringify({
        message,
        sender: userId,
        userName
      })
    });
    
    if (!response.ok) {
      throw new Error(`HTTP error! status: ${response.status}`);
    }
    
    return response;
    
  } catch (error) {
    console.error('메시지 전송 실패:', error);
    throw error;
  }
};

const handleSSEStream = (response) => {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  
  const readStream = async () => {
    try {
      while (true) {
        const { value, done } = await reader.read();
        
        if (done) break;
        
        const chunk = decoder.decode(value, { stream: true });
        const lines = chunk.split('\n');
        
        for (const line of lines) {
          if (line.startsWith('data: ')) {
            const data = line.slice(6);
            
            if (data === '[DONE]') {
              console.log('✅ SSE 스트림 완료');
              shown('[DONE]');
              return;
            }
            
            try {
              const eventData = JSON.parse(data);
              handleSSEEvent(eventData);
            } catch (e) {
              // JSON 파싱 실패 무시
            }
          }
        }
      }
    } catch (error) {
      console.error('SSE 스트림 읽기 실패:', error);
    }
  };
  
  readStream();
};

const handleSSEEvent = (eventData) => {
  switch (eventData.type) {
    case 'user_message':
      shown(`user_message ${eventData.content}`);
      break;
      
    case 'text_chunk':
      shown(`text_chunk ${eventData.content}`);
      break;
      
    case 'ai_response':
      shown(`ai_response ${eventData.aiName}`);
      break;
      
    case 'exp_updated':
      shown(`exp_updated ${eventData.expIncrease}`);
      break;
      
    case 'complete':
      shown('complete');
      break;
      
    case 'error':
      shown(`error ${eventData.message}`);
      break;
      
    case 'timeout':
      shown(`timeout ${eventData.message}`);
      break;
  }
};

export function Send() {
  const [lines, setLines] = useState([]);
  shown = line => setLines(prev => [...prev, line]);
  const send = async () => {
    const response = await sendMessage(roomId, "안녕하세요!", userName, authToken);
    handleSSEStream(response);
  };
  return <><button onClick={send}>보내기</button><ol>{lines.map((line, n) => <li key={n}>{line}</li>)}</ol></>;
}
