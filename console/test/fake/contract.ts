// Plans, one application and one contract of the fake cloud.
import type { Application, Contract } from '../../src/api/contract';
import type { FakeAnswer } from './cloud.ts';

const words = (en: string, ja: string) => ({ en, ja });
const AT = '2026-10-01T01:00:00Z';

export class FakeContract {
  application: Application = {
    id: 'a1',
    number: 'A-7',
    state: 'submitted',
    company: 'Kumo Trading',
    person: 'Yuki Sato',
    email: 'yuki@customer.example',
    telephone: '',
    contractName: 'kumo-trading',
    plan: 'shared',
    purpose: 'A shop',
    language: 'ja',
    addresses: ['198.51.100.0/24'],
    vpnUsers: [],
    createdAt: AT,
    steps: [
      { step: 'applied', at: AT },
      { step: 'verified', at: AT },
    ],
  };
  issued = false;

  verify(): FakeAnswer {
    return { status: 200, body: { token: 'follow-token-of-the-applicant' } };
  }

  show(): FakeAnswer {
    return { status: 200, body: this.application };
  }

  list(): FakeAnswer {
    return { status: 200, body: { applications: [this.application] } };
  }

  approve(): FakeAnswer {
    this.application = {
      ...this.application,
      state: 'approved',
      planVersion: 1,
      decidedBy: 'operator',
      toAgree: {
        hash: 'abc',
        name: words('Shared', '共用プラン'),
        version: 1,
        texts: [
          { id: 'terms', title: words('Terms', '利用約款'), body: words('First article.', '第一条') },
          { id: 'specification', title: words('Service specification', 'サービス仕様書'), body: words('What there is.', '内容') },
        ],
      },
    };
    return this.show();
  }

  agree(): FakeAnswer {
    const { toAgree: _, ...rest } = this.application;
    this.application = { ...rest, state: 'accepted', contract: { state: 'active', name: 'kumo-trading', user: 'master' } };
    return this.show();
  }

  own(): FakeAnswer {
    const contract: Contract = {
      id: 'c1',
      name: 'kumo-trading',
      company: 'Kumo Trading',
      state: 'active',
      plan: 'shared',
      planVersion: 1,
      planName: words('Shared', '共用プラン'),
      createdAt: AT,
      activeAt: AT,
      consents: [
        {
          id: 'k1',
          plan: 'shared',
          planVersion: 1,
          sha256: 'abc',
          texts: ['terms'],
          language: 'ja',
          person: 'Yuki Sato',
          email: 'yuki@customer.example',
          user: null,
          address: '198.51.100.7',
          agent: 'Firefox',
          at: AT,
        },
      ],
      steps: [{ step: 'active', at: AT }],
    };
    return { status: 200, body: contract };
  }

  seal(): FakeAnswer {
    return { status: 200, body: { contract: 'kumo-trading', user: 'master', issued: this.issued, expiresAt: AT } };
  }

  open(): FakeAnswer {
    return { status: 200, body: { contract: 'kumo-trading', user: 'master', password: this.issued ? 'a-password-made-here' : null } };
  }
}
