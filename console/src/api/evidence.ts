// Evidence: what is held, what authorities asked for, what was secured; by the service API, for the provider's people.
import { action, as } from './act';
import type ja from '../i18n/ja.json';
import { call, open } from './http';

export interface Person {
  id: string;
  name: string;
}

export const THING_KINDS = ['server', 'image', 'network', 'subnet', 'port', 'router', 'floating-ip', 'security-group', 'log', 'backups'] as const;
export type ThingKind = (typeof THING_KINDS)[number];

export interface Thing {
  kind: ThingKind;
  id: string;
  name?: string | null;
}

export interface Hold {
  id: string;
  reference: string;
  project?: string;
  everything: boolean;
  things: Thing[];
  reason: string;
  authority: string;
  mayTell: boolean;
  /** ISO 8601; absent: until it is ended */
  endsAt?: string;
  state: 'provisional' | 'in_force' | 'ending' | 'ended' | 'over' | 'lapsed';
  madeBy: Person;
  madeAt: string;
  confirmedBy?: Person;
  endAskedBy?: Person;
  endReason?: string;
  endedBy?: Person;
  endedAt?: string;
}

export interface HoldWish {
  reference: string;
  project: string | null;
  everything: boolean;
  things: Thing[];
  reason: string;
  authority: string;
  mayTell: boolean;
  endsAt: string | null;
}

export const CHANNELS = ['letter', 'visit', 'mail', 'telephone', 'other'] as const;
export const ANSWERS = ['granted', 'partly', 'refused'] as const;

export interface DisclosureWish {
  requester: string;
  theirNumber: string;
  channel: (typeof CHANNELS)[number];
  receivedAt: string;
  legalBasis: string;
  project: string;
  scope: string;
  mayTell: boolean;
}

export interface Disclosure extends DisclosureWish {
  id: string;
  reference: string;
  from?: string;
  to?: string;
  state: 'received' | 'proposed' | 'granted' | 'partly' | 'refused' | 'handed_over' | 'closed' | 'withdrawn';
  recordedBy: Person;
  recordedAt: string;
  proposal?: (typeof ANSWERS)[number];
  reason?: string;
  proposedBy?: Person;
  decidedBy?: Person;
  decidedAt?: string;
  packageId?: string;
  handedTo?: string;
  handedAt?: string;
  toldAt?: string;
  /** the customer is not told before, as two people have decided */
  secretUntil?: string;
}

/** A period for which the customer is not told of a request. */
export interface Secrecy {
  id: string;
  until: string;
  ground: string;
  asked: Person;
  askedAt: string;
  agreed?: Person | null;
  agreedAt?: string | null;
  ended?: Person | null;
  endedAt?: string | null;
  endReason?: string | null;
}

export interface WholeDisclosure {
  disclosure: Disclosure;
  changes: Entry[];
  secrecy: Secrecy[];
  packages: { id: string; name: string; state: EvidencePackage['state'] }[];
}

export type Correction = Omit<DisclosureWish, 'mayTell'> & { from: string | null; to: string | null; reason: string };

/** A line of a history that only grows. */
export interface Entry {
  at: string;
  by: Person;
  action: string;
  facts: Record<string, string>;
}

export interface EvidencePackage {
  id: string;
  name: string;
  reference: string;
  project: string;
  server?: string;
  reason: string;
  mayTell: boolean;
  from?: string;
  to?: string;
  actions?: string;
  state: 'collecting' | 'sealed' | 'given_up' | 'destroyed';
  disclosure?: string;
  madeBy: Person;
  madeAt: string;
  sealedAt?: string;
  keepUntil?: string;
  /** whether the customer's history is told of it only after a time */
  toldLater?: boolean;
  toldAt?: string;
  /** why it does not go on just now */
  obstacle?: Obstacle;
}

/** Why something does not come; what was said, in English, where the kind does not say all. */
export interface Obstacle {
  kind: keyof typeof ja.evidence.obstacles;
  detail?: string;
}

export interface Part {
  name: string;
  kind: 'events' | 'configuration' | 'disk' | 'memory' | 'domain' | 'clock' | 'seal';
  state: 'wanted' | 'done' | 'missing';
  /** bytes so far */
  size: number;
  sha256?: string;
  /** why it is missing */
  obstacle?: Obstacle;
}

export interface WholePackage {
  evidence: EvidencePackage;
  parts: Part[];
  custody: Entry[];
}

export interface PackageWish {
  reference: string;
  project: string;
  server: string | null;
  reason: string;
  mayTell: boolean;
  from: string | null;
  to: string | null;
  disk: boolean;
  memory: boolean;
  disclosure: string | null;
}

const PATH = '/service/v1/evidence';
const query = (words: string) => (words ? `?words=${encodeURIComponent(words)}` : '');

export const listHolds = async (words: string, signal?: AbortSignal) => (await call<{ holds: Hold[] }>('GET', `${PATH}/holds${query(words)}`, { signal })).holds;
/** Those in force on one of a project's things. */
export const holdsOn = async (project: string, thing: string, signal?: AbortSignal) =>
  (await call<{ holds: Hold[] }>('GET', `${PATH}/holds?inForce=true&project=${encodeURIComponent(project)}&thing=${encodeURIComponent(thing)}`, { signal })).holds;
export const makeHold = action((wish: HoldWish) => ({ method: 'POST', path: `${PATH}/holds`, body: wish }), as<Hold>());
export const confirmHold = action((id: string) => ({ method: 'PUT', path: `${PATH}/holds/${id}/confirmation` }), as<Hold>());
export const endHold = action((id: string, reason: string) => ({ method: 'PUT', path: `${PATH}/holds/${id}/end`, body: { reason } }), as<Hold>());
export const keepHold = action((id: string) => ({ method: 'DELETE', path: `${PATH}/holds/${id}/end` }), as<Hold>());
export const openHold = action((id: string) => ({ method: 'PUT', path: `${PATH}/holds/${id}/openness` }), as<Hold>());

export const listDisclosures = async (words: string, signal?: AbortSignal) =>
  (await call<{ disclosures: Disclosure[] }>('GET', `${PATH}/disclosures${query(words)}`, { signal })).disclosures;
export const readDisclosure = (id: string, signal?: AbortSignal) => call<WholeDisclosure>('GET', `${PATH}/disclosures/${id}`, { signal });
export const recordDisclosure = action((wish: DisclosureWish) => ({ method: 'POST', path: `${PATH}/disclosures`, body: wish }), as<Disclosure>());
/** One step of a request's way: its address, and what it takes. */
export const stepDisclosure = action(
  (id: string, step: string, body: object) => ({
    method: step === 'notes' || step === 'notice' ? 'POST' : 'PUT',
    path: `${PATH}/disclosures/${id}/${step}`,
    body,
  }),
  as<Disclosure>(),
);
export const correctDisclosure = action((id: string, wish: Correction) => ({ method: 'PUT', path: `${PATH}/disclosures/${id}`, body: wish }), as<Disclosure>());
export const linkPackage = action(
  (id: string, packageId: string) => ({ method: 'POST', path: `${PATH}/disclosures/${id}/packages`, body: { packageId } }),
  as<Disclosure>(),
);
export const askSecrecy = action(
  (id: string, until: string, ground: string) => ({ method: 'PUT', path: `${PATH}/disclosures/${id}/secrecy`, body: { until, ground } }),
  as<Disclosure>(),
);
export const agreeSecrecy = action((id: string) => ({ method: 'PUT', path: `${PATH}/disclosures/${id}/secrecy/agreement` }), as<Disclosure>());
export const endSecrecy = action(
  (id: string, reason: string) => ({ method: 'DELETE', path: `${PATH}/disclosures/${id}/secrecy?reason=${encodeURIComponent(reason)}` }),
  as<Disclosure>(),
);
export const disclosuresOf = async (project: string, signal?: AbortSignal) =>
  (await call<{ disclosures: Disclosure[] }>('GET', `${PATH}/disclosures?project=${encodeURIComponent(project)}`, { signal })).disclosures;
export const packagesOf = async (project: string, signal?: AbortSignal) =>
  (await call<{ packages: EvidencePackage[] }>('GET', `${PATH}/packages?project=${encodeURIComponent(project)}`, { signal })).packages;
export const exportDisclosures = async (words: string) => (await open(`${PATH}/disclosures/export${query(words)}`)).blob();

export const listPackages = async (words: string, signal?: AbortSignal) =>
  (await call<{ packages: EvidencePackage[] }>('GET', `${PATH}/packages${query(words)}`, { signal })).packages;
export const readPackage = (id: string, signal?: AbortSignal) => call<WholePackage>('GET', `${PATH}/packages/${id}`, { signal });
export const makePackage = action((wish: PackageWish) => ({ method: 'POST', path: `${PATH}/packages`, body: wish }), as<EvidencePackage>());
export const giveUpPackage = action(
  (id: string, reason: string) => ({ method: 'POST', path: `${PATH}/packages/${id}/giving-up`, body: { reason } }),
  as<EvidencePackage>(),
);
export const noteCustody = action(
  (id: string, action: string, to: string, note: string) => ({ method: 'POST', path: `${PATH}/packages/${id}/custody`, body: { action, to, note } }),
  as<EvidencePackage>(),
);
export const destroyPackage = action(
  (id: string, reason: string) => ({ method: 'DELETE', path: `${PATH}/packages/${id}/file?reason=${encodeURIComponent(reason)}` }),
  as<EvidencePackage>(),
);
export const packageFile = (id: string) => `${PATH}/packages/${id}/file`;
