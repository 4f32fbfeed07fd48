import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newsOf, type News } from '../src/api/changes';
import { ApiError } from '../src/api/http';
import { Following } from '../src/app/following';
import { Refresher, shows } from '../src/app/refresher';

const A = '11111111-1111-4111-8111-111111111111';
const B = '22222222-2222-4222-8222-222222222222';

describe('an event of the stream', () => {
  it('tells kinds and ids, that anything may have changed, or nothing', () => {
    expect(newsOf('id: 4\nevent: changes\ndata: [{"kind":"server","id":"s1"}]')).toEqual([{ kind: 'server', id: 's1' }]);
    expect(newsOf('id: 1\nevent: everything\ndata: {}')).toBe('everything');
    expect(newsOf(':')).toBeNull();
    expect(newsOf('event: of another version\ndata: {}')).toBeNull();
  });
});

/** One connection after another, each driven by the test. */
class Line {
  calls = 0;
  heard: (news: News | null) => void = () => undefined;
  end: () => void = () => undefined;
  fail: (error: unknown) => void = () => undefined;

  readonly read = (heard: (news: News | null) => void, signal: AbortSignal) => {
    this.calls++;
    return new Promise<void>((resolve, reject) => {
      this.heard = heard;
      this.end = resolve;
      this.fail = reject;
      signal.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
    });
  };
}

describe('following', () => {
  let line: Line;
  let told: News[];
  let following: Following;

  beforeEach(() => {
    vi.useFakeTimers();
    vi.spyOn(Math, 'random').mockReturnValue(0.5);
    line = new Line();
    told = [];
    following = new Following((news) => told.push(news), line.read);
  });
  afterEach(() => {
    following.stop();
    vi.useRealTimers();
    vi.restoreAllMocks();
  });
  const later = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);
  const state = () => following.connection().state;

  it('is live once something was heard, and tells what it hears', () => {
    following.start();
    expect(state()).toBe('opening');
    line.heard('everything');
    expect(state()).toBe('live');
    line.heard(null);
    expect(told).toEqual(['everything']);
  });

  it('connects again without a word when an answer ends', async () => {
    following.start();
    line.heard('everything');
    line.end();
    await later(1);
    expect(state()).toBe('opening');
    await later(500);
    expect(line.calls).toBe(2);
    line.heard('everything');
    expect(state()).toBe('live');
    expect(told).toHaveLength(2);
  });

  it('says that the connection is lost when the next one fails too, tries on with growing pauses, and knows since when', async () => {
    following.start();
    line.heard('everything');
    const at = following.connection().heardAt;
    line.fail(new ApiError(0, ''));
    await later(500);
    line.fail(new ApiError(503, 'stopping'));
    await later(1);
    expect(state()).toBe('lost');
    await later(1_000);
    expect(line.calls).toBe(3);
    line.fail(new ApiError(0, ''));
    await later(1_000);
    expect(line.calls).toBe(3);
    await later(1_000);
    expect(line.calls).toBe(4);
    expect(following.connection().heardAt).toBe(at);
    line.heard('everything');
    expect(state()).toBe('live');
  });

  it('notices a connection on which nothing comes any more', async () => {
    following.start();
    line.heard('everything');
    await later(20_000);
    line.heard(null);
    await later(20_000);
    expect(line.calls).toBe(1);
    await later(6_000);
    expect(line.calls).toBe(2);
  });

  it('says at once that there is no network, and connects as soon as there is', async () => {
    following.start();
    line.heard('everything');
    const online = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    window.dispatchEvent(new Event('offline'));
    await later(1);
    expect(state()).toBe('lost');
    online.mockReturnValue(true);
    window.dispatchEvent(new Event('online'));
    await later(1);
    expect(line.calls).toBe(2);
  });

  it('does without where the service tells this session nothing', async () => {
    following.start();
    line.fail(new ApiError(429, 'too many'));
    await later(1);
    expect(state()).toBe('without');
    await later(30_000);
    expect(line.calls).toBe(1);
    await later(31_000);
    expect(line.calls).toBe(2);
  });

  it('stops when the session has ended, and goes on in the next', async () => {
    following.start();
    line.heard('everything');
    line.end();
    await later(500);
    line.fail(new ApiError(401, ''));
    await later(60_000);
    expect(state()).toBe('off');
    expect(line.calls).toBe(2);
    following.start();
    expect(line.calls).toBe(3);
  });
});

describe('what was told has changed', () => {
  it('is asked for again wherever it is shown, and nothing else is', () => {
    const change = { kind: 'server', id: A };
    expect(shows({ queryKey: ['servers'] }, change)).toBe(true);
    expect(shows({ queryKey: ['servers', { page: 2 }] }, change)).toBe(true);
    expect(shows({ queryKey: ['servers', A] }, change)).toBe(true);
    expect(shows({ queryKey: ['servers', A, 'schedules'] }, change)).toBe(true);
    expect(shows({ queryKey: ['servers', B] }, change)).toBe(false);
    expect(shows({ queryKey: ['limits'] }, change)).toBe(true);
    expect(shows({ queryKey: ['images'] }, change)).toBe(false);
    expect(shows({ queryKey: ['servers', B] }, { kind: 'server' })).toBe(true);
    expect(shows({ queryKey: ['servers'] }, { kind: 'of another version' })).toBe(false);
  });

  it('is asked for at once, and of many changes in a row once a second, the last one included', async () => {
    vi.useFakeTimers();
    const client = new QueryClient();
    let asked = 0;
    const end = new QueryObserver(client, { queryKey: ['servers'], queryFn: () => Promise.resolve(++asked) }).subscribe(() => undefined);
    await vi.advanceTimersByTimeAsync(1);
    expect(asked).toBe(1);
    const refresher = new Refresher(client);
    for (let n = 0; n < 20; n++) {
      refresher.take([{ kind: 'server', id: A }]);
      await vi.advanceTimersByTimeAsync(100);
      if (n === 0) expect(asked).toBe(2);
    }
    expect(asked).toBeLessThanOrEqual(4);
    const before = asked;
    refresher.take([{ kind: 'server', id: A }]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(asked).toBe(before + 1);
    end();
    client.clear();
    vi.useRealTimers();
  });
});
