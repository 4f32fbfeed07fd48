// What the provider's people look for: hosts, contracts, and the users of all contracts. Users are looked for where they are kept, however many there are.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { queries } from '../../api/queries';
import { searchUsers } from '../../api/search';
import { useMay } from '../rights';
import type { Entry } from './find';
import type { Words } from './words';

export function useProvided(name: string, words: Words): { entries: Entry[]; searching: boolean } {
  const { t } = useTranslation();
  const may = useMay();
  const wanted = name !== '';
  const enabled = (right: string) => ({ enabled: wanted && may(right), refetchInterval: false as const, staleTime: 5_000 });
  const hosts = useQuery({ ...queries.hosts(), ...enabled('compute:host:show') }).data ?? [];
  const applications = useQuery({ ...queries.applications(), ...enabled('application:list') }).data ?? [];
  const contracts = useQuery({ ...queries.portalAccessOfAll(), ...enabled('portal-access:list') }).data ?? [];
  const users = useQuery({ queryKey: ['users', 'search', name], queryFn: ({ signal }) => searchUsers(name, signal), ...enabled('user:list') });
  if (!wanted) return { entries: [], searching: false };
  const about = (key: 'nav.hosts' | 'nav.applications' | 'nav.users') => [t(key), ...words(key)];
  const entries = [
    ...hosts.map((host) => ({
      id: `host ${host.id}`,
      group: 'resources' as const,
      text: host.name,
      detail: [t('palette.kinds.host'), host.zone].join(' · '),
      words: [host.id, host.zone, ...about('nav.hosts')],
      right: 'compute:host:show',
      href: '/hosts',
      ask: 'show',
      of: host.id,
    })),
    ...applications.map((one) => ({
      id: `contract ${one.id ?? one.number}`,
      group: 'resources' as const,
      text: one.company,
      detail: [t('palette.kinds.contract'), one.number, one.contractName].filter(Boolean).join(' · '),
      words: [one.number, one.contractName, one.person, one.email, ...about('nav.applications')],
      right: 'application:list',
      href: '/applications',
      ask: 'show',
      of: one.id ?? '',
    })),
    ...(users.data ?? []).map((user) => ({
      id: `user ${user.id}`,
      group: 'resources' as const,
      text: user.name,
      detail: [t('palette.kinds.user'), contracts.find((one) => one.contract.id === user.domain_id)?.contract.name].filter(Boolean).join(' · '),
      words: [user.id, user.description ?? '', user.email ?? '', ...about('nav.users')],
      right: 'user:list',
      href: `/users?${new URLSearchParams({ ...(may('portal-access:list') ? { contract: user.domain_id } : {}), q: `name=${user.name}` }).toString()}`,
      ask: 'show',
      of: user.id,
    })),
  ];
  return { entries, searching: users.isFetching };
}
