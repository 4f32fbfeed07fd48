// The side navigation: one link per kind of resource; who may operate the service sees how as well.
import SideNavigation, { type SideNavigationProps } from '@cloudscape-design/components/side-navigation';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { queries } from '../api/queries';
import { useMay } from './rights';

export function Navigation() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const may = useMay();
  const operator = may('hosts:host:manage');
  // A customer without dedicated hosts has no use for the page.
  const hosts = useQuery(queries.hosts());
  const items: SideNavigationProps.Item[] = [
    {
      type: 'section-group',
      title: t('nav.compute'),
      items: [
        { type: 'link', text: t('nav.servers'), href: '/servers' },
        { type: 'link', text: t('nav.images'), href: '/images' },
        { type: 'link', text: t('nav.keyPairs'), href: '/key-pairs' },
        ...(!operator && (hosts.data?.length ?? 0) > 0 ? [{ type: 'link' as const, text: t('nav.ownHosts'), href: '/hosts' }] : []),
      ],
    },
    {
      type: 'section-group',
      title: t('nav.network'),
      items: [
        { type: 'link', text: t('nav.topology'), href: '/topology' },
        { type: 'link', text: t('nav.networks'), href: '/networks' },
        { type: 'link', text: t('nav.routers'), href: '/routers' },
        { type: 'link', text: t('nav.floatingAddresses'), href: '/floating-addresses' },
        { type: 'link', text: t('nav.securityGroups'), href: '/security-groups' },
      ],
    },
    {
      type: 'section-group',
      title: t('nav.records'),
      items: [
        { type: 'link', text: t('nav.history'), href: '/history' },
        { type: 'link', text: t('nav.firewallLog'), href: '/firewall-log' },
      ],
    },
    {
      type: 'section-group',
      title: t('nav.contract'),
      items: [
        ...(may('application:list') ? [] : [{ type: 'link' as const, text: t('nav.ownContract'), href: '/contract' }]),
        { type: 'link', text: t('nav.plans'), href: '/plans' },
      ],
    },
    {
      type: 'section-group',
      title: t('nav.access'),
      items: [
        { type: 'link', text: t('nav.signIns'), href: '/sign-ins' },
        { type: 'link', text: t('nav.sourceAddresses'), href: '/source-addresses' },
        { type: 'link', text: t('nav.vpnSessions'), href: '/vpn-sessions' },
      ],
    },
  ];
  const operation: SideNavigationProps.Link[] = [
    ...(operator ? [{ type: 'link' as const, text: t('nav.hosts'), href: '/hosts' }] : []),
    ...(may('operation:break-glass:list') ? [{ type: 'link' as const, text: t('nav.breakGlass'), href: '/break-glass' }] : []),
    ...(may('operation:backup:list') ? [{ type: 'link' as const, text: t('nav.backups'), href: '/backups' }] : []),
    ...(may('application:list') ? [{ type: 'link' as const, text: t('nav.applications'), href: '/applications' }] : []),
    ...(may('mail:outbox:read') ? [{ type: 'link' as const, text: t('nav.mail'), href: '/mail' }] : []),
  ];
  if (operation.length > 0) items.push({ type: 'section-group', title: t('nav.operation'), items: operation });
  return (
    <SideNavigation
      activeHref={`/${pathname.split('/')[1] ?? ''}`}
      items={items}
      onFollow={(event) => {
        if (event.detail.external) return;
        event.preventDefault();
        void navigate(event.detail.href);
      }}
    />
  );
}
