// Follows long work until it is done, and says so above whatever page is open by then, also after the page was loaded again.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/http';
import type { Server } from '../api/compute';
import { queries } from '../api/queries';
import { RouteButton } from '../ui/RouteButton';
import { useNotices } from './notices';
import { judge, type Goal } from './goal';
import { keep, ownerOf, readKept } from './kept';
import { useSession } from './session';
import { reasonWords } from '../i18n/reasons';

interface Watched {
  key: string;
  /** Of the server, or of the host. */
  id: string;
  name: string;
  /** `drain`: the host's servers go to other hosts. */
  goal: Goal | 'drain';
  /** milliseconds since 1970 */
  begun: number;
}

interface Watching {
  server: (id: string, name: string, goal: Goal) => void;
  drain: (host: string, name: string) => void;
}

const KEPT = 'unkai.watched';
const WatchContext = createContext<Watching | null>(null);

export function WatchProvider({ children }: { children: ReactNode }) {
  const owner = ownerOf(useSession());
  const [list, setList] = useState<readonly Watched[]>(() => readKept(KEPT, owner));
  useEffect(() => keep(KEPT, owner, list), [owner, list]);
  const watching = useMemo<Watching>(() => {
    // A newer wish for the same thing takes the place of the older.
    const add = (id: string, name: string, goal: Watched['goal']) =>
      setList((before) => [...before.filter((each) => each.id !== id), { key: crypto.randomUUID(), id, name, goal, begun: Date.now() }]);
    return { server: add, drain: (host, name) => add(host, name, 'drain') };
  }, []);
  const end = useCallback((key: string) => setList((before) => before.filter((each) => each.key !== key)), []);
  return (
    <WatchContext value={watching}>
      {list.map(({ goal, ...watched }) =>
        goal === 'drain' ? (
          <DrainWatcher key={watched.key} watched={watched} onEnd={end} />
        ) : (
          <ServerWatcher key={watched.key} watched={watched} goal={goal} onEnd={end} />
        ),
      )}
      {children}
    </WatchContext>
  );
}

function useWatching(): Watching {
  const watching = useContext(WatchContext);
  if (!watching) throw new Error('useWatch outside of WatchProvider');
  return watching;
}

/** Starts to follow a server towards a goal. */
export const useWatch = () => useWatching().server;

/** Starts to follow a host whose servers go to others. */
export const useWatchDrain = () => useWatching().drain;

interface WatcherProps {
  watched: Omit<Watched, 'goal'>;
  onEnd: (key: string) => void;
}

function ServerWatcher({ watched, goal, onEnd }: WatcherProps & { goal: Goal }) {
  const { t } = useTranslation();
  const { show } = useNotices();
  const client = useQueryClient();
  const { key, id, name } = watched;
  const { data, error, isFetchedAfterMount } = useQuery({ ...queries.server(id), retry: false });
  const gone = error instanceof ApiError && error.status === 404;
  const verdict = isFetchedAfterMount || gone ? judge(goal, gone ? 'gone' : data) : 'going';
  const fault = data?.fault && reasonWords(data.fault.message);
  const step = stepOf(data);

  useEffect(() => {
    const open = <RouteButton to={`/servers/${id}`}>{t('watch.open')}</RouteButton>;
    switch (verdict) {
      case 'going':
        show({
          id: key,
          type: 'in-progress',
          loading: true,
          header: t(`watch.${goal}.going`, { name }),
          content: step && t(`watch.steps.${step}`),
          action: goal === 'delete' ? undefined : open,
        });
        return;
      case 'done':
        show({ id: key, type: 'success', header: t(`watch.${goal}.done`, { name }), action: goal === 'delete' ? undefined : open });
        break;
      case 'failed':
        show({ id: key, type: 'error', header: t(`watch.${goal}.failed`, { name }), content: fault, action: open });
        break;
    }
    void client.invalidateQueries({ queryKey: ['servers'], exact: true });
    void client.invalidateQueries({ queryKey: ['limits'] });
    void client.invalidateQueries({ queryKey: ['history'] });
    onEnd(key);
  }, [verdict, step, key, id, name, goal, fault, show, client, onEnd, t]);
  return null;
}

const STEPS = [
  'scheduling',
  'networking',
  'block_device_mapping',
  'spawning',
  'resize_prep',
  'resize_migrating',
  'resize_migrated',
  'resize_finish',
  'resize_reverting',
  'rebuilding',
  'rebuild_block_device_mapping',
  'rebuild_spawning',
  'image_snapshot',
  'image_pending_upload',
  'image_uploading',
  'shelving',
  'shelving_image_uploading',
  'shelving_offloading',
  'unshelving',
  'powering-off',
] as const;

/** What the service does for it just now, where there is something to say. */
function stepOf(server: Server | undefined): (typeof STEPS)[number] | undefined {
  return STEPS.find((step) => step === server?.['OS-EXT-STS:task_state']);
}

function DrainWatcher({ watched, onEnd }: WatcherProps) {
  const { t } = useTranslation();
  const { show } = useNotices();
  const { key, id, name } = watched;
  const { data, error, isFetchedAfterMount } = useQuery({ ...queries.drain(id), retry: false });
  const gone = error instanceof ApiError && [403, 404].includes(error.status);
  const state = gone ? 'ended' : isFetchedAfterMount ? data?.state : undefined;
  const servers = data?.servers ?? [];
  const all = servers.length;
  const left = servers.filter((server) => ['moving', 'waiting', 'stuck'].includes(server.state)).length;
  const stuck = servers.filter((server) => server.state === 'stuck').length;

  useEffect(() => {
    const open = <RouteButton to="/hosts">{t('watch.open')}</RouteButton>;
    switch (state) {
      case 'drained':
        show({ id: key, type: 'success', header: t('watch.drain.done', { name }), action: open });
        break;
      case 'ended':
        show({ id: key, type: 'info', header: t('watch.drain.ended', { name }), action: open });
        break;
      case 'draining':
      case undefined:
        show({
          id: key,
          type: 'in-progress',
          loading: true,
          content: (
            <ProgressBar
              variant="flash"
              value={all === 0 ? 0 : Math.floor((100 * (all - left)) / all)}
              label={t('watch.drain.going', { name })}
              description={t('watch.drain.count', { gone: all - left, all })}
              additionalInfo={stuck > 0 && t('watch.drain.stuck', { stuck })}
            />
          ),
          action: open,
        });
        return;
    }
    onEnd(key);
  }, [state, all, left, stuck, key, name, show, onEnd, t]);
  return null;
}
