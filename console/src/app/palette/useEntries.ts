// All that the palette can lead to now: pages, their actions, and the things of the project, as far as the session may.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import type { Server } from '../../api/compute';
import { queries } from '../../api/queries';
import { searchServers } from '../../api/search';
import { allows, type Act } from '../../pages/servers/condition';
import { groupsFor } from '../places';
import { useMay } from '../rights';
import { PAGE_ACTIONS, THING_ACTIONS, type ThingAction } from './actions';
import { tokensOf, type Entry } from './find';
import { useProvided } from './useProvided';
import { useWords, type Words } from './words';

const SERVER_ACTS: readonly (Act | 'rename')[] = [
  ...(['start', 'stop', 'reboot', 'pause', 'unpause', 'suspend', 'resume', 'snapshot', 'resize', 'confirmResize', 'revertResize'] as const),
  ...(['rebuild', 'rescue', 'unrescue', 'shelve', 'unshelve', 'rename', 'restore', 'delete'] as const),
];

export function useEntries(typed: string): { entries: Entry[]; searching: boolean } {
  const { t } = useTranslation();
  const may = useMay();
  const words = useWords();
  const pages: Entry[] = [
    ...groupsFor(may).flatMap((group) =>
      group.places.map((place) => ({
        id: `page ${place.href}`,
        group: 'pages' as const,
        text: t(place.key),
        detail: t(group.key),
        words: words(place.key),
        right: place.action,
        href: place.href,
      })),
    ),
    { id: 'page /account', group: 'pages', text: t('account.title'), words: words('account.title'), right: 'account:read', href: '/account' },
  ];
  const actions = PAGE_ACTIONS.map<Entry>(({ key, about, right, href, ask }) => ({
    id: `action ${key}`,
    group: 'actions',
    text: t(key) as string,
    ...(about ? { detail: t(about) as string } : {}),
    words: [...words(key), ...(about ? words(about) : [])],
    right,
    href,
    ...(ask ? { ask } : {}),
  }));
  const servers = useServers(typed, words);
  const things = useThings(typed !== '', words);
  const provided = useProvided(tokensOf(typed)[0] ?? '', words);
  return {
    entries: [...servers.entries, ...things, ...provided.entries, ...pages, ...actions].filter((entry) => entry.right === null || may(entry.right)),
    searching: servers.searching || provided.searching,
  };
}

/** Servers by name, address or id; and what each can be asked now. */
function useServers(typed: string, words: Words): { entries: Entry[]; searching: boolean } {
  const { t } = useTranslation();
  const may = useMay();
  const { pathname } = useLocation();
  // "stop web" is about the servers called web: what names an action is not searched for.
  const acting = (token: string) => SERVER_ACTS.some((act) => [t(`servers.actions.${act}`), ...words(`servers.actions.${act}`)].some((text) => text.toLowerCase().startsWith(token)));
  const tokens = tokensOf(typed);
  const name = tokens.filter((token) => !acting(token))[0] ?? tokens[0] ?? '';
  const enabled = may('compute:server:list') && name.length > 0;
  const found = useQuery({ queryKey: ['servers', 'search', name], queryFn: ({ signal }) => searchServers(name, signal), enabled, staleTime: 2_000 });
  const open = /^\/servers\/([0-9a-f-]{36})/.exec(pathname)?.[1];
  const here = useQuery({ ...queries.server(open ?? ''), enabled: open !== undefined && may('compute:server:list') }).data;
  const servers = [...(found.data ?? []), ...(here && !found.data?.some((each) => each.id === here.id) ? [here] : [])];
  const entries = servers.flatMap((server) => [
    {
      id: `server ${server.id}`,
      group: 'resources' as const,
      text: server.name,
      detail: [t('palette.kinds.server'), ...addressesOf(server)].join(' · '),
      words: [server.id, ...addressesOf(server), t('nav.servers'), ...words('nav.servers')],
      right: 'compute:server:list',
      href: `/servers/${server.id}`,
    },
    ...SERVER_ACTS.filter((act) => act === 'rename' || allows(server, act)).map((act) => ({
      id: `server ${server.id} ${act}`,
      group: 'actions' as const,
      text: t('palette.act', { action: t(`servers.actions.${act}`), name: server.name }),
      detail: t('palette.kinds.server'),
      words: [server.name, ...words(`servers.actions.${act}`)],
      right: 'compute:server:act',
      href: `/servers/${server.id}`,
      ask: act,
    })),
  ]);
  return { entries, searching: enabled && found.isFetching };
}

const addressesOf = (server: Server) => Object.values(server.addresses).flatMap((all) => all.map((each) => each.addr));

interface Thing {
  kind: keyof typeof THING_ACTIONS;
  id: string;
  name: string;
  words: readonly string[];
  detail?: string;
  /** Its own page, or the list on which it stands. */
  href: string;
  list: string;
  right: string;
}

/** The project's other things, of which there are few enough to have them here. */
function useThings(wanted: boolean, words: Words): Entry[] {
  const { t } = useTranslation();
  const may = useMay();
  const enabled = (right: string) => ({ enabled: wanted && may(right), refetchInterval: false as const, staleTime: 5_000 });
  const images = useQuery({ ...queries.images(), ...enabled('image:image:list') }).data ?? [];
  const keys = useQuery({ ...queries.keyPairs(), ...enabled('compute:keypair:own') }).data ?? [];
  const networks = useQuery({ ...queries.networks(), ...enabled('network:network:list') }).data ?? [];
  const subnets = useQuery({ ...queries.subnets(), ...enabled('network:network:list') }).data ?? [];
  const routers = useQuery({ ...queries.routers(), ...enabled('network:router:list') }).data ?? [];
  const floating = useQuery({ ...queries.floatingAddresses(), ...enabled('network:floatingip:list') }).data ?? [];
  const groups = useQuery({ ...queries.securityGroups(), ...enabled('network:security-group:list') }).data ?? [];
  if (!wanted) return [];
  const things: Thing[] = [
    ...networks.map((each) => {
      const ranges = subnets.filter((subnet) => subnet.network_id === each.id).map((subnet) => subnet.cidr);
      return { kind: 'network' as const, id: each.id, name: each.name || each.id, words: [each.id, ...ranges], detail: ranges.join(', '), href: `/networks/${each.id}`, list: '/networks', right: 'network:network:list' };
    }),
    ...routers.map((each) => {
      const outside = each.external_gateway_info?.external_fixed_ips?.map((ip) => ip.ip_address) ?? [];
      return { kind: 'router' as const, id: each.id, name: each.name || each.id, words: [each.id, ...outside], detail: outside.join(', '), href: '/routers', list: '/routers', right: 'network:router:list' };
    }),
    ...floating.map((each) => ({
      kind: 'floatingAddress' as const,
      id: each.id,
      name: each.floating_ip_address,
      words: [each.id, each.fixed_ip_address ?? ''],
      detail: each.fixed_ip_address ?? '',
      href: '/floating-addresses',
      list: '/floating-addresses',
      right: 'network:floatingip:list',
    })),
    ...groups.map((each) => ({ kind: 'securityGroup' as const, id: each.id, name: each.name, words: [each.id, each.description], href: `/security-groups/${each.id}`, list: '/security-groups', right: 'network:security-group:list' })),
    ...images.map((each) => ({ kind: 'image' as const, id: each.id, name: each.name ?? each.id, words: [each.id], href: '/images', list: '/images', right: 'image:image:list' })),
    ...keys.map((each) => ({ kind: 'keyPair' as const, id: each.name, name: each.name, words: [each.fingerprint], href: '/key-pairs', list: '/key-pairs', right: 'compute:keypair:own' })),
  ];
  const nav = { network: 'nav.networks', router: 'nav.routers', floatingAddress: 'nav.floatingAddresses', securityGroup: 'nav.securityGroups', image: 'nav.images', keyPair: 'nav.keyPairs' } as const;
  return things.flatMap((thing) => [
    {
      id: `${thing.kind} ${thing.id}`,
      group: 'resources' as const,
      text: thing.name,
      detail: [t(`palette.kinds.${thing.kind}`), thing.detail].filter(Boolean).join(' · '),
      words: [...thing.words, t(nav[thing.kind]), ...words(nav[thing.kind])],
      right: thing.right,
      href: thing.href,
      // A list shows which one was meant.
      ...(thing.href === thing.list ? { ask: 'show', of: thing.id } : {}),
    },
    ...(THING_ACTIONS[thing.kind] as readonly ThingAction[]).map(({ key, ask, right }) => ({
      id: `${thing.kind} ${thing.id} ${ask}`,
      group: 'actions' as const,
      text: t('palette.act', { action: t(key) as string, name: thing.name }),
      detail: t(`palette.kinds.${thing.kind}`),
      words: [thing.name, ...words(key)],
      right,
      href: thing.list,
      ask,
      of: thing.id,
    })),
  ]);
}
