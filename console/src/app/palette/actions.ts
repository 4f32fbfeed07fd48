// What can be begun from the palette: the same dialogs as on the pages, for who may use them there.
import type { ParseKeys } from 'i18next';

export interface PageAction {
  key: ParseKeys;
  /** The page's name, where the action's own does not say what it is about. */
  about?: ParseKeys;
  right: string;
  href: string;
  ask?: string;
}

export const PAGE_ACTIONS: readonly PageAction[] = [
  { key: 'servers.create', right: 'compute:server:act', href: '/servers/create' },
  { key: 'images.upload.button', about: 'nav.images', right: 'image:image:create', href: '/images', ask: 'upload' },
  { key: 'keyPairs.create', about: 'nav.keyPairs', right: 'compute:keypair:own', href: '/key-pairs', ask: 'create' },
  { key: 'keyPairs.import', about: 'nav.keyPairs', right: 'compute:keypair:own', href: '/key-pairs', ask: 'import' },
  { key: 'networks.create', about: 'nav.networks', right: 'network:network:create', href: '/networks', ask: 'create' },
  { key: 'routers.create', about: 'nav.routers', right: 'network:router:create', href: '/routers', ask: 'create' },
  { key: 'floating.allocate', about: 'nav.floatingAddresses', right: 'network:floatingip:create', href: '/floating-addresses', ask: 'allocate' },
  { key: 'securityGroups.create', about: 'nav.securityGroups', right: 'network:security-group:create', href: '/security-groups', ask: 'create' },
  { key: 'users.create', about: 'nav.users', right: 'user:create', href: '/users', ask: 'create' },
  { key: 'forwarding.add', about: 'nav.forwarding', right: 'history:forwarding:manage', href: '/forwarding', ask: 'add' },
  { key: 'providers.register', about: 'nav.identityProviders', right: 'identity-provider:change', href: '/identity-providers', ask: 'new' },
  { key: 'plans.publish.title', about: 'nav.plans', right: 'plan:publish', href: '/plans', ask: 'publish' },
  { key: 'hosts.join', about: 'nav.hosts', right: 'hosts:host:manage', href: '/hosts', ask: 'join' },
  { key: 'breakGlass.ask', about: 'nav.breakGlass', right: 'operation:break-glass:request', href: '/break-glass', ask: 'request' },
  { key: 'viewing.open', about: 'nav.breakGlass', right: 'session:view', href: '/break-glass', ask: 'view' },
  { key: 'noticeRegister.write', about: 'nav.noticeRegister', right: 'notice:publish', href: '/notice-register', ask: 'write' },
  { key: 'evidence.holds.make', about: 'nav.evidence', right: 'evidence:hold:make', href: '/evidence/holds', ask: 'hold' },
  { key: 'evidence.disclosures.record', about: 'nav.evidence', right: 'evidence:disclosure:record', href: '/evidence/disclosures', ask: 'disclosure' },
  { key: 'evidence.packages.make', about: 'nav.evidence', right: 'evidence:package:make', href: '/evidence/packages', ask: 'package' },
];

export interface ThingAction {
  key: ParseKeys;
  ask: string;
  right: string;
}

/** What can be done with one thing, by the kind of thing. */
export const THING_ACTIONS = {
  image: [{ key: 'common.delete', ask: 'delete', right: 'image:image:create' }],
  keyPair: [{ key: 'common.delete', ask: 'delete', right: 'compute:keypair:own' }],
  network: [{ key: 'common.delete', ask: 'delete', right: 'network:network:create' }],
  router: [
    { key: 'routers.join', ask: 'join', right: 'network:router:create' },
    { key: 'routers.leave', ask: 'leave', right: 'network:router:create' },
    { key: 'routers.gateway', ask: 'gateway', right: 'network:router:create' },
    { key: 'common.delete', ask: 'delete', right: 'network:router:create' },
  ],
  floatingAddress: [
    { key: 'floating.toServer', ask: 'attach', right: 'network:floatingip:create' },
    { key: 'floating.detach', ask: 'detach', right: 'network:floatingip:create' },
    { key: 'floating.release', ask: 'release', right: 'network:floatingip:create' },
  ],
  securityGroup: [{ key: 'common.delete', ask: 'delete', right: 'network:security-group:create' }],
} as const satisfies Record<string, readonly ThingAction[]>;
