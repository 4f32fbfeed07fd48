// Everything about one server, in tabs; the open tab is part of the address.
import Alert from '@cloudscape-design/components/alert';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Tabs from '@cloudscape-design/components/tabs';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { ApiError } from '../../api/http';
import { queries } from '../../api/queries';
import { useCrumbs } from '../../app/crumbs';
import { useMay } from '../../app/rights';
import { Failure } from '../../ui/Failure';
import { RouteButton } from '../../ui/RouteButton';
import { Waiting } from '../../ui/Waiting';
import { HeldMark } from '../evidence/HeldMark';
import NotFound from '../NotFound';
import { ServerActions } from './ServerActions';
import { ServerDescription, ServerName } from './ServerNaming';
import { Overview } from './tabs/Overview';
import { reasonWords } from '../../i18n/reasons';

const GraphicalConsole = lazy(() => import('./tabs/GraphicalConsole'));
const SerialConsole = lazy(() => import('./tabs/SerialConsole'));
const ConsoleLog = lazy(() => import('./tabs/ConsoleLog'));
const ServerNetwork = lazy(() => import('./tabs/ServerNetwork'));
const ServerSchedules = lazy(() => import('./tabs/ServerSchedules'));
const Placement = lazy(() => import('./tabs/Placement'));
const ServerHistory = lazy(() => import('./tabs/ServerHistory'));

const TABS = ['overview', 'console', 'serial', 'log', 'network', 'schedules', 'history', 'placement'] as const;
/** What shows the inside of the server is for who works with it. */
const INSIDE: readonly (typeof TABS)[number][] = ['console', 'serial', 'log'];

export default function ServerPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay();
  const mayAct = may('compute:server:act');
  const mayHosts = may('compute:host:show');
  const { id = '', tab = 'overview' } = useParams();
  const { data: server, error, refetch } = useQuery(queries.server(id));
  useCrumbs({ text: t('nav.servers'), href: '/servers' }, { text: server?.name ?? id });

  if (error instanceof ApiError && error.status === 404) return <NotFound />;
  if (!server) return error ? <Failure error={error} onRetry={() => void refetch()} /> : <Waiting />;

  const content = {
    overview: <Overview server={server} />,
    console: <GraphicalConsole server={server} />,
    serial: <SerialConsole server={server} />,
    log: <ConsoleLog server={server} />,
    network: <ServerNetwork server={server} />,
    schedules: <ServerSchedules server={server} />,
    history: <ServerHistory server={server} />,
    placement: <Placement server={server.id} />,
  };
  const tabs = TABS.filter((each) => (mayAct || !INSIDE.some((inside) => inside === each)) && (mayHosts || each !== 'placement'));
  const active = tabs.find((each) => each === tab) ?? 'overview';
  return (
    <ContentLayout
      header={
        <SpaceBetween size="m">
          <Header
            variant="h1"
            description={<ServerDescription server={server} />}
            actions={mayAct && <ServerActions servers={[server]} asked onDeleted={() => void navigate('/servers')} />}
          >
            <ServerName server={server} />
          </Header>
          {server.tenant_id && <HeldMark project={server.tenant_id} thing={server.id} />}
          {server.fault && (
            <Alert
              type="error"
              header={t('servers.fault')}
              action={mayHosts && <RouteButton to={`/servers/${id}/placement`}>{t('placement.title')}</RouteButton>}
            >
              {reasonWords(server.fault.message)}
            </Alert>
          )}
          {error && <Failure error={error} header={t('table.stale')} onRetry={() => void refetch()} />}
        </SpaceBetween>
      }
    >
      <Tabs
        activeTabId={active}
        onChange={({ detail }) => void navigate(`/servers/${id}/${detail.activeTabId}`, { replace: true })}
        tabs={tabs.map((each) => ({
          id: each,
          label: t(`servers.tabs.${each}`),
          // Only the open tab is there at all: a console that nobody looks at should not stay connected.
          content: each === active ? <Suspense fallback={<Waiting />}>{content[each]}</Suspense> : null,
        }))}
      />
    </ContentLayout>
  );
}
