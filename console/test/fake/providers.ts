// Identity providers of the fake cloud, and sign-ins through them.
import type { IdentityProvider, ProviderSettings } from '../../src/api/providers';
import type { FakeAnswer } from './cloud.ts';
import * as seed from './seed.ts';

const problem = (status: number, code: string, more: object = {}): FakeAnswer => ({
  status,
  body: { title: 'Refused', status, code, detail: `Refused: ${code}.`, ...more },
});

export const KEY = 'Zm9vYmFyYmF6cXV4Zm9vYg';

export class FakeProviders {
  list: IdentityProvider[] = [
    {
      id: 'ip1',
      contract: { id: 'd1', name: 'kumo' },
      name: 'Kumo SSO',
      issuer: 'https://login.kumo.example/realms/staff',
      clientId: 'unkai',
      scopes: 'openid profile',
      nameClaim: 'preferred_username',
      mappingClaim: 'groups',
      rules: [
        { value: 'cloud-users', role: 'operator', group: null },
        { value: '*', role: null, group: 'ops' },
      ],
      secondFactor: ['mfa'],
      enabled: true,
      logOutThere: false,
      barredByPlan: false,
      signInLink: `https://cloud.example/sign-in/${KEY}`,
      redirectUri: 'https://cloud.example/sign-in/return',
      postLogoutRedirectUri: 'https://cloud.example/',
      users: 3,
    },
  ];
  trouble: string | null = null;
  /** Whether the visitor has a local second factor, with this code. */
  code: string | null = null;

  all(): FakeAnswer {
    return { status: 200, body: { identityProviders: this.list } };
  }

  register({ identityProvider: given }: { identityProvider: ProviderSettings & { contract: string; issuer: string } }): FakeAnswer {
    const { contract, ...settings } = given;
    if (contract === 'barred') return problem(409, 'PlanBarsSignIn');
    const made = { ...this.list[0]!, ...settings, id: 'ip2', contract: { id: contract, name: 'kiri' }, users: 0 };
    this.list = [...this.list, made];
    return { status: 201, body: made };
  }

  change(id = '', { identityProvider: given }: { identityProvider: ProviderSettings }): FakeAnswer {
    this.list = this.list.map((one) => (one.id === id ? { ...one, ...given, contract: one.contract, issuer: one.issuer } : one));
    return { status: 200, body: this.list.find((one) => one.id === id) };
  }

  remove(id = ''): FakeAnswer {
    this.list = this.list.filter((one) => one.id !== id);
    return { status: 204 };
  }

  check(): FakeAnswer {
    return { status: 200, body: { trouble: this.trouble } };
  }

  begin({ key }: { key: string }): FakeAnswer {
    return key === KEY
      ? { status: 200, body: { name: 'Kumo SSO', address: 'https://login.kumo.example/authorize?state=s1' } }
      : problem(404, 'SignInNoLink');
  }

  finish(body: { state: string; code?: string; error?: string }): FakeAnswer {
    if (body.state !== 's1') return problem(401, 'SignInLapsed');
    if (body.error) return problem(401, 'SignInRefusedThere');
    return this.code === null ? { status: 200, body: { ...seed.session(), federated: true } } : problem(401, 'SecondFactorMissing');
  }

  second(body: { state: string; code?: string }): FakeAnswer {
    return body.code === this.code ? { status: 200, body: { ...seed.session(), federated: true } } : problem(401, 'SecondFactorWrong');
  }
}
