// As system 3's document prints them ("SSE 컴포넌트들"). Added are the imports, the export, the setter and the name for the test.
import { useState } from 'react';
import { AIResponseStream, SSEVoteDisplay } from '../src/react.js';
import { user } from './user.js';

export function Components() {
  const [, setVoteStats] = useState(null);
  return (
    <>
      <SSEVoteDisplay 
        clientId={user.empNo}
        onVoteUpdate={(data) => {
          // 실시간 투표 업데이트
          setVoteStats(data);
        }}
      />
      <AIResponseStream 
        clientId={user.empNo}
        onComplete={(response) => {
          // AI 응답 완료
          console.log('AI Response:', response);
          document.body.dataset.whole = response;
        }}
      />
    </>
  );
}
