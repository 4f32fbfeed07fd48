// What was told has changed → the queries that show it are asked again: at once, and of many changes in a row once a second.
import type { Query, QueryClient } from '@tanstack/react-query';
import type { Change, News } from '../api/changes';

/** milliseconds */
const PACE = 1_000;

/** The first words of the keys of what shows a kind; the pictures of the networks stand beside the servers. The ones that begin with a thing's id behind it are asked again for that thing only. */
const SHOWN: Record<string, readonly string[]> = {
  server: ['servers', 'limits', 'overdue'],
  'console-visit': ['servers'],
  network: ['networks', 'subnets', 'servers', 'networkQuota'],
  port: ['ports', 'servers', 'networkQuota'],
  router: ['routers', 'servers', 'networkQuota'],
  'floating-ip': ['floatingAddresses', 'servers', 'networkQuota'],
  'security-group': ['securityGroups', 'networkQuota'],
  'firewall-log': ['firewallLogs'],
  image: ['images'],
  event: ['history'],
  host: ['hosts', 'drains'],
  drain: ['drains'],
  migration: ['servers'],
  certificate: ['certificates'],
  application: ['applications'],
  contract: ['contract', 'applications', 'noticeContracts'],
  mail: ['mails'],
  'break-glass': ['break-glass', 'hosts'],
  evidence: ['evidence'],
  forwarding: ['forwarding'],
  notice: ['notices'],
  'notice-register': ['noticeRegister'],
  keypair: ['keyPairs'],
  user: ['users', 'holdings', 'exceptions'],
  account: ['account'],
  project: ['users'],
  session: ['sessions'],
  'application-credential': ['applicationCredentials', 'holdings'],
  'vpn-session': ['vpn-sessions'],
  'source-rule': ['sourceRules', 'applicationCredentials'],
  'portal-access': ['portal-access', 'sourceRules'],
  'identity-provider': ['identity-providers'],
  backup: ['backups'],
};

/** Kinds whose id is that of the thing behind the first word; of all others any query of the word is asked again. */
const BY_ID: Record<string, string> = { server: 'servers', 'console-visit': 'servers', migration: 'servers', 'security-group': 'securityGroups', application: 'applications', drain: 'drains', 'notice-register': 'noticeRegister' };

const ID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/i;

/** Whether the query shows something that the change is about. */
export function shows(query: Pick<Query, 'queryKey'>, { kind, id }: Change): boolean {
  const [word, second] = query.queryKey;
  if (typeof word !== 'string' || !SHOWN[kind]?.includes(word)) return false;
  const ofAnother = id !== undefined && BY_ID[kind] === word && typeof second === 'string' && ID.test(second) && second !== id;
  return !ofAnother;
}

const ALL = new Set(Object.values(SHOWN).flat());

export class Refresher {
  /** Queries that are asked again just now, or were a moment ago; true: changed once more since. */
  readonly #busy = new Map<string, boolean>();

  constructor(readonly client: QueryClient) {}

  take(news: News): void {
    const about =
      news === 'everything'
        ? (query: Query) => typeof query.queryKey[0] === 'string' && ALL.has(query.queryKey[0])
        : (query: Query) => news.some((change) => shows(query, change));
    for (const query of this.client.getQueryCache().findAll({ predicate: about })) {
      if (!hasEarlierPages(query)) void this.#refresh(query);
    }
  }

  async #refresh(query: Query): Promise<void> {
    const key = query.queryHash;
    if (this.#busy.has(key)) {
      this.#busy.set(key, true);
      return;
    }
    do {
      this.#busy.set(key, false);
      const began = Date.now();
      await this.client.invalidateQueries({ queryKey: query.queryKey, exact: true });
      await wait(PACE - (Date.now() - began));
    } while (this.#busy.get(key));
    this.#busy.delete(key);
  }
}

/** Whoever has gone back in a list does not have it moved away under him. */
function hasEarlierPages(query: Query): boolean {
  const data = query.state.data as { pages?: unknown[] } | undefined;
  return (data?.pages?.length ?? 1) > 1;
}

const wait = (milliseconds: number) => new Promise((resolve) => window.setTimeout(resolve, Math.max(0, milliseconds)));
