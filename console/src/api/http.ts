// Every request of the console goes through here: same origin, the session's cookie, one error type for all APIs.

/** A refused or failed request; `message` is the service's own sentence, `status` 0 means that no answer came. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly requestId?: string,
    /** The service API's name for the reason. */
    readonly code = '',
    /** Refused for where the request came from, which the message says. */
    readonly bySource = false,
    /** What else the body says (RFC 9457, extension members). */
    readonly more: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The compute microversion whose bodies the types in `compute.ts` describe. */
const COMPUTE_VERSION = 'compute 2.79';

const sessionLost = new EventTarget();

/** Calls back when a request was refused because the session has ended; returns the function that stops it. */
export function onSessionLost(listener: () => void): () => void {
  sessionLost.addEventListener('lost', listener);
  return () => sessionLost.removeEventListener('lost', listener);
}

/** Says that the session has ended, where the visitor ended it in a way that closes all of them. */
export function loseSession(): void {
  sessionLost.dispatchEvent(new Event('lost'));
}

/** Headers that every request carries: the console's mark (against forged requests from other pages) and the language. */
export function commonHeaders(path: string): Record<string, string> {
  const headers: Record<string, string> = { Accept: 'application/json', 'X-Unkai-Console': '1' };
  const language = document.documentElement.lang;
  if (language) headers['Accept-Language'] = language;
  if (path.startsWith('/compute/')) headers['OpenStack-API-Version'] = COMPUTE_VERSION;
  return headers;
}

export interface CallOptions {
  body?: unknown;
  /** Sent as it is, instead of a body. */
  text?: string;
  contentType?: string;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
}

/** The service's name for: show once more who you are, then send this again. */
export const PROOF_TOO_OLD = 'ProofTooOld';

let prover: (() => Promise<boolean>) | null = null;

/** Says who asks the visitor to show once more who he is, and tells whether he did; returns the function that ends it. */
export function onProofNeeded(ask: () => Promise<boolean>): () => void {
  prover = ask;
  return () => {
    if (prover === ask) prover = null;
  };
}

/** The service's name for: by the contract's plan the provider does this, and says on whose request. */
const REASON_MISSING = 'ReasonMissing';
/** characters */
export const LONGEST_REASON = 500;

let reasoner: (() => Promise<string | null>) | null = null;

/** Says who asks the visitor for the reason, null where he gives none; returns the function that ends it. */
export function onReasonNeeded(ask: () => Promise<string | null>): () => void {
  reasoner = ask;
  return () => {
    if (reasoner === ask) reasoner = null;
  };
}

/**
 * Sends one request and gives the decoded JSON body (undefined when there is none). Where the service wants a fresh proof of who it is first, or the reason
 * for it, the visitor is asked and the request is sent again. Throws ApiError.
 */
export async function call<T>(method: Method, path: string, options: CallOptions = {}): Promise<T> {
  const asked = new Set<string>();
  let sent = options;
  for (;;) {
    try {
      return await send<T>(method, path, sent);
    } catch (error) {
      if (!(error instanceof ApiError) || asked.has(error.code)) throw error;
      asked.add(error.code);
      if (error.code === PROOF_TOO_OLD && prover) {
        if (!(await prover())) throw error;
      } else if (error.code === REASON_MISSING && reasoner) {
        const reason = await reasoner();
        if (reason === null) throw error;
        sent = { ...options, headers: { ...options.headers, 'X-Unkai-Reason': encodeURIComponent(reason) } };
      } else throw error;
    }
  }
}

/** Asks for a file, or another answer whose body the caller reads as it comes. Throws ApiError. */
export async function open(path: string, signal?: AbortSignal, accept = '*/*'): Promise<Response> {
  const init: RequestInit = { headers: { ...commonHeaders(path), Accept: accept }, credentials: 'same-origin', cache: 'no-store' };
  if (signal) init.signal = signal;
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError(0, '');
  }
  if (!response.ok) throw refused(path, response, await response.text());
  return response;
}

async function send<T>(method: Method, path: string, options: CallOptions): Promise<T> {
  const headers = { ...commonHeaders(path), ...options.headers };
  const init: RequestInit = { method, headers, credentials: 'same-origin', cache: 'no-store' };
  if (options.signal) init.signal = options.signal;
  if (options.body !== undefined) {
    headers['Content-Type'] = options.contentType ?? 'application/json';
    init.body = JSON.stringify(options.body);
  } else if (options.text !== undefined) {
    headers['Content-Type'] = options.contentType ?? 'text/plain';
    init.body = options.text;
  }
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError(0, '');
  }
  const text = await response.text();
  if (!response.ok) throw refused(path, response, text);
  return (text ? JSON.parse(text) : undefined) as T;
}

function refused(path: string, response: Response, text: string): ApiError {
  const ofOwnSession = /^\/service\/v1\/session(\/|$)/.test(path);
  if (response.status === 401 && !ofOwnSession) loseSession();
  const requestId = response.headers.get('x-openstack-request-id') ?? response.headers.get('x-request-id') ?? undefined;
  const named = response.headers.get('x-unkai-refusal') ?? '';
  const reason = named === PROOF_TOO_OLD ? named : code(text);
  return new ApiError(response.status, sentence(text), requestId, reason, named.startsWith('SourceAddress'), members(text));
}

function members(text: string): Record<string, unknown> {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function code(text: string): string {
  try {
    const value = (JSON.parse(text) as { code?: unknown } | null)?.code;
    return typeof value === 'string' ? value : '';
  } catch {
    return '';
  }
}

/** Finds the sentence in the body of an error: Compute, Network, Identity, RFC 9457 or (Image) text or HTML. */
export function sentence(text: string): string {
  try {
    return fromJson(JSON.parse(text));
  } catch {
    const body = /<body[^>]*>([\s\S]*)<\/body>/i.exec(text)?.[1] ?? text;
    return body
      .replace(/<h1>[\s\S]*?<\/h1>/i, ' ')
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, 500);
  }
}

function fromJson(body: unknown): string {
  if (typeof body !== 'object' || body === null) return '';
  const record = body as Record<string, unknown>;
  for (const key of ['detail', 'message', 'title']) {
    const value = record[key];
    if (typeof value === 'string' && value) return value;
  }
  for (const value of Object.values(record)) {
    if (typeof value === 'object' && value !== null && typeof (value as Record<string, unknown>)['message'] === 'string') {
      return (value as { message: string }).message;
    }
  }
  return '';
}
