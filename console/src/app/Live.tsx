// The pages follow the service: what it tells has changed is asked for again, and the top bar says when it tells nothing any more.
import { useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useRef, useState, useSyncExternalStore, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { tellPolling } from '../api/polling';
import { useFormat } from '../ui/useFormat';
import { Following } from './following';
import { ownerOf } from './kept';
import { readOnce } from './oneReader';
import { Refresher } from './refresher';
import { useSession } from './session';

/** A page that nobody looks at follows for so long, in milliseconds. */
const HIDDEN_FOR = 60_000;

const FollowingContext = createContext<Following | null>(null);

export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const session = useSession();
  const [refresher] = useState(() => new Refresher(client));
  const owner = useRef('');
  const [following] = useState(() => new Following((news) => refresher.take(news), readOnce(() => owner.current)));
  const wasLive = useRef(false);
  const { state } = useSyncExternalStore(following.subscribe, following.connection);

  useEffect(() => {
    owner.current = ownerOf(session);
  }, [session]);

  useEffect(() => {
    let resting: number | undefined;
    const look = () => {
      window.clearTimeout(resting);
      if (document.visibilityState === 'hidden') resting = window.setTimeout(() => following.stop(), HIDDEN_FOR);
      else following.start();
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => {
      window.clearTimeout(resting);
      document.removeEventListener('visibilitychange', look);
    };
  }, [following, session.expires]);
  useEffect(() => () => following.stop(), [following]);

  useEffect(() => {
    tellPolling(state === 'live');
    if (state === 'live') wasLive.current = true;
    else if (wasLive.current && state !== 'off' && state !== 'opening') {
      wasLive.current = false;
      refresher.take('everything'); // who waits for being told would wait long
    }
    return () => tellPolling(false);
  }, [state, refresher]);

  return <FollowingContext value={following}>{children}</FollowingContext>;
}

const NOBODY = new Following(() => undefined);

/** The line below the top bar, there while the connection is lost; read out when that begins and when it ends. */
export function ConnectionSign() {
  const { t } = useTranslation();
  const format = useFormat();
  const following = useContext(FollowingContext) ?? NOBODY;
  const { state, heardAt } = useSyncExternalStore(following.subscribe, following.connection);
  const [wasLost, setWasLost] = useState(false);
  if (state === 'lost' && !wasLost) setWasLost(true);
  if ((state === 'off' || state === 'without') && wasLost) setWasLost(false);
  const lost = wasLost && state !== 'live' && state !== 'off';
  const words = navigator.onLine ? t('live.lost') : t('live.offline');
  return (
    <div role="status" className={lost ? 'connection-lost' : 'unseen'}>
      {lost && words}
      {lost && heardAt > 0 && ` ${t('live.asOf', { time: format.clock(heardAt) })}`}
      {wasLost && state === 'live' && t('live.back')}
    </div>
  );
}
