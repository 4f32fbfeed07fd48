// The plans by the service API: what a contract promises, in published versions that never change.
import { action, as, type Act } from './act';
import { call } from './http';
import type { Got, Service } from './service';

/** One text in both languages. */
export type Words = Service['Words'];

export type Share = Service['PlanCell']['share'];
export type Metric = Plan['monitoring']['graphs'][number];

export type Layer = Service['PlanLayer'];

export type Plan = Service['Plan'];

/** The newest version of each plan. */
export async function listPlans(signal?: AbortSignal): Promise<Plan[]> {
  return (await call<Got<'/service/v1/plans'>>('GET', '/service/v1/plans', { signal })).plans;
}

/** All versions of a plan, the newest first. */
export async function listVersions(id: string, signal?: AbortSignal): Promise<Plan[]> {
  return (await call<Got<'/service/v1/plans/{id}'>>('GET', `/service/v1/plans/${encodeURIComponent(id)}`, { signal })).versions;
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
