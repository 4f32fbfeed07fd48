// The frame around every page: top bar, side navigation, path, notices.
import AppLayout from '@cloudscape-design/components/app-layout';
import BreadcrumbGroup from '@cloudscape-design/components/breadcrumb-group';
import Flashbar from '@cloudscape-design/components/flashbar';
import { Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { isOperator } from '../api/session';
import { Waiting } from '../ui/Waiting';
import { CrumbsContext, type Crumb } from './crumbs';
import { NoticesProvider, useNoticeList } from './notices';
import { Navigation } from './Navigation';
import { Pages } from './Pages';
import { useSession } from './session';
import { TopBar } from './TopBar';
import { UploadsProvider } from './uploads';
import { WatchProvider } from './watch';

export default function Shell({ onLeft }: { onLeft: () => void }) {
  return (
    <NoticesProvider>
      <WatchProvider>
        <UploadsProvider>
          <TopBar onLeft={onLeft} />
          <Frame />
        </UploadsProvider>
      </WatchProvider>
    </NoticesProvider>
  );
}

function Frame() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const session = useSession();
  const notices = useNoticeList();
  const [navigationOpen, setNavigationOpen] = useState(() => window.innerWidth > 900);
  const [crumbs, setCrumbs] = useState<readonly Crumb[]>([]);
  const items = useMemo(() => crumbs.map((crumb) => ({ text: crumb.text, href: crumb.href ?? '#' })), [crumbs]);
  return (
    <AppLayout
      headerSelector="#top-navigation"
      toolsHide
      navigation={<Navigation operator={isOperator(session)} />}
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
          <Suspense fallback={<Waiting />}>
            <Pages operator={isOperator(session)} />
          </Suspense>
        </CrumbsContext>
      }
    />
  );
}
