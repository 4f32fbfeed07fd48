// One description of what a visitor can do: the console sends the request that it names, and shows it as commands that do the same elsewhere.
import { call, type CallOptions, type Method } from './http';

/** What an action asks for. Everything in it is sent and shown as it stands. */
export interface Act {
  method: Exclude<Method, 'GET'>;
  path: string;
  body?: unknown;
  /** Sent as it is, in place of a body. */
  text?: string;
  contentType?: string;
  /** The file whose contents are the body; it is sent by other means than `call`. */
  file?: string;
  /** The same for the `openstack` client, one list of words per command; none: the client has no command for it. */
  client?: readonly (readonly string[])[];
  /** Where in the answer the id of what was made stands, `network.id`. */
  made?: string;
  /** The shell variable that takes this id, for the acts that follow. */
  keep?: string;
}

/** Sends the request; `describe` tells it without sending. */
export interface Action<A extends unknown[], R> {
  (...args: A): Promise<R>;
  describe: (...args: A) => Act;
}

export function action<A extends unknown[]>(describe: (...args: A) => Act): Action<A, void>;
export function action<A extends unknown[], T, R>(describe: (...args: A) => Act, read: (answer: T) => R): Action<A, R>;
export function action<A extends unknown[]>(describe: (...args: A) => Act, read: (answer: unknown) => unknown = () => undefined): Action<A, unknown> {
  const perform = async (...args: A) => {
    const { method, path, body, text, contentType } = describe(...args);
    const options: CallOptions = {};
    if (body !== undefined) options.body = body;
    if (text !== undefined) options.text = text;
    if (contentType !== undefined) options.contentType = contentType;
    return read(await call<unknown>(method, path, options));
  };
  return Object.assign(perform, { describe });
}

/** The answer as it came. */
export const as =
  <T>() =>
  (answer: T): T =>
    answer;

const OPEN = '\uE000';
const CLOSE = '\uE001';

/** Stands in a shown act for what is known only later, or to nobody but the visitor: an id, a secret. The commands name the variable in its place. */
export const variable = (name: string): string => `${OPEN}${name}${CLOSE}`;

/** The same act, whose result is known to the following ones as the variable. */
export const keeping = (act: Act, name: string): Act => ({ ...act, keep: name });

/** A text in pieces: as it stands, or the name of a variable. */
export function pieces(text: string): ({ text: string } | { name: string })[] {
  return text
    .split(new RegExp(`(${OPEN}[A-Z0-9_]+${CLOSE})`))
    .filter((piece) => piece !== '')
    .map((piece) => (piece.startsWith(OPEN) ? { name: piece.slice(1, -1) } : { text: piece }));
}

/** An action with its arguments: to be shown, and to be done. */
export interface Bound<R = unknown> {
  act: Act;
  perform: () => Promise<R>;
}

export const bind = <A extends unknown[], R>(what: Action<A, R>, ...args: A): Bound<R> => ({
  act: what.describe(...args),
  perform: () => what(...args),
});
