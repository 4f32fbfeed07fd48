import { render, screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { App } from '../src/app/App';
import { speak, type Language } from '../src/i18n';
import { listRegisteredAddresses } from '../src/api/registers';
import { FakeCloud } from './fake/cloud.ts';
import { stubFetch } from './fake/fetch.ts';

let cloud: FakeCloud;

async function open(path: string, language: Language) {
  window.history.replaceState(null, '', path);
  render(<App language={language} messages={await speak(language)} />);
}

beforeEach(() => {
  cloud = new FakeCloud();
  stubFetch(cloud);
});

describe('the address register', () => {
  it('lists each external address once, with who has it', async () => {
    const base = { name: '', mac_address: '', status: 'ACTIVE', security_groups: [], network_id: 'n0', project_id: 'p1', created_at: '2026-10-01T01:00:00Z' };
    cloud.ports = [
      { ...base, id: 'a', device_id: 'fa1', device_owner: 'network:floatingip', fixed_ips: [{ subnet_id: 'sn0', ip_address: '203.0.113.21' }] },
      { ...base, id: 'b', device_id: 'r1', device_owner: 'network:router_gateway', fixed_ips: [{ subnet_id: 'sn0', ip_address: '203.0.113.9' }] },
    ];
    const addresses = await listRegisteredAddresses();
    expect(addresses.map(({ address, kind, leadsTo }) => [address, kind, leadsTo])).toEqual([
      ['203.0.113.21', 'floating', '10.1.0.5'],
      ['203.0.113.22', 'floating', ''],
      ['203.0.113.9', 'gateway', 'r1'],
    ]);
    await open('/registers', 'ja');
    const row = (await screen.findByText('203.0.113.22')).closest('tr')!;
    expect(await within(row).findByText('kumo')).toBeTruthy();
    expect(within(row).getByText('未割り当て')).toBeTruthy();
  });

  it('shows the number of each network, and how full each range is', async () => {
    await open('/registers/networks', 'en');
    const row = (await screen.findByText('10.1.0.0/24')).closest('tr')!;
    expect(within(row).getByText('71')).toBeTruthy();
    screen.getByText('Ranges').click();
    await screen.findByText('3 of 29');
  });

  it('is not there for customers', async () => {
    cloud.rights = cloud.rights.filter((right) => right !== 'network:ip-availability:list');
    await open('/registers', 'en');
    await screen.findByRole('heading', { name: 'There is no such page' });
  });
});
