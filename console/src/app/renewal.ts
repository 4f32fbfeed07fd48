// Keeps the session open while its user works. A session that nobody uses ends by itself: the service gives its token the idle limit to live.
import { useEffect, useRef } from 'react';
import { renewSession, type Session } from '../api/session';

/** What a person does; what the pages ask by themselves is none of it. */
const DOINGS = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const;

/** milliseconds */
const LOOK_EVERY = 30_000;
const RENEW_BEFORE = 15 * 60_000;

/** Whether to renew now: not much is left, and something was done since the last time. */
export function isDue(now: number, expires: number, renewedAt: number, doneAt: number): boolean {
  return expires - now <= RENEW_BEFORE && doneAt > renewedAt;
}

export function useRenewal(session: Session | null | undefined, renewed: (session: Session) => void) {
  const expires = session?.expires;
  const tell = useRef(renewed);
  const doneAt = useRef(0);
  const renewedAt = useRef(0);
  useEffect(() => {
    tell.current = renewed;
  }, [renewed]);
  useEffect(() => {
    if (!expires) return;
    const end = new Date(expires).getTime();
    const done = () => {
      doneAt.current = Date.now();
    };
    for (const doing of DOINGS) window.addEventListener(doing, done, { passive: true, capture: true });
    const timer = window.setInterval(() => {
      const now = Date.now();
      if (!isDue(now, end, renewedAt.current, doneAt.current)) return;
      renewedAt.current = now;
      renewSession(Math.floor((now - doneAt.current) / 1_000)).then((fresh) => tell.current(fresh), () => undefined);
    }, LOOK_EVERY);
    return () => {
      window.clearInterval(timer);
      for (const doing of DOINGS) window.removeEventListener(doing, done, { capture: true });
    };
  }, [expires]);
}
