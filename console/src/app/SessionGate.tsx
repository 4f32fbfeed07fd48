// Lets a visitor with a session through to the console and asks everybody else to log in.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';
import { ApiError, onSessionLost } from '../api/http';
import { queries } from '../api/queries';
import { readSession, type Session } from '../api/session';
import { Waiting } from '../ui/Waiting';
import { LiveProvider } from './Live';
import { useRenewal } from './renewal';
import { SessionContext } from './session';
import { followOtherTabs, leaveView } from './viewing/leaveView';

const LogIn = lazy(() => import('../pages/login/LogIn'));
const LogInAgain = lazy(() => import('../pages/login/LogInAgain'));
const loadShell = () => import('./Shell');
const Shell = lazy(loadShell);
const AskReason = lazy(() => import('./AskReason').then((module) => ({ default: module.AskReason })));
const ProveAgain = lazy(() => import('./ProveAgain').then((module) => ({ default: module.ProveAgain })));

export function SessionGate() {
  const client = useQueryClient();
  const [lost, setLost] = useState(false);
  // What the console needs next is fetched beside the session, not after it: each step that waits for another is one more way over the network.
  useState(() => void loadShell());
  const readFirst = async () => {
    const opened = await readSession();
    if (opened) void client.prefetchQuery(queries.rights());
    return opened;
  };
  const session = useQuery({ queryKey: ['session'], queryFn: readFirst, staleTime: Infinity, retry: 2 });

  const viewing = session.data?.viewing !== undefined;
  useEffect(
    () =>
      onSessionLost(() => {
        // A view that has ended gives back the visitor's own session; without that, or if nobody answers, he logs in.
        if (viewing) leaveView().catch(() => setLost(true));
        else setLost(true);
      }),
    [viewing],
  );
  useEffect(followOtherTabs, []);
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
    const refused = session.error instanceof ApiError && [401, 403].includes(session.error.status) && !session.error.bySource;
    return (
      <Suspense fallback={<Waiting />}>
        <LogIn onEntered={entered} trouble={session.error && !refused ? session.error : null} />
      </Suspense>
    );
  }
  return (
    <SessionContext value={session.data}>
      {/* Around all that is yet to come, so that the pages ask after it has begun to listen, and not twice. */}
      <LiveProvider>
        <Suspense fallback={<Waiting />}>
          <Shell onLeft={left} />
          <ProveAgain onProved={(proved) => client.setQueryData(['session'], proved)} />
          <AskReason />
          {lost && <LogInAgain session={session.data} onEntered={entered} onLeft={left} />}
        </Suspense>
      </LiveProvider>
    </SessionContext>
  );
}
