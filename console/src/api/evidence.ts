// Evidence: what is held, what authorities asked for, what was secured; by the service API, for the provider's people.
import { action, as } from './act';
import { call, open } from './http';
import type { Got, Service } from './service';

export type Person = Service['HoldPerson'];

export const THING_KINDS = ['server', 'image', 'network', 'subnet', 'port', 'router', 'floating-ip', 'security-group', 'log', 'backups'] as const;
export type ThingKind = (typeof THING_KINDS)[number];

export interface Thing {
  kind: ThingKind;
  id: string;
  name?: string | null;
}

export type Hold = Service['Hold'];

export type HoldWish = Service['HoldWish'];

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

export type Disclosure = Service['Disclosure'];

/** A period for which the customer is not told of a request. */
export type Secrecy = Service['Secrecy'];

export type WholeDisclosure = Service['DisclosureWhole'];

export type Correction = Omit<DisclosureWish, 'mayTell'> & { from: string | null; to: string | null; reason: string };

/** A line of a history that only grows. */
export type Entry = Service['RegisterEntry'];

export type EvidencePackage = Service['Package'];

/** Why something does not come; what was said, in English, where the kind does not say all. */
export type Obstacle = Service['PackageObstacle'];

export type Part = Service['PackagePart'];

export type WholePackage = Service['PackageWhole'];

export type PackageWish = Service['PackageWish'];

const PATH = '/service/v1/evidence';
const query = (words: string) => (words ? `?words=${encodeURIComponent(words)}` : '');

export const listHolds = async (words: string, signal?: AbortSignal) => (await call<Got<'/service/v1/evidence/holds'>>('GET', `${PATH}/holds${query(words)}`, { signal })).holds;
/** Those in force on one of a project's things. */
export const holdsOn = async (project: string, thing: string, signal?: AbortSignal) =>
  (await call<Got<'/service/v1/evidence/holds'>>('GET', `${PATH}/holds?inForce=true&project=${encodeURIComponent(project)}&thing=${encodeURIComponent(thing)}`, { signal })).holds;
export const makeHold = action((wish: HoldWish) => ({ method: 'POST', path: `${PATH}/holds`, body: wish }), as<Hold>());
export const confirmHold = action((id: string) => ({ method: 'PUT', path: `${PATH}/holds/${id}/confirmation` }), as<Hold>());
export const endHold = action((id: string, reason: string) => ({ method: 'PUT', path: `${PATH}/holds/${id}/end`, body: { reason } }), as<Hold>());
export const keepHold = action((id: string) => ({ method: 'DELETE', path: `${PATH}/holds/${id}/end` }), as<Hold>());
export const openHold = action((id: string) => ({ method: 'PUT', path: `${PATH}/holds/${id}/openness` }), as<Hold>());

export const listDisclosures = async (words: string, signal?: AbortSignal) =>
  (await call<Got<'/service/v1/evidence/disclosures'>>('GET', `${PATH}/disclosures${query(words)}`, { signal })).disclosures;
export const readDisclosure = (id: string, signal?: AbortSignal) => call<Got<'/service/v1/evidence/disclosures/{id}'>>('GET', `${PATH}/disclosures/${id}`, { signal });
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
  (await call<Got<'/service/v1/evidence/disclosures'>>('GET', `${PATH}/disclosures?project=${encodeURIComponent(project)}`, { signal })).disclosures;
export const packagesOf = async (project: string, signal?: AbortSignal) =>
  (await call<Got<'/service/v1/evidence/packages'>>('GET', `${PATH}/packages?project=${encodeURIComponent(project)}`, { signal })).packages;
export const exportDisclosures = async (words: string) => (await open(`${PATH}/disclosures/export${query(words)}`)).blob();

export const listPackages = async (words: string, signal?: AbortSignal) =>
  (await call<Got<'/service/v1/evidence/packages'>>('GET', `${PATH}/packages${query(words)}`, { signal })).packages;
export const readPackage = (id: string, signal?: AbortSignal) => call<Got<'/service/v1/evidence/packages/{id}'>>('GET', `${PATH}/packages/${id}`, { signal });
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
