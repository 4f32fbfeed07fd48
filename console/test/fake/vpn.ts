// Tunnels of the SSL-VPN and the ways into contracts, of the fake cloud.
import type { PortalAccess, VpnSession, Way } from '../../src/api/vpn';
import type { FakeAnswer } from './cloud.ts';

const session = (id: string, user: string, address: string, innerAddress: string): VpnSession => ({
  id,
  user: { id: user, name: user },
  contract: { id: 'd1', name: 'kumo' },
  state: 'open',
  address,
  innerAddress,
  client: 'SSL-VPN: Open AnyConnect VPN Agent v9.01-3',
  since: '2026-10-01T01:00:00Z',
  seen: '2026-10-01T02:00:00Z',
  receivedBytes: 3_145_728,
  sentBytes: 1_024,
});

export class FakeVpn {
  sessions = [session('v1', 'master', '203.0.113.9', '100.64.0.64'), session('v2', 'worker', '203.0.113.10', '100.64.0.65')];
  ways: PortalAccess[] = [
    { contract: { id: 'd1', name: 'kumo' }, portalAccess: 'ssl-vpn', tunnels: '100.64.0.64/26', gateway: '203.0.113.1:443' },
    { contract: { id: 'd2', name: 'kiri' }, portalAccess: 'internet', tunnels: null, gateway: '203.0.113.1:443' },
  ];

  list(query: URLSearchParams): FakeAnswer {
    const everyone = query.get('everyone') === 'true';
    return { status: 200, body: { vpnSessions: this.sessions.filter((one) => everyone || one.user.id === 'master') } };
  }

  end(id = ''): FakeAnswer {
    this.sessions = this.sessions.map((one) => (one.id === id ? { ...one, state: 'ending' } : one));
    return { status: 202 };
  }

  own(): FakeAnswer {
    return { status: 200, body: this.ways[0] };
  }

  all(): FakeAnswer {
    return { status: 200, body: { contracts: this.ways } };
  }

  change(query: URLSearchParams, { portalAccess }: { portalAccess: Way }): FakeAnswer {
    const id = query.get('contract');
    this.ways = this.ways.map((one) =>
      one.contract.id === id ? { ...one, portalAccess, tunnels: portalAccess === 'ssl-vpn' ? '100.64.0.128/26' : null } : one,
    );
    return { status: 200, body: this.ways.find((one) => one.contract.id === id) };
  }
}
