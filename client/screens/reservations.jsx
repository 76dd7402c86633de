// As system 1's document prints it. Added are the first import, the export, the list's fetching, and what it shows.
import { useEffect, useState } from 'react';
import { useRealtime } from '@/lib/hooks/useRealtime';

export function ReservationsPage() {
  const token = localStorage.getItem('partner_token') || '';
  const [reservations, setReservations] = useState([]);

  useRealtime({
    token,
    enabled: true,
    onBooking: (data) => {
      // 예약 상태가 변경되면 목록 업데이트
      setReservations(prev => prev.map(booking => 
        booking.id === data.bookingId 
          ? { ...booking, status: data.status, paymentStatus: data.paymentStatus }
          : booking
      ));
      
      // 새 예약 추가
      if (data.status === 'pending') {
        fetchReservations(); // 전체 목록 다시 불러오기
      }
    },
  });

  async function fetchReservations() {
    const answer = await fetch('/api/bookings', { headers: { Authorization: `Bearer ${token}` } });
    setReservations((await answer.json()).items);
  }

  useEffect(() => { fetchReservations(); }, []);

  return <ul>{reservations.map(({ id, serviceName, status, paymentStatus }) =>
    <li key={id} data-key={id}>{serviceName}: {status}, {paymentStatus}</li>)}</ul>;
}
