// The plans of the fake cloud: two, of which one has an older version.
import type { Plan } from '../../src/api/plans';
import type { FakeAnswer } from './cloud.ts';

const both = (en: string, ja: string) => ({ en, ja });

const shared: Plan = {
  id: 'shared',
  version: 2,
  newest: true,
  offered: true,
  publishedAt: '2026-11-20T09:00:00Z',
  sha256: 'a'.repeat(64),
  name: both('Shared', '共用プラン'),
  summary: both('Servers on common hosts.', '共用ホストで動作します。'),
  credentials: { issued: 'provider-issued', expiresAfterDays: null, differsFromLast: 2, resetMinutes: null, secondFactor: 'by-role' },
  userAdministration: 'provider',
  portalAccess: ['source-addresses'],
  placement: { hosts: 'shared', fewestHosts: null },
  backup: 'none',
  residency: ['JP'],
  monitoring: { graphs: ['cpu', 'network'], standardAlarms: [] },
  erasure: { extent: 'objects', graceDays: 30 },
  notice: { maintenanceDays: 14, incidentBusinessDays: 3, planChangeDays: 30, channels: ['mail', 'telephone'] },
  retention: { operationDays: 30, signInDays: 30 },
  enforcement: [
    { policy: 'credentials', enforced: true, by: 'dev.unkai.identity.account.PasswordPolicy' },
    { policy: 'backup', enforced: false, by: null },
  ],
  texts: [{ id: 'terms', title: both('Terms of service', '利用規約'), body: both('First.\n\nSecond.', '一。\n\n二。') }],
  responsibilities: {
    parties: [
      { id: 'customer', name: both('Customer', 'お客様') },
      { id: 'provider', name: both('Provider', 'サービス提供者') },
    ],
    layers: [
      {
        id: 'data',
        name: both('Data', 'データ'),
        cells: [
          { party: 'customer', share: 'whole', text: both('Content, "all" of it', '内容') },
          { party: 'provider', share: 'none', text: both('No part in it', '関与しません') },
        ],
      },
      {
        id: 'networks',
        name: both('Networks', 'ネットワーク'),
        cells: [
          { party: 'customer', share: 'part', text: both('Addresses', 'アドレス') },
          { party: 'provider', share: 'part', text: both('Separation', '分離') },
        ],
      },
    ],
  },
};

const dedicated: Plan = {
  ...shared,
  id: 'dedicated',
  version: 1,
  offered: false,
  name: both('Dedicated', '専有プラン'),
  credentials: { issued: 'self-service', expiresAfterDays: 90, differsFromLast: 1, resetMinutes: 30, secondFactor: 'everyone' },
  userAdministration: 'customer',
  portalAccess: ['ssl-vpn'],
  placement: { hosts: 'dedicated', fewestHosts: 3 },
  backup: 'same-host',
  residency: null,
  notice: { ...shared.notice, incidentBusinessDays: 1 },
};

export class FakePlans {
  all: Plan[] = [dedicated, shared, { ...shared, version: 1, newest: false, name: both('Shared of old', '旧共用プラン') }];
  published: string[] = [];
  refusal: string | null = null;

  list(): FakeAnswer {
    return { status: 200, body: { plans: this.all.filter((plan) => plan.newest) } };
  }

  versions(id: string | undefined): FakeAnswer {
    const versions = this.all.filter((plan) => plan.id === id);
    return versions.length > 0 ? { status: 200, body: { versions } } : { status: 404, body: { detail: 'There is no such plan.' } };
  }

  publish(document: string): FakeAnswer {
    if (this.refusal) return { status: 400, body: { detail: this.refusal } };
    this.published.push(document);
    return { status: 201, body: shared };
  }

  offer(id: string | undefined, offered: boolean): FakeAnswer {
    this.all = this.all.map((plan) => (plan.id === id ? { ...plan, offered } : plan));
    return { status: 200, body: this.all.find((plan) => plan.id === id) };
  }
}
