// Puts the fake cloud behind the page's fetch().
import { vi } from 'vitest';
import type { FakeCloud } from './cloud.ts';

export function stubFetch(cloud: FakeCloud): void {
  vi.stubGlobal('fetch', (path: string, init: RequestInit = {}) => {
    if (cloud.unreachable) return Promise.reject(new TypeError('Failed to fetch'));
    const url = new URL(path, 'https://fake');
    if (url.pathname === '/service/v1/changes' && cloud.changes.tells && cloud.loggedIn) return Promise.resolve(cloud.changes.answer(init.signal));
    const json = new Headers(init.headers).get('content-type')?.includes('json');
    const body: unknown = typeof init.body === 'string' && json ? JSON.parse(init.body) : init.body;
    const reason = new Headers(init.headers).get('x-unkai-reason') ?? '';
    const answer = cloud.answer({ method: init.method ?? 'GET', path: url.pathname, query: url.searchParams, body, reason });
    const text = answer.body === undefined ? null : JSON.stringify(answer.body);
    return Promise.resolve(new Response(text, { status: answer.status, headers: { 'x-openstack-request-id': 'req-fake' } }));
  });
}
