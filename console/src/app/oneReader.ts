// The changes, read once for all windows of a browser that belong to one session. Over HTTP/1.1 a browser keeps six connections to one place for all of its
// windows: were each to hold one of them, the seventh window would show nothing. The window that holds a Web Lock reads and tells the others; when it
// is closed, or rests, the lock goes to the next, which begins with "anything may have changed".
import { readChanges, type News } from '../api/changes';
import { ApiError } from '../api/http';

/** What a window that reads tells the others, and what one that has just come asks them. */
type Word =
  | { says: 'who reads?' }
  | { says: 'I do'; live: boolean }
  | { says: 'heard'; news: News | null }
  /** `status` as in ApiError; 0: the answer ended, or none came. */
  | { says: 'ended'; status: number };

/** A reader that is there answers at once; one that the browser has put to sleep has its lock taken away. In milliseconds. */
const ANSWERS_WITHIN = 2_000;
/** milliseconds from one window to the others */
const HEARD_WITHIN = 100;

/** What is needed of the browser's `LockManager`. */
interface Locks {
  request(name: string, options: LockOptions, held: () => Promise<void>): Promise<void>;
}

/** `readChanges` for all windows that give the same name; each for itself where the browser knows no locks. */
export function readOnce(name: () => string, read: typeof readChanges = readChanges, locks: Locks | undefined = navigator.locks): typeof readChanges {
  if (!locks || typeof BroadcastChannel !== 'function') return read;
  return (heard, signal) => new OneReader(`unkai.changes/${name()}`, read, locks, heard).run(signal);
}

class OneReader {
  readonly #channel: BroadcastChannel;
  /** Aborted at the end, whatever it was. */
  readonly #over = new AbortController();
  readonly #waiting = new AbortController();
  #reads = false;
  #live = false;
  #stealing = false;

  constructor(
    private readonly name: string,
    private readonly read: typeof readChanges,
    private readonly locks: Locks,
    private readonly heard: (news: News | null) => void,
  ) {
    this.#channel = new BroadcastChannel(name);
  }

  async run(signal: AbortSignal): Promise<void> {
    const leave = () => this.#over.abort();
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave);
    this.#over.signal.addEventListener('abort', () => this.#waiting.abort());
    let asleep: number | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        this.#over.signal.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
        this.#channel.onmessage = ({ data }: MessageEvent<Word>) => {
          window.clearTimeout(asleep);
          this.#hear(data, reject);
        };
        this.locks.request(this.name, { signal: this.#waiting.signal }, () => this.#readForAll()).then(resolve, (error: unknown) => {
          if (!this.#stealing) reject(error as Error);
        });
        asleep = window.setTimeout(() => {
          if (!this.#reads) this.#steal().then(resolve, reject);
        }, ANSWERS_WITHIN);
        this.#say({ says: 'who reads?' });
      });
    } finally {
      window.clearTimeout(asleep);
      signal.removeEventListener('abort', leave);
      this.#over.abort();
      this.#channel.close();
    }
  }

  #steal(): Promise<void> {
    this.#stealing = true;
    this.#waiting.abort();
    return this.locks.request(this.name, { steal: true }, () => this.#readForAll());
  }

  async #readForAll(): Promise<void> {
    this.#reads = true;
    this.#live = false;
    try {
      await this.read((news) => {
        this.#live = true;
        this.#say({ says: 'heard', news });
        this.heard(news);
      }, this.#over.signal);
      await this.#end(0);
    } catch (error) {
      // Who leaves says nothing: the next one goes on.
      if (!this.#over.signal.aborted) await this.#end(error instanceof ApiError ? error.status : 0);
      throw error;
    }
  }

  /** Keeps the lock until the others have heard of it: they try again after a pause, and not all of them at once. */
  async #end(status: number): Promise<void> {
    this.#say({ says: 'ended', status });
    await new Promise((resolve) => window.setTimeout(resolve, HEARD_WITHIN));
  }

  #hear(word: Word, fail: (error: Error) => void): void {
    if (this.#reads) {
      if (word.says === 'who reads?') this.#say({ says: 'I do', live: this.#live });
      return;
    }
    switch (word.says) {
      case 'who reads?':
        return;
      case 'I do':
        if (word.live) this.#join(null);
        return;
      case 'heard':
        this.#join(word.news);
        return;
      case 'ended':
        // Whether this window's session has ended too it asks itself.
        fail(new ApiError(word.status === 401 ? 0 : word.status, ''));
        return;
    }
  }

  /** What this window loaded before it heard anything may be old by now. */
  #join(news: News | null): void {
    this.heard(this.#live ? news : 'everything');
    this.#live = true;
  }

  #say(word: Word): void {
    if (this.#over.signal.aborted) return;
    this.#channel.postMessage(word);
  }
}
