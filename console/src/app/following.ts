// Keeps the connection on which the service tells of changes, and knows whether it lives.
import { readChanges, type News } from '../api/changes';
import { ApiError } from '../api/http';

/**
 * `off`: nobody follows. `opening`: for a moment. `live`: what is shown is at most a second old. `lost`: trying again. `without`: the service tells
 * nothing to this session; the pages ask now and then.
 */
export type State = 'off' | 'opening' | 'live' | 'lost' | 'without';

export interface Connection {
  state: State;
  /** When the service was last heard of, in milliseconds since 1970; 0: never. */
  heardAt: number;
}

/** milliseconds */
const SILENCE = 25_000;
const OPENING = 5_000;
const FIRST_PAUSE = 300;
const LONGEST_PAUSE = 10_000;
const REFUSED_PAUSE = 60_000;

export class Following {
  #connection: Connection = { state: 'off', heardAt: 0 };
  readonly #listeners = new Set<() => void>();
  readonly #tell: (news: News) => void;
  readonly #read: typeof readChanges;
  #end: AbortController | null = null;

  constructor(tell: (news: News) => void, read: typeof readChanges = readChanges) {
    this.#tell = tell;
    this.#read = read;
  }

  readonly connection = (): Connection => this.#connection;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  start(): void {
    if (this.#end) return;
    this.#end = new AbortController();
    this.#become('opening');
    void this.#run(this.#end.signal);
  }

  stop(): void {
    this.#end?.abort();
    this.#end = null;
    this.#become('off');
  }

  #become(state: State): void {
    if (state === this.#connection.state) return;
    this.#connection = { ...this.#connection, state };
    for (const listener of this.#listeners) listener();
  }

  async #run(end: AbortSignal): Promise<void> {
    for (let failures = 0; !end.aborted; failures++) {
      const heardBefore = this.#connection.heardAt;
      const refused = await this.#once(end);
      if (end.aborted) return;
      if (refused?.status === 401) {
        // The visitor is asked to log in; whoever does so starts again.
        this.stop();
        return;
      }
      const without = refused !== null && refused.status >= 400 && refused.status < 500;
      if (this.#connection.heardAt > heardBefore) failures = 0;
      // An answer that has ended is asked for again before anything is said: tokens end, and the next one is there already.
      this.#become(without ? 'without' : failures > 0 || !navigator.onLine ? 'lost' : 'opening');
      await pause(without ? REFUSED_PAUSE : Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** failures) * (0.75 + Math.random() / 2), end);
    }
  }

  /** Follows until the answer ends; gives why there was none. */
  async #once(end: AbortSignal): Promise<ApiError | null> {
    const given = new AbortController();
    const giveUp = () => given.abort();
    end.addEventListener('abort', giveUp);
    window.addEventListener('offline', giveUp);
    let silent = window.setTimeout(giveUp, OPENING);
    try {
      await this.#read((news) => {
        window.clearTimeout(silent);
        if (given.signal.aborted) return;
        silent = window.setTimeout(giveUp, SILENCE);
        this.#connection = { ...this.#connection, heardAt: Date.now() };
        this.#become('live');
        if (news) this.#tell(news);
      }, given.signal);
      return null;
    } catch (error) {
      return error instanceof ApiError ? error : null;
    } finally {
      window.clearTimeout(silent);
      end.removeEventListener('abort', giveUp);
      window.removeEventListener('offline', giveUp);
    }
  }
}

/** Ends early when the network is back. */
function pause(milliseconds: number, end: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const over = () => {
      window.clearTimeout(timer);
      window.removeEventListener('online', over);
      end.removeEventListener('abort', over);
      resolve();
    };
    const timer = window.setTimeout(over, milliseconds);
    window.addEventListener('online', over);
    end.addEventListener('abort', over);
  });
}
