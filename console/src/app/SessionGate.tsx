// Lets a visitor with a session through to the console and asks everybody else to log in.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';
import { ApiError, onSessionLost } from '../api/http';
import { readSession, renewSession, type Session } from '../api/session';
import { Waiting } from '../ui/Waiting';
import { SessionContext } from './session';

const LogIn = lazy(() => import('../pages/login/LogIn'));
const LogInAgain = lazy(() => import('../pages/login/LogInAgain'));
const Shell = lazy(() => import('./Shell'));

/** A session is renewed when less than this is left of it, in milliseconds. */
const RENEW_BEFORE = 15 * 60_000;

export function SessionGate() {
  const client = useQueryClient();
  const [lost, setLost] = useState(false);
  const session = useQuery({ queryKey: ['session'], queryFn: readSession, staleTime: Infinity, retry: 2 });

  useEffect(() => onSessionLost(() => setLost(true)), []);
  useRenewal(session.data, (renewed) => client.setQueryData(['session'], renewed));

  const entered = (opened: Session) => {
    const same = session.data?.user.id === opened.user.id && session.data.project?.id === opened.project?.id;
    setLost(false);
    client.setQueryData(['session'], opened);
    if (same) void client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'session' });
    else client.removeQueries({ predicate: (query) => query.queryKey[0] !== 'session' });
  };
  const left = () => {
    client.clear();
    client.setQueryData(['session'], null);
    setLost(false);
  };

  if (session.isPending) return <Waiting />;
  if (!session.data) {
    const refused = session.error instanceof ApiError && (session.error.status === 401 || session.error.status === 403);
    return (
      <Suspense fallback={<Waiting />}>
        <LogIn onEntered={entered} trouble={session.error && !refused ? session.error : null} />
      </Suspense>
    );
  }
  return (
    <SessionContext value={session.data}>
      <Suspense fallback={<Waiting />}>
        <Shell onLeft={left} />
        {lost && <LogInAgain session={session.data} onEntered={entered} onLeft={left} />}
      </Suspense>
    </SessionContext>
  );
}

function useRenewal(session: Session | null | undefined, renewed: (session: Session) => void) {
  const expires = session?.expires;
  useEffect(() => {
    if (!expires) return;
    const wait = Math.max(new Date(expires).getTime() - Date.now() - RENEW_BEFORE, 30_000);
    const timer = window.setTimeout(() => {
      // A page that nobody looks at lets its session end.
      if (document.visibilityState === 'visible') renewSession().then(renewed, () => undefined);
    }, wait);
    return () => window.clearTimeout(timer);
  }, [expires, renewed]);
}
