import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { useRealtime } from '@/lib/hooks/useRealtime';
import { AIChat } from './ai-chat.jsx';
import { ChatPage } from './chat.jsx';
import { Components } from './components.jsx';
import { NotificationsPage } from './notifications.jsx';
import { Chat } from './pages/Chat.tsx';
import { ReservationsPage } from './reservations.jsx';
import { Send } from './send.jsx';
import { UseChat } from './use-chat.jsx';

const SCREENS = {
  '/chat': [ChatPage, 'partner_token'],
  '/reservations': [ReservationsPage, 'partner_token'],
  '/notifications': [NotificationsPage, 'customer_token'],
  '/ai-chat': [AIChat],
  '/three-channels': [Chat],
  '/components': [Components],
  '/send': [Send],
  '/use-chat': [UseChat],
};

/** Says how the connection is; it is the one of the screen beside it. */
function ConnectionState({ token }) {
  const { name } = useRealtime({ token });
  return <p id="connection" data-state={name}>{name}</p>;
}

const screen = SCREENS[location.pathname];
if (screen !== undefined) {
  const [Screen, token] = screen;
  createRoot(document.getElementById('root')).render(
    <StrictMode>{token !== undefined && <ConnectionState token={localStorage.getItem(token) ?? ''} />}<Screen /></StrictMode>);
}
