// The places of the console, in the order of the menu: each is shown to whoever may do its action of the service's policy.

export interface Place {
  /** A key of the texts. */
  text: string;
  href: string;
  /** null: for everybody */
  action: string | null;
  /** Not for who may do this: it has a place of its own for it. */
  unless?: string;
}

export interface Group {
  text: string;
  places: readonly Place[];
}

export const GROUPS: readonly Group[] = [
  {
    text: 'nav.compute',
    places: [
      { text: 'nav.servers', href: '/servers', action: 'compute:server:list' },
      { text: 'nav.images', href: '/images', action: 'image:image:list' },
      { text: 'nav.keyPairs', href: '/key-pairs', action: 'compute:keypair:own' },
      { text: 'nav.ownHosts', href: '/hosts', action: 'hosts:host:list', unless: 'compute:host:show' },
    ],
  },
  {
    text: 'nav.network',
    places: [
      { text: 'nav.topology', href: '/topology', action: 'topology:show' },
      { text: 'nav.networks', href: '/networks', action: 'network:network:list' },
      { text: 'nav.routers', href: '/routers', action: 'network:router:list' },
      { text: 'nav.floatingAddresses', href: '/floating-addresses', action: 'network:floatingip:list' },
      { text: 'nav.securityGroups', href: '/security-groups', action: 'network:security-group:list' },
    ],
  },
  {
    text: 'nav.records',
    places: [
      { text: 'nav.history', href: '/history', action: 'history:event:list' },
      { text: 'nav.firewallLog', href: '/firewall-log', action: 'network:firewall-log:list' },
    ],
  },
  {
    text: 'nav.contract',
    places: [
      { text: 'nav.ownContract', href: '/contract', action: 'contract:show', unless: 'application:list' },
      { text: 'nav.plans', href: '/plans', action: null },
    ],
  },
  {
    text: 'nav.access',
    places: [
      { text: 'nav.signIns', href: '/sign-ins', action: 'session:list' },
      { text: 'nav.sourceAddresses', href: '/source-addresses', action: 'application-credential:list' },
      { text: 'nav.vpnSessions', href: '/vpn-sessions', action: 'vpn-session:list' },
    ],
  },
  {
    text: 'nav.operation',
    places: [
      { text: 'nav.hosts', href: '/hosts', action: 'compute:host:show' },
      { text: 'nav.breakGlass', href: '/break-glass', action: 'operation:break-glass:list' },
      { text: 'nav.backups', href: '/backups', action: 'operation:backup:list' },
      { text: 'nav.applications', href: '/applications', action: 'application:list' },
      { text: 'nav.mail', href: '/mail', action: 'mail:outbox:read' },
    ],
  },
];

type May = (action: string) => boolean;

const isFor = (place: Place, may: May) => (place.action === null || may(place.action)) && !(place.unless && may(place.unless));

/** What the menu shows; no group without a place. */
export function groupsFor(may: May): Group[] {
  return GROUPS.map((group) => ({ ...group, places: group.places.filter((place) => isFor(place, may)) })).filter((group) => group.places.length > 0);
}

/** Where somebody begins who has named no page: at the first of his places. */
export function homeFor(may: May): string {
  return groupsFor(may)[0]?.places[0]?.href ?? '/account';
}
