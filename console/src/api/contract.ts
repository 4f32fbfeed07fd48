// From application to contract: what applicants do by the secret in their link, what operators decide, what customers see.
import { action, as } from './act';
import { call } from './http';

export interface Words {
  en: string;
  ja: string;
}

/** What an applicant chooses from; the service says more of each plan. */
export interface OfferedPlan {
  id: string;
  version: number;
  name: Words;
  summary: Words;
  newest: boolean;
  offered: boolean;
  portalAccess: ('source-addresses' | 'ssl-vpn')[];
}

/** Who gets an account for the SSL-VPN beside the master user. */
export interface VpnUser {
  name: string;
  email: string;
}

/** What a contract waits for: a part of the service that does not answer, something that the provider has to do, hosts of its own. */
export type WaitsFor = 'service' | 'provider' | 'hosts';

export interface ApplicationForm {
  company: string;
  person: string;
  email: string;
  telephone: string;
  contractName: string;
  plan: string;
  purpose: string;
  language: 'ja' | 'en';
  /** Where the contract will be used from (CIDR), as far as the plan asks. */
  addresses: string[];
  vpnUsers: VpnUser[];
  /** Not shown to people: who fills it in is a program. */
  website: string;
}

export type ApplicationState = 'submitted' | 'approved' | 'accepted' | 'refused' | 'withdrawn' | 'lapsed';

export type StepName = 'applied' | 'verified' | 'approved' | 'refused' | 'withdrawn' | 'lapsed' | 'consented' | 'account' | 'policies' | 'limits' | 'hosts' | 'active';

export interface Step {
  step: StepName;
  /** An operator; only operators see it. */
  by?: string;
  /** ISO 8601, as all times here */
  at: string;
}

export interface PlanTextView {
  id: string;
  title: Words;
  body: Words;
}

/** What is to be agreed to. */
export interface Texts {
  hash: string;
  name: Words;
  version: number;
  texts: PlanTextView[];
}

export interface Agreement {
  hash: string;
  texts: string[];
  person: string;
  language: string;
}

export interface Application {
  /** For operators. */
  id?: string;
  number: string;
  state: ApplicationState;
  company: string;
  person: string;
  email: string;
  telephone: string;
  contractName: string;
  plan: string;
  planVersion?: number;
  purpose: string;
  language: 'ja' | 'en';
  addresses: string[];
  vpnUsers: VpnUser[];
  createdAt: string;
  reason?: string;
  decidedBy?: string;
  quota?: Partial<Record<string, number>>;
  steps?: Step[];
  toAgree?: Texts;
  contract?: { state: 'provisioning' | 'active'; name?: string; user?: string; waitsFor?: WaitsFor; trouble?: string };
}

export interface Consent {
  id: string;
  plan: string;
  planVersion: number;
  sha256: string;
  texts: string[];
  language: string;
  person: string;
  /** The applicant's; null: an account of the contract agreed. */
  email: string | null;
  user: string | null;
  address: string;
  agent: string;
  at: string;
}

export interface Contract {
  id: string;
  name?: string;
  company: string;
  state: 'provisioning' | 'active';
  plan: string;
  planVersion: number;
  planName?: Words;
  createdAt: string;
  activeAt?: string;
  waitsFor?: WaitsFor;
  consents: Consent[];
  steps: Step[];
  /** A newer version of the plan, which waits for consent. */
  toAgree?: Texts;
}

export interface SealedCredential {
  contract: string;
  user: string;
  /** Whether the password is made by the provider; else its owner chooses it. */
  issued: boolean;
  expiresAt: string;
}

export interface OpenedCredential {
  contract: string;
  user: string;
  password: string | null;
}

const APPLICATION = '/service/v1/application';
const APPLICATIONS = '/service/v1/applications';
const CREDENTIALS = '/service/v1/first-credentials';

const holding = (token: string) => ({ headers: { 'X-Unkai-Application': token } });

export const listOfferedPlans = (signal?: AbortSignal) =>
  call<{ plans: OfferedPlan[] }>('GET', '/service/v1/plans', { signal }).then((answer) => answer.plans.filter((plan) => plan.offered));
export const apply = (form: ApplicationForm) => call<void>('POST', APPLICATIONS, { body: form });
export const verifyAddress = (token: string) => call<{ token: string }>('POST', '/service/v1/application-verifications', { body: { token } });
export const followApplication = (token: string, signal?: AbortSignal) => call<Application>('GET', APPLICATION, { ...holding(token), signal });
export const withdrawApplication = (token: string) => call<Application>('POST', `${APPLICATION}/withdrawal`, holding(token));
export const agree = (token: string, consent: Agreement) =>
  call<Application>('POST', `${APPLICATION}/consent`, { ...holding(token), body: consent });

export const listApplications = (signal?: AbortSignal) =>
  call<{ applications: Application[] }>('GET', APPLICATIONS, { signal }).then((answer) => answer.applications);
export const readApplication = (id: string, signal?: AbortSignal) => call<Application>('GET', `${APPLICATIONS}/${id}`, { signal });
export const approveApplication = action(
  (id: string, quota: Record<string, number>, addresses: string[]) => ({ method: 'POST', path: `${APPLICATIONS}/${id}/approval`, body: { quota, addresses } }),
  as<Application>(),
);
export const refuseApplication = action(
  (id: string, reason: string) => ({ method: 'POST', path: `${APPLICATIONS}/${id}/refusal`, body: { reason } }),
  as<Application>(),
);

export const readContract = (signal?: AbortSignal) => call<Contract>('GET', '/service/v1/contract', { signal });

export const agreeAgain = action((consent: Agreement) => ({ method: 'POST', path: '/service/v1/contract/consent', body: consent }), as<Contract>());

export const lookAtCredential = (token: string) => call<SealedCredential>('POST', `${CREDENTIALS}/reading`, { body: { credential: { token } } });
export const openCredential = (token: string, password?: string) =>
  call<OpenedCredential>('POST', CREDENTIALS, { body: { credential: password === undefined ? { token } : { token, password } } });
