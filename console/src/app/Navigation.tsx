// The side navigation: one link per kind of resource that the session may see.
import SideNavigation, { type SideNavigationProps } from '@cloudscape-design/components/side-navigation';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { queries } from '../api/queries';
import { groupsFor } from './places';
import { useMay } from './rights';

export function Navigation() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const may = useMay();
  // A customer without dedicated hosts has no use for their page.
  const hosts = useQuery({ ...queries.hosts(), enabled: may('hosts:host:list') });
  const ownHosts = (hosts.data?.length ?? 0) > 0;
  const items: SideNavigationProps.Item[] = groupsFor(may).map((group) => ({
    type: 'section-group',
    title: t(group.key),
    items: group.places
      .filter((place) => place.key !== 'nav.ownHosts' || ownHosts)
      .map((place) => ({ type: 'link', text: t(place.key), href: place.href })),
  }));
  return (
    <SideNavigation
      activeHref={`/${pathname.split('/')[1] ?? ''}`}
      items={[{ type: 'link', text: t('nav.home'), href: '/' }, ...items]}
      onFollow={(event) => {
        if (event.detail.external) return;
        event.preventDefault();
        void navigate(event.detail.href);
      }}
    />
  );
}
