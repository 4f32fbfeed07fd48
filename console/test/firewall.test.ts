import { expect, it, vi } from 'vitest';
import { exportFirewallEntries } from '../src/api/firewall';

it('fetches the firewall log as a file with the mark without which the session does not count', async () => {
  const seen: [string, Headers][] = [];
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    seen.push([path, new Headers(init.headers)]);
    return Promise.resolve(new Response('time,verdict', { headers: { 'content-type': 'text/csv' } }));
  });

  const file = await exportFirewallEntries({ verdict: 'drop' }, 'csv');

  expect(await file.text()).toBe('time,verdict');
  expect(seen[0]![0]).toBe('/service/v1/firewall-log/export?verdict=drop&format=csv');
  expect(seen[0]![1].get('X-Unkai-Console')).toBe('1');
});

it('says why it cannot', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('{"detail":"Nothing to see."}', { status: 403 })));

  await expect(exportFirewallEntries({}, 'json')).rejects.toMatchObject({ status: 403, message: 'Nothing to see.' });
});
