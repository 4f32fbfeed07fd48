// From application to contract: what applicants do by the secret in their link, what operators decide, what customers see.
import { action, as } from './act';
import { call } from './http';
import type { Got, Service } from './service';

export type Words = Service['Words'];

/** What an applicant chooses from; the service says more of each plan. */
export type OfferedPlan = Pick<Service['Plan'], 'id' | 'version' | 'name' | 'summary' | 'newest' | 'offered' | 'portalAccess'>;

/** Who gets an account for the SSL-VPN beside the master user. */
export type VpnUser = Service['ApplicationVpnUser'];

/** What a contract waits for: a part of the service that does not answer, something that the provider has to do, hosts of its own. */
export type WaitsFor = NonNullable<Contract['waitsFor']>;

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

export type ApplicationState = Application['state'];

export type StepName = Step['step'];

export type Step = Service['ApplicationStep'];

export type PlanTextView = Service['PlanText'];

/** What is to be agreed to. */
export type Texts = Service['ApplicationTexts'];

export type Agreement = Service['ConsentBody'];

export type Application = Service['Application'];

export type Consent = Service['ContractConsent'];

export type Contract = Service['Contract'];

export type SealedCredential = Service['SealedCredential'];

export type OpenedCredential = Service['OpenedCredential'];

const APPLICATION = '/service/v1/application';
const APPLICATIONS = '/service/v1/applications';
const CREDENTIALS = '/service/v1/first-credentials';

const holding = (token: string) => ({ headers: { 'X-Unkai-Application': token } });

export const listOfferedPlans = (signal?: AbortSignal) =>
  call<Got<'/service/v1/plans'>>('GET', '/service/v1/plans', { signal }).then((answer) => answer.plans.filter((plan) => plan.offered));
export const apply = (form: ApplicationForm) => call<void>('POST', APPLICATIONS, { body: form });
export const verifyAddress = (token: string) => call<{ token: string }>('POST', '/service/v1/application-verifications', { body: { token } });
export const followApplication = (token: string, signal?: AbortSignal) => call<Got<'/service/v1/application'>>('GET', APPLICATION, { ...holding(token), signal });
export const withdrawApplication = (token: string) => call<Application>('POST', `${APPLICATION}/withdrawal`, holding(token));
export const agree = (token: string, consent: Agreement) =>
  call<Application>('POST', `${APPLICATION}/consent`, { ...holding(token), body: consent });

export const listApplications = (signal?: AbortSignal) =>
  call<Got<'/service/v1/applications'>>('GET', APPLICATIONS, { signal }).then((answer) => answer.applications);
export const readApplication = (id: string, signal?: AbortSignal) => call<Got<'/service/v1/applications/{application}'>>('GET', `${APPLICATIONS}/${id}`, { signal });
export const approveApplication = action(
  (id: string, quota: Record<string, number>, addresses: string[]) => ({ method: 'POST', path: `${APPLICATIONS}/${id}/approval`, body: { quota, addresses } }),
  as<Application>(),
);
export const refuseApplication = action(
  (id: string, reason: string) => ({ method: 'POST', path: `${APPLICATIONS}/${id}/refusal`, body: { reason } }),
  as<Application>(),
);

export const readContract = (signal?: AbortSignal) => call<Got<'/service/v1/contract'>>('GET', '/service/v1/contract', { signal });

export const agreeAgain = action((consent: Agreement) => ({ method: 'POST', path: '/service/v1/contract/consent', body: consent }), as<Contract>());

export const lookAtCredential = (token: string) => call<SealedCredential>('POST', `${CREDENTIALS}/reading`, { body: { credential: { token } } });
export const openCredential = (token: string, password?: string) =>
  call<OpenedCredential>('POST', CREDENTIALS, { body: { credential: password === undefined ? { token } : { token, password } } });
