import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { useRealtime } from '@/lib/hooks/useRealtime';
import { ChatPage } from './chat.jsx';
import { NotificationsPage } from './notifications.jsx';
import { ReservationsPage } from './reservations.jsx';

const SCREENS = {
  '/chat': [ChatPage, 'partner_token'],
  '/reservations': [ReservationsPage, 'partner_token'],
  '/notifications': [NotificationsPage, 'customer_token'],
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
    <StrictMode><ConnectionState token={localStorage.getItem(token) ?? ''} /><Screen /></StrictMode>);
}
