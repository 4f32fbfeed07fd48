// Operators' access to customers' projects for a time, by the service API.
import { call } from './http';

export interface Person {
  id: string;
  name: string;
}

export interface BreakGlassCase {
  id: string;
  project: string;
  reason: string;
  ticket: string;
  minutes: number;
  state: 'requested' | 'lapsed' | 'declined' | 'running' | 'review_due' | 'reviewed';
  requestedBy: Person;
  /** ISO 8601 */
  requestedAt: string;
  decidedBy?: Person;
  decidedAt?: string;
  endsAt?: string;
  endedBy?: Person;
  reviewedBy?: Person;
  reviewedAt?: string;
  reviewNote?: string;
}

export interface BreakGlass {
  /** Whether an operator's role suffices in customers' projects, or only with a grant. */
  setting: 'open' | 'required';
  /** newest first */
  cases: BreakGlassCase[];
}

export interface BreakGlassWish {
  project: string;
  reason: string;
  ticket: string;
  minutes: number;
}

const PATH = '/service/v1/break-glass';

export const readBreakGlass = (signal?: AbortSignal) => call<BreakGlass>('GET', PATH, { signal });
export const requestAccess = (wish: BreakGlassWish) => call<BreakGlassCase>('POST', PATH, { body: wish });
export const approveAccess = (id: string) => call<BreakGlassCase>('PUT', `${PATH}/${id}/approval`);
export const declineAccess = (id: string) => call<BreakGlassCase>('DELETE', `${PATH}/${id}/approval`);
export const endAccess = (id: string) => call<BreakGlassCase>('PUT', `${PATH}/${id}/end`);
export const reviewAccess = (id: string, note: string) => call<BreakGlassCase>('PUT', `${PATH}/${id}/review`, { body: { note } });
