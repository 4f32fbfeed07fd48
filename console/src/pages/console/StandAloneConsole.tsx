// A console in a window of its own, opened by a link with a token; no session is needed.
import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import { Waiting } from '../../ui/Waiting';
import type { LinkState } from './link';

const VncScreen = lazy(() => import('./VncScreen'));
const SerialScreen = lazy(() => import('./SerialScreen'));

export default function StandAloneConsole() {
  const { t } = useTranslation();
  const { kind } = useParams();
  const [search] = useSearchParams();
  const [token] = useState(() => search.get('token'));
  const [state, setState] = useState<LinkState>('connecting');
  const title = t(kind === 'serial' ? 'console.serial' : 'console.vnc');
  useEffect(() => {
    document.title = `${title} | ${t('product')}`;
  }, [title, t]);
  if (!token || (kind !== 'vnc' && kind !== 'serial')) {
    return (
      <main>
        <Ended text={t('console.noToken')} />
      </main>
    );
  }
  const Screen = kind === 'vnc' ? VncScreen : SerialScreen;
  return (
    <main className="console-window">
      {state === 'lost' && <Ended text={t('console.linkEnded')} />}
      <Suspense fallback={<Waiting />}>
        <Screen token={token} onState={setState} />
      </Suspense>
    </main>
  );
}

function Ended({ text }: { text: string }) {
  const { t } = useTranslation();
  return (
    <div role="alert" className="console-ended">
      <SpaceBetween size="xs">
        <Box variant="h1" fontSize="heading-m">{t('console.endedTitle')}</Box>
        <Box>{text}</Box>
      </SpaceBetween>
    </div>
  );
}
