// Which sections of the manual belong to which page: the help panel shows them, the first one opened.

/** By the first part of a page's address. */
export const TOPICS: Record<string, readonly string[]> = {
  '': ['the-first-page', 'clients-that-you-already-have', 'when-something-is-wrong'],
  servers: ['halt-repair-and-protect-a-server', 'change-a-server-s-size-disk-and-place', 'start-and-stop-servers-on-a-calendar', 'reach-guests'],
  images: ['images', 'staging-taking-out-of-use-definitions'],
  'key-pairs': ['reach-guests', 'metadata-what-a-server-is-told-about-itself'],
  topology: ['networks'],
  networks: ['networks', 'metadata-what-a-server-is-told-about-itself'],
  routers: ['the-way-out', 'networks'],
  'floating-addresses': ['networks', 'the-way-out'],
  'security-groups': ['could-one-reach-another', 'networks', 'firewall-log-what-security-groups-dropped'],
  reach: ['could-one-reach-another', 'networks'],
  'firewall-log': ['firewall-log-what-security-groups-dropped'],
  history: ['history-what-was-done-and-how-to-prove-it'],
  forwarding: ['send-the-history-to-your-own-log-service'],
  contract: ['from-application-to-contract', 'plans-what-a-contract-promises'],
  plans: ['plans-what-a-contract-promises'],
  users: ['users-come-and-leave', 'accounts-projects-and-programs'],
  account: ['passwords-and-the-second-factor', 'forgotten-and-issued-passwords', 'asked-again-who-you-are'],
  'application-credentials': ['accounts-projects-and-programs', 'access-source-addresses-and-sessions'],
  'sign-ins': ['access-source-addresses-and-sessions'],
  'source-addresses': ['access-source-addresses-and-sessions'],
  'vpn-sessions': ['ssl-vpn-console-and-apis-through-a-tunnel-only'],
  'identity-providers': ['sign-in-with-your-organisation-s-accounts'],
  hosts: ['add-hosts', 'empty-a-host', 'hosts'],
  registers: ['the-address-register', 'networks'],
  'overdue-work': ['when-something-is-wrong'],
  'break-glass': ['break-glass-the-provider-s-access-to-customers-projects-and-to-hosts', 'view-as-customer-look-read-only-recorded'],
  evidence: ['evidence-holds-disclosures-packages'],
  backups: ['back-up-the-accounts-and-restore-them'],
  certificates: ['certificates'],
  'ledger-state': ['history-what-was-done-and-how-to-prove-it', 'the-published-rounds-by-mail'],
  applications: ['from-application-to-contract'],
  mail: ['mail'],
};

export const topicsOf = (pathname: string): readonly string[] => TOPICS[pathname.split('/')[1] ?? ''] ?? TOPICS['']!;
