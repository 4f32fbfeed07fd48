// The frame around every page: top bar, side navigation, path, notices.
import AppLayout from '@cloudscape-design/components/app-layout';
import BreadcrumbGroup from '@cloudscape-design/components/breadcrumb-group';
import Flashbar from '@cloudscape-design/components/flashbar';
import { useQuery } from '@tanstack/react-query';
import { Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { queries } from '../api/queries';
import { Waiting } from '../ui/Waiting';
import { CrumbsContext, type Crumb } from './crumbs';
import { NoticesProvider, useNoticeList } from './notices';
import { LiveProvider } from './Live';
import { Navigation } from './Navigation';
import { Pages } from './Pages';
import { RightsContext } from './rights';
import { TopBar } from './TopBar';
import { Unshown } from './Unshown';
import { UploadsProvider } from './uploads';
import { WatchProvider } from './watch';

const NONE: ReadonlySet<string> = new Set();

export default function Shell({ onLeft }: { onLeft: () => void }) {
  return (
    <NoticesProvider>
      <WatchProvider>
        <UploadsProvider>
          <LiveProvider>
            <TopBar onLeft={onLeft} />
            <Frame />
          </LiveProvider>
        </UploadsProvider>
      </WatchProvider>
    </NoticesProvider>
  );
}

function Frame() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const rights = useQuery(queries.rights());
  const notices = useNoticeList();
  const [navigationOpen, setNavigationOpen] = useState(() => window.innerWidth > 900);
  const [crumbs, setCrumbs] = useState<readonly Crumb[]>([]);
  const items = useMemo(() => crumbs.map((crumb) => ({ text: crumb.text, href: crumb.href ?? '#' })), [crumbs]);
  // No page is shown as somebody else's for a moment; if the rights cannot be read, only what needs none is shown.
  if (rights.isPending) return <Waiting />;
  return (
    <RightsContext value={rights.data ?? NONE}>
      <AppLayout
        headerSelector="#top-navigation"
        toolsHide
        navigation={<Navigation />}
        navigationOpen={navigationOpen}
        onNavigationChange={({ detail }) => setNavigationOpen(detail.open)}
        notifications={<Flashbar items={notices} stackItems={notices.length > 3} />}
        breadcrumbs={
          items.length > 1 && <BreadcrumbGroup
            items={items}
            ariaLabel={t('nav.path')}
            onFollow={(event) => {
              event.preventDefault();
              if (event.detail.href !== '#') void navigate(event.detail.href);
            }}
          />
        }
        content={
          <CrumbsContext value={setCrumbs}>
            <Unshown page={pathname}>
              <Suspense fallback={<Waiting />}>
                <Pages />
              </Suspense>
            </Unshown>
          </CrumbsContext>
        }
      />
    </RightsContext>
  );
}
