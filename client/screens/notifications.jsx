// As system 1's document prints it. Added are the first import, the export, and what it shows.
import { useState } from 'react';
import { useRealtime } from '@/lib/hooks/useRealtime';

export function NotificationsPage() {
  const token = localStorage.getItem('customer_token') || '';
  const [notifications, setNotifications] = useState([]);

  useRealtime({
    token,
    enabled: true,
    onNotification: (data) => {
      // 새 알림 추가
      setNotifications(prev => [data, ...prev]);
      
      // 브라우저 알림 표시 (선택사항)
      if ('Notification' in window && Notification.permission === 'granted') {
        new Notification(data.title, {
          body: data.message,
          icon: '/favicon.ico',
        });
      }
    },
  });

  return <ul>{notifications.map(({ id, title, message }) => <li key={id}>{title}: {message}</li>)}</ul>;
}
