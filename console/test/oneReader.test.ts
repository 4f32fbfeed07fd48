import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { News } from '../src/api/changes';
import { ApiError } from '../src/api/http';
import { readOnce } from '../src/app/oneReader';

/** The browser's locks, as far as the windows use them: one holder of a name, the others in a row, and taking it away. */
class Locks {
  readonly #held = new Map<string, { lost: (error: Error) => void }>();
  readonly #waiting: { name: string; take: () => void }[] = [];

  request(name: string, options: LockOptions, work: () => Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      const take = () => {
        const holder = { lost: reject };
        this.#held.set(name, holder);
        const free = () => {
          if (this.#held.get(name) !== holder) return;
          this.#held.delete(name);
          const next = this.#waiting.findIndex((each) => each.name === name);
          if (next >= 0) this.#waiting.splice(next, 1)[0]?.take();
        };
        work().then(resolve, reject).finally(free);
      };
      if (options.steal) this.#held.get(name)?.lost(new DOMException('stolen', 'AbortError'));
      if (options.steal || !this.#held.has(name)) {
        take();
        return;
      }
      const place = { name, take };
      this.#waiting.push(place);
      options.signal?.addEventListener('abort', () => {
        const at = this.#waiting.indexOf(place);
        if (at >= 0) this.#waiting.splice(at, 1);
        reject(new DOMException('', 'AbortError'));
      });
    });
  }
}

/** The service: what it tells goes to whoever reads just now. */
class Service {
  readonly readers = new Set<(news: News | null) => void>();
  #ends: ((error?: Error) => void)[] = [];
  opened = 0;

  readonly read = (heard: (news: News | null) => void, signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      this.opened++;
      this.readers.add(heard);
      const end = (error?: Error) => {
        this.readers.delete(heard);
        if (error) reject(error);
        else resolve();
      };
      this.#ends.push(end);
      signal.addEventListener('abort', () => end(new DOMException('', 'AbortError')));
      heard('everything');
    });

  tell(news: News | null): void {
    for (const heard of this.readers) heard(news);
  }

  end(error?: Error): void {
    for (const end of this.#ends.splice(0)) end(error);
  }
}

describe('the windows of a browser', () => {
  let locks: Locks;
  let service: Service;
  const open = new Set<AbortController>();

  beforeEach(() => {
    locks = new Locks();
    service = new Service();
  });
  afterEach(() => {
    for (const window of open) window.abort();
    open.clear();
  });

  function opened(name = 'u1/p1', known: Pick<Locks, 'request'> = locks) {
    const heard: (News | null)[] = [];
    const ends = new AbortController();
    open.add(ends);
    const ended = readOnce(() => name, service.read, known)((news) => heard.push(news), ends.signal).then(
      () => 'ended',
      (error: unknown) => (error instanceof ApiError ? error.status : 'left'),
    );
    return { heard, ended, close: () => ends.abort() };
  }

  it('read once, and all hear what is told; one that comes later is told that anything may have changed', async () => {
    const [first, second] = [opened(), opened()];
    await vi.waitFor(() => expect(second.heard).toEqual(['everything']));
    const third = opened();
    await vi.waitFor(() => expect(third.heard).toEqual(['everything']));
    service.tell([{ kind: 'server', id: 's1' }]);
    service.tell(null);
    for (const each of [first, second, third]) await vi.waitFor(() => expect(each.heard).toEqual(expect.arrayContaining(['everything', [{ kind: 'server', id: 's1' }], null])));
    expect(first.heard).toHaveLength(3);
    expect(service.opened).toBe(1);
  });

  it('go on with the next when the one that reads is closed', async () => {
    const [first, second] = [opened(), opened()];
    await vi.waitFor(() => expect(second.heard).toEqual(['everything']));
    first.close();
    expect(await first.ended).toBe('left');
    await vi.waitFor(() => expect(service.opened).toBe(2));
    expect(second.heard).toEqual(['everything', 'everything']);
    expect(service.readers.size).toBe(1);
  });

  it('hear together that the answer ended, and that they were refused', async () => {
    const [first, second] = [opened(), opened()];
    await vi.waitFor(() => expect(second.heard).toEqual(['everything']));
    service.end();
    expect([await first.ended, await second.ended]).toEqual(['ended', 0]);

    const [third, fourth] = [opened(), opened()];
    await vi.waitFor(() => expect(fourth.heard).toEqual(['everything']));
    service.end(new ApiError(429, 'too many'));
    expect([await third.ended, await fourth.ended]).toEqual([429, 429]);
  });

  it('ask for themselves whether their session has ended', async () => {
    const [first, second] = [opened(), opened()];
    await vi.waitFor(() => expect(second.heard).toEqual(['everything']));
    service.end(new ApiError(401, ''));
    expect([await first.ended, await second.ended]).toEqual([401, 0]);
  });

  it('do not wait for one that the browser has put to sleep', async () => {
    void locks.request('unkai.changes/u1/p1', {}, () => new Promise(() => undefined)).catch(() => undefined);
    const second = opened();
    await vi.waitFor(() => expect(second.heard).toEqual(['everything']), { timeout: 10_000 });
    expect(service.opened).toBe(1);
  });

  it('of two sessions read apart, and each for itself where the browser knows no locks', async () => {
    opened('u1/p1');
    opened('u2/p1');
    expect(service.opened).toBe(2);
    expect(readOnce(() => 'u1/p1', service.read, undefined)).toBe(service.read);
  });
});
