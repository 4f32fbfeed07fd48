// The frame around every page: top bar, side navigation, path, notices.
import AppLayout from '@cloudscape-design/components/app-layout';
import BreadcrumbGroup from '@cloudscape-design/components/breadcrumb-group';
import Flashbar from '@cloudscape-design/components/flashbar';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { queries } from '../api/queries';
import { noteVisit } from '../pages/home/visits';
import { Waiting } from '../ui/Waiting';
import { CrumbsContext, type Crumb } from './crumbs';
import { NoticesProvider, useNoticeList } from './notices';
import { Navigation } from './Navigation';
import { usePalette } from './palette/usePalette';
import { Pages } from './Pages';
import { LookContext, useLookPanel } from './quickLook';
import { RightsContext } from './rights';
import { useSession } from './session';
import { TopBar } from './TopBar';
import { Unshown } from './Unshown';
import { UploadsProvider } from './uploads';
import { WatchProvider } from './watch';

const Palette = lazy(() => import('./palette/Palette'));
const Help = lazy(() => import('../pages/manual/Help'));

const NONE: ReadonlySet<string> = new Set();

export default function Shell({ onLeft }: { onLeft: () => void }) {
  return (
    <NoticesProvider>
      <WatchProvider>
        <UploadsProvider>
          <Frame onLeft={onLeft} />
        </UploadsProvider>
      </WatchProvider>
    </NoticesProvider>
  );
}

function Frame({ onLeft }: { onLeft: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const session = useSession();
  const rights = useQuery(queries.rights());
  useEffect(() => noteVisit(session), [pathname, session]);
  const notices = useNoticeList();
  const palette = usePalette();
  const { looking, layout } = useLookPanel();
  const [navigationOpen, setNavigationOpen] = useState(() => window.innerWidth > 900);
  const [helpOpen, setHelpOpen] = useState(false);
  const [crumbs, setCrumbs] = useState<readonly Crumb[]>([]);
  const items = useMemo(() => crumbs.map((crumb) => ({ text: crumb.text, href: crumb.href ?? '#' })), [crumbs]);
  // No page is shown as somebody else's for a moment; if the rights cannot be read, only what needs none is shown.
  // Cloudscape's bar of a narrow window says how it lies, which ARIA does not know of a navigation.
  useEffect(() => document.querySelectorAll('nav[aria-orientation]').forEach((nav) => nav.removeAttribute('aria-orientation')));
  const bar = <TopBar onLeft={onLeft} onSearch={() => palette.setOpen(true)} />;
  if (rights.isPending) {
    return (
      <>
        {bar}
        <Waiting />
      </>
    );
  }
  return (
    <RightsContext value={rights.data ?? NONE}>
      <a
        className="skip"
        href="#content"
        onClick={(event) => {
          event.preventDefault();
          document.getElementById('content')?.focus();
        }}
      >
        {t('nav.skip')}
      </a>
      {/* A page that was opened is told to who does not see it. */}
      <div role="status" className="unseen">
        {crumbs.at(-1)?.text}
      </div>
      {bar}
      {palette.open && (
        <Suspense fallback={null}>
          <Palette onClose={() => palette.setOpen(false)} />
        </Suspense>
      )}
      <AppLayout
        headerSelector="#top-navigation"
        tools={
          helpOpen && (
            <Unshown page={pathname}>
              <Suspense fallback={<Waiting />}>
                <Help />
              </Suspense>
            </Unshown>
          )
        }
        toolsOpen={helpOpen}
        toolsWidth={380}
        onToolsChange={({ detail }) => setHelpOpen(detail.open)}
        ariaLabels={{ tools: t('help.title'), toolsToggle: t('help.panel'), toolsClose: t('help.close') }}
        {...layout}
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
            <div id="content" tabIndex={-1}>
              <Unshown page={pathname}>
                <LookContext value={looking}>
                  <Suspense fallback={<Waiting />}>
                    <Pages />
                  </Suspense>
                </LookContext>
              </Unshown>
            </div>
          </CrumbsContext>
        }
      />
    </RightsContext>
  );
}
