// The places of the console, in the order of the menu: each is shown to whoever may do its action of the service's policy.
import type en from '../i18n/en.json';

/** Of a text of the menu. */
type Nav = (typeof en)['nav'];
type Key = `nav.${{ [K in keyof Nav]: Nav[K] extends string ? K : never }[keyof Nav]}`;

export interface Place {
  key: Key;
  href: string;
  /** null: for everybody */
  action: string | null;
  /** Not for who may do this: it has a place of its own for it. */
  unless?: string;
}

export interface Group {
  key: Key;
  places: readonly Place[];
}

export const GROUPS: readonly Group[] = [
  {
    key: 'nav.compute',
    places: [
      { key: 'nav.servers', href: '/servers', action: 'compute:server:list' },
      { key: 'nav.images', href: '/images', action: 'image:image:list' },
      { key: 'nav.keyPairs', href: '/key-pairs', action: 'compute:keypair:own' },
      { key: 'nav.ownHosts', href: '/hosts', action: 'hosts:host:list', unless: 'compute:host:show' },
    ],
  },
  {
    key: 'nav.network',
    places: [
      { key: 'nav.topology', href: '/topology', action: 'topology:show' },
      { key: 'nav.networks', href: '/networks', action: 'network:network:list' },
      { key: 'nav.routers', href: '/routers', action: 'network:router:list' },
      { key: 'nav.floatingAddresses', href: '/floating-addresses', action: 'network:floatingip:list' },
      { key: 'nav.securityGroups', href: '/security-groups', action: 'network:security-group:list' },
      { key: 'nav.reach', href: '/reach', action: 'network:security-group:list' },
    ],
  },
  {
    key: 'nav.records',
    places: [
      { key: 'nav.history', href: '/history', action: 'history:event:list' },
      { key: 'nav.forwarding', href: '/forwarding', action: 'history:forwarding:list' },
      { key: 'nav.firewallLog', href: '/firewall-log', action: 'network:firewall-log:list' },
    ],
  },
  {
    key: 'nav.contract',
    places: [
      { key: 'nav.notices', href: '/notices', action: 'notice:own' },
      { key: 'nav.ownContract', href: '/contract', action: 'contract:show', unless: 'application:list' },
      { key: 'nav.plans', href: '/plans', action: null },
    ],
  },
  {
    key: 'nav.access',
    places: [
      { key: 'nav.users', href: '/users', action: 'user:list' },
      { key: 'nav.signIns', href: '/sign-ins', action: 'session:list' },
      { key: 'nav.credentials', href: '/application-credentials', action: 'application-credential:list' },
      { key: 'nav.sourceAddresses', href: '/source-addresses', action: 'application-credential:list' },
      { key: 'nav.vpnSessions', href: '/vpn-sessions', action: 'vpn-session:list' },
      { key: 'nav.identityProviders', href: '/identity-providers', action: 'identity-provider:list' },
    ],
  },
  {
    key: 'nav.operation',
    places: [
      { key: 'nav.hosts', href: '/hosts', action: 'compute:host:show' },
      { key: 'nav.overdue', href: '/overdue-work', action: 'operation:overdue:list' },
      { key: 'nav.registers', href: '/registers', action: 'network:ip-availability:list' },
      { key: 'nav.breakGlass', href: '/break-glass', action: 'operation:break-glass:list' },
      { key: 'nav.evidence', href: '/evidence', action: 'evidence:hold:list' },
      { key: 'nav.backups', href: '/backups', action: 'operation:backup:list' },
      { key: 'nav.certificates', href: '/certificates', action: 'operation:certificate:list' },
      { key: 'nav.ledger', href: '/ledger-state', action: 'ledger:audit:show' },
      { key: 'nav.noticeRegister', href: '/notice-register', action: 'notice:list' },
      { key: 'nav.applications', href: '/applications', action: 'application:list' },
      { key: 'nav.mail', href: '/mail', action: 'mail:outbox:read' },
    ],
  },
];

type May = (action: string) => boolean;

const isFor = (place: Place, may: May) => (place.action === null || may(place.action)) && !(place.unless && may(place.unless));

/** What the menu shows; no group without a place. */
export function groupsFor(may: May): Group[] {
  return GROUPS.map((group) => ({ ...group, places: group.places.filter((place) => isFor(place, may)) })).filter((group) => group.places.length > 0);
}
