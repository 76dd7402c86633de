// As system 3's document prints it ("GPT 스타일 AI 채팅"). Added are the imports, the export, who the user is, and the names for the test.
import { useState } from 'react';
import { useAISSE } from './hooks/useSSE';
import { user } from './user.js';

export function AIChat() {
  const [question, setQuestion] = useState('');
  const [response, setResponse] = useState('');
  
  const { isConnected } = useAISSE(user.empNo, (data) => {
    if (data.type === 'ai_response') {
      // 실시간 스트리밍
      setResponse(prev => prev + data.content);
    } else if (data.type === 'ai_complete') {
      // 응답 완료
      console.log('AI Response Complete');
      document.body.dataset.whole = data.content;
    }
  });

  const sendQuestion = () => {
    // AI API 호출
    fetch('/api/ai/chat', {
      method: 'POST',
      body: JSON.stringify({ question })
    });
  };

  return (
    <div>
      <input 
        value={question}
        onChange={(e) => setQuestion(e.target.value)}
      />
      <button onClick={sendQuestion}>질문하기</button>
      
      <div id="response">
        {response}
        {isConnected && <span>▋</span>}
      </div>
    </div>
  );
}
