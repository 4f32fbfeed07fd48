// The plans by the service API: what a contract promises, in published versions that never change.
import { action, as, type Act } from './act';
import { call } from './http';

/** One text in both languages. */
export interface Words {
  en: string;
  ja: string;
}

export type Share = 'whole' | 'part' | 'none';
export type Metric = 'cpu' | 'memory' | 'disk' | 'network';

export interface Layer {
  id: string;
  name: Words;
  /** one for each party, in the parties' order */
  cells: { party: string; share: Share; text: Words }[];
}

export interface Plan {
  id: string;
  version: number;
  newest: boolean;
  /** Whether new contracts may be made on it. */
  offered: boolean;
  /** ISO 8601 */
  publishedAt: string;
  sha256: string;
  name: Words;
  summary: Words;
  credentials: {
    issued: 'provider-issued' | 'self-service';
    expiresAfterDays: number | null;
    differsFromLast: number;
    resetMinutes: number | null;
    secondFactor: 'by-role' | 'everyone' | 'as-set-up';
  };
  userAdministration: 'provider' | 'customer';
  portalAccess: ('source-addresses' | 'ssl-vpn')[];
  placement: { hosts: 'shared' | 'dedicated'; fewestHosts: number | null };
  backup: 'none' | 'same-host' | 'other-host' | 'other-site';
  /** ISO 3166-1 codes; null: anywhere */
  residency: string[] | null;
  monitoring: { graphs: Metric[]; standardAlarms: Metric[] };
  erasure: { extent: 'objects' | 'objects-and-hosts'; graceDays: number };
  notice: {
    maintenanceDays: number;
    incidentBusinessDays: number;
    planChangeDays: number;
    channels: ('mail' | 'console' | 'web-site' | 'telephone')[];
  };
  retention: { operationDays: number; signInDays: number };
  /** Which of the policies above the system keeps by itself; by null: people do. */
  enforcement: { policy: string; enforced: boolean; by: string | null }[];
  texts: { id: string; title: Words; body: Words }[];
  responsibilities: { parties: { id: string; name: Words }[]; layers: Layer[] };
}

/** The newest version of each plan. */
export async function listPlans(signal?: AbortSignal): Promise<Plan[]> {
  return (await call<{ plans: Plan[] }>('GET', '/service/v1/plans', { signal })).plans;
}

/** All versions of a plan, the newest first. */
export async function listVersions(id: string, signal?: AbortSignal): Promise<Plan[]> {
  return (await call<{ versions: Plan[] }>('GET', `/service/v1/plans/${encodeURIComponent(id)}`, { signal })).versions;
}

/** @param document YAML or JSON */
export const publishPlan = action(
  (document: string) => ({ method: 'POST', path: '/service/v1/plans', text: document, contentType: 'application/yaml' }),
  as<Plan>(),
);

/** The same with the file by its name, to be shown. */
export function describePublication(file: string): Act {
  const { text: _, ...act } = publishPlan.describe('');
  return { ...act, file };
}

export const offerPlan = action(
  (id: string, offered: boolean) => ({ method: 'PUT', path: `/service/v1/plans/${encodeURIComponent(id)}/offer`, body: { offered } }),
  as<Plan>(),
);
