// Follows what was asked of a server until it is done, and says so above whatever page is open by then.
import Button from '@cloudscape-design/components/button';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useCallback, useContext, useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ApiError } from '../api/http';
import { queries } from '../api/queries';
import { useNotices } from './notices';
import { judge, type Goal } from './goal';

interface Watched {
  key: string;
  id: string;
  name: string;
  goal: Goal;
}

type Watch = (id: string, name: string, goal: Goal) => void;

const WatchContext = createContext<Watch | null>(null);

export function WatchProvider({ children }: { children: ReactNode }) {
  const [list, setList] = useState<readonly Watched[]>([]);
  const watch = useCallback<Watch>((id, name, goal) => {
    // A newer wish for the same server takes the place of the older.
    setList((before) => [...before.filter((each) => each.id !== id), { key: crypto.randomUUID(), id, name, goal }]);
  }, []);
  const end = useCallback((key: string) => setList((before) => before.filter((each) => each.key !== key)), []);
  return (
    <WatchContext value={watch}>
      {list.map((watched) => (
        <Watcher key={watched.key} watched={watched} onEnd={end} />
      ))}
      {children}
    </WatchContext>
  );
}

/** Starts to follow a server towards a goal. */
export function useWatch(): Watch {
  const watch = useContext(WatchContext);
  if (!watch) throw new Error('useWatch outside of WatchProvider');
  return watch;
}

function Watcher({ watched, onEnd }: { watched: Watched; onEnd: (key: string) => void }) {
  const { t } = useTranslation();
  const { show } = useNotices();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { key, id, name, goal } = watched;
  const { data, error, isFetchedAfterMount } = useQuery({ ...queries.server(id), retry: false });
  const gone = error instanceof ApiError && error.status === 404;
  const verdict = isFetchedAfterMount || gone ? judge(goal, gone ? 'gone' : data) : 'going';
  const fault = data?.fault?.message;

  useEffect(() => {
    const open = <Button onClick={() => void navigate(`/servers/${id}`)}>{t('watch.open')}</Button>;
    switch (verdict) {
      case 'going':
        show({ id: key, type: 'in-progress', loading: true, header: t(`watch.${goal}.going`, { name }) });
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
  }, [verdict, key, id, name, goal, fault, show, client, navigate, onEnd, t]);
  return null;
}
