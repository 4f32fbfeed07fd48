// What the provider tells its customers, by the service API: what is for oneself, and the provider's register.
import { action, as } from './act';
import { call } from './http';

export const KINDS = ['maintenance', 'incident', 'information'] as const;
export type Kind = (typeof KINDS)[number];

/** In both languages. */
export interface Words {
  ja: string;
  en: string;
}

interface Content {
  kind: Kind;
  important: boolean;
  title: Words;
  text: Words;
  /** ISO 8601 */
  shownFrom: string;
  shownUntil: string;
}

export interface OwnNotice extends Content {
  id: string;
  reference: string;
  version: number;
  read: boolean;
}

interface Addressed extends Content {
  everyone: boolean;
  /** none where it is for everyone */
  projects: string[];
}

export interface Notice extends Addressed {
  id: string;
  reference: string;
  version: number;
  state: 'waiting' | 'shown' | 'over';
  /** where it was ended before its time */
  endedAt?: string;
  endReason?: string;
}

export interface NoticeVersion extends Addressed {
  version: number;
  /** absent: the service itself */
  by?: string;
  at: string;
  reason?: string;
  mails: number;
}

export interface WholeNotice {
  notice: Notice;
  /** newest first */
  versions: NoticeVersion[];
  /** how many people have read the newest */
  readers: number;
}

export interface NoticeContract {
  project: string;
  company: string;
  name: string;
  plan: string;
  email: string;
  language: 'ja' | 'en';
}

export interface NoticeWish {
  kind: Kind;
  important: boolean;
  title: Words;
  text: Words;
  everyone: boolean;
  projects: string[];
  /** absent: at once */
  shownFrom?: string;
  shownUntil: string;
  mail: boolean;
}

const OWN = '/service/v1/notices';
const REGISTER = '/service/v1/notice-register';

/** Unread first. */
export const listOwnNotices = async (signal?: AbortSignal) => (await call<{ notices: OwnNotice[] }>('GET', OWN, { signal })).notices;
export const readNotice = action((id: string) => ({ method: 'POST', path: `${OWN}/${id}/reading` }));
export const readAllNotices = action(() => ({ method: 'POST', path: `${OWN}/reading` }));

export const listNotices = async (signal?: AbortSignal) => (await call<{ notices: Notice[] }>('GET', REGISTER, { signal })).notices;
export const showNotice = (id: string, signal?: AbortSignal) => call<WholeNotice>('GET', `${REGISTER}/${id}`, { signal });
export const listNoticeContracts = async (signal?: AbortSignal) => (await call<{ contracts: NoticeContract[] }>('GET', `${REGISTER}/contracts`, { signal })).contracts;
export const publishNotice = action((wish: NoticeWish) => ({ method: 'POST', path: REGISTER, body: wish, made: 'notice.id' }), as<WholeNotice>());
export const correctNotice = action((id: string, wish: NoticeWish, reason: string) => ({ method: 'PUT', path: `${REGISTER}/${id}`, body: { ...wish, reason } }), as<WholeNotice>());
export const endNotice = action((id: string, reason: string) => ({ method: 'PUT', path: `${REGISTER}/${id}/end`, body: { reason } }), as<WholeNotice>());
