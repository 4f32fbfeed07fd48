// A console inside the server page: asks for a link, connects, and asks again when the connection was lost.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { openConsole, type ConsoleKind, type Server } from '../../api/compute';
import { Failure } from '../../ui/Failure';
import { Waiting } from '../../ui/Waiting';
import { useMay } from '../../app/rights';
import { conditionOf } from '../servers/condition';
import { ConnectedNow } from '../servers/tabs/ConsoleVisits';
import type { LinkState } from './link';

const VncScreen = lazy(() => import('./VncScreen'));
const SerialScreen = lazy(() => import('./SerialScreen'));

export function ConsoleFrame({ server, kind, hint }: { server: Server; kind: ConsoleKind; hint: string }) {
  const { t } = useTranslation();
  const condition = conditionOf(server);
  const connectable = condition === 'running' || condition === 'rebooting' || condition === 'paused';
  if (!connectable) return <Alert type="info">{t('console.notRunning')}</Alert>;
  return <OpenConsole serverId={server.id} kind={kind} hint={hint} />;
}

function OpenConsole({ serverId, kind, hint }: { serverId: string; kind: ConsoleKind; hint: string }) {
  const { t } = useTranslation();
  const seesOthers = useMay()('compute:console-visit:list');
  const [token, setToken] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [state, setState] = useState<LinkState>('connecting');
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    let wanted = true;
    setToken(null);
    setError(null);
    setState('connecting');
    openConsole(serverId, kind).then(
      (opened) => wanted && setToken(opened),
      (refused: unknown) => wanted && setError(refused),
    );
    return () => {
      wanted = false;
    };
  }, [serverId, kind, attempt]);

  const again = useCallback(() => setAttempt((before) => before + 1), []);
  const inWindow = async () => {
    try {
      const opened = await openConsole(serverId, kind);
      window.open(`/console/${kind}?token=${encodeURIComponent(opened)}`, '_blank', 'noopener');
    } catch (refused) {
      setError(refused);
    }
  };
  if (error) return <Failure error={error} header={t('console.failed')} onRetry={again} />;
  const Screen = kind === 'vnc' ? VncScreen : SerialScreen;
  return (
    <SpaceBetween size="s">
      {state === 'lost' && (
        <Alert type="warning" action={<Button onClick={again}>{t('console.reconnect')}</Button>}>
          {t('console.lost')}
        </Alert>
      )}
      <div className="console-frame" data-state={state}>
        <Suspense fallback={<Waiting />}>
          {token ? (
            <Screen
              key={token}
              token={token}
              onState={setState}
              extra={
                <Button iconName="external" onClick={() => void inWindow()}>
                  {t('console.window')}
                </Button>
              }
            />
          ) : (
            <Waiting />
          )}
        </Suspense>
      </div>
      <Box color="text-body-secondary" fontSize="body-s">
        {hint}
        {seesOthers && (
          <SpaceBetween direction="horizontal" size="xs">
            <span>{t('visits.label')}:</span>
            <div>
              <ConnectedNow server={serverId} />
            </div>
          </SpaceBetween>
        )}
      </Box>
    </SpaceBetween>
  );
}
