// Sessions and source addresses of the fake cloud.
import type { ApplicationCredential, OpenSession, SourceRule } from '../../src/api/access';
import type { AccessRule, Credential } from '../../src/api/credentials';
import type { FakeAnswer } from './cloud.ts';

const session = (id: string, user: string, address: string, current = false): OpenSession => ({
  id,
  user: { id: user, name: user },
  how: current ? 'console' : 'api',
  method: 'password',
  address,
  lastAddress: address,
  client: current ? 'Firefox' : 'openstacksdk',
  created: '2026-10-01T01:00:00Z',
  lastUsed: current ? '2026-10-01T02:00:00Z' : '2026-10-01T01:30:00Z',
  ends: '2026-10-01T13:00:00Z',
  current,
});

/** What is sent for a new one. */
export interface MadeBody {
  name: string;
  description: string;
  roles?: { name: string }[];
  access_rules?: AccessRule[];
  expires_at?: string;
}

export class FakeAccess {
  sessions = [session('s1', 'master', '198.51.100.7', true), session('s2', 'master', '203.0.113.9'), session('s3', 'worker', '203.0.113.10')];
  rules: SourceRule[] = [];
  programs: ApplicationCredential[] = [
    { id: 'c1', name: 'backup-job', user: { id: 'worker', name: 'worker' }, expiresAt: null, prefixes: [] },
  ];

  list(query: URLSearchParams): FakeAnswer {
    const everyone = query.get('everyone') === 'true';
    return { status: 200, body: { sessions: this.sessions.filter((one) => everyone || one.user.id === 'master') } };
  }

  end(id = ''): FakeAnswer {
    this.sessions = this.sessions.filter((one) => one.id !== id);
    return { status: 204 };
  }

  endOthers(): FakeAnswer {
    this.sessions = this.sessions.filter((one) => one.current || one.user.id !== 'master');
    return { status: 204 };
  }

  readRules(): FakeAnswer {
    const rules = this.rules.map((rule) => ({ ...rule, changedAt: '2026-10-01T02:00:00Z', changedBy: 'master' }));
    return { status: 200, body: { contract: { id: 'd1', name: 'kumo' }, yourAddress: '198.51.100.7', rules, tunnelsFrom: this.tunnelsFrom } };
  }

  tunnelsFrom: string[] | null = null;

  changeTunnels({ prefixes }: { prefixes: string[] }): FakeAnswer {
    if (!prefixes.includes('198.51.100.0/24')) return { status: 409, body: { code: 'LockOut', detail: 'Your own tunnel comes from 198.51.100.7.' } };
    this.tunnelsFrom = prefixes;
    return this.readRules();
  }

  changeRules({ rules }: { rules: SourceRule[] }): FakeAnswer {
    if (rules.some((rule) => !rule.prefixes.includes('198.51.100.0/24'))) {
      return { status: 409, body: { code: 'LockOut', detail: 'With these rules you could not come in any more from where you are now (198.51.100.7).' } };
    }
    this.rules = rules;
    return this.readRules();
  }

  /** The visitor's, as the Identity API has them. */
  own: Credential[] = [
    {
      id: 'c1',
      name: 'backup',
      description: 'Nightly',
      project_id: 'p1',
      roles: [{ id: 'r1', name: 'reader' }],
      access_rules: [{ id: 'a1', service: 'compute', method: 'GET', path: '/v2.1/servers/**' }],
      expires_at: null,
      unrestricted: false,
    },
  ];

  make({ name, description, roles, access_rules, expires_at }: MadeBody): FakeAnswer {
    const made: Credential = {
      id: `new-${this.own.length}`,
      name,
      description,
      project_id: 'p1',
      roles: (roles ?? [{ name: 'member' }]).map((role) => ({ id: role.name, name: role.name })),
      access_rules: (access_rules ?? []).map((rule, index) => ({ id: String(index), ...rule })),
      expires_at: expires_at?.replace('Z', '') ?? null,
      unrestricted: false,
    };
    this.own = [...this.own, made];
    this.programs = [...this.programs, { id: made.id, name, user: { id: 'u1', name: 'master' }, expiresAt: expires_at ?? null, prefixes: [] }];
    return { status: 201, body: { application_credential: { ...made, secret: 'once-and-never-again' } } };
  }

  drop(id = ''): FakeAnswer {
    this.own = this.own.filter((one) => one.id !== id);
    return { status: 204 };
  }

  credentials(): FakeAnswer {
    return { status: 200, body: { applicationCredentials: this.programs } };
  }

  limit(id = '', { prefixes }: { prefixes: string[] }): FakeAnswer {
    this.programs = this.programs.map((one) => (one.id === id ? { ...one, prefixes } : one));
    return { status: 200, body: this.programs.find((one) => one.id === id) };
  }
}
