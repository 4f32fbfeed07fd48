// The visitor's own application credentials by the Identity API: passwords of programs, which can do what their roles and rules say and no more.
import { action } from './act';
import { call } from './http';

/** Which requests a credential is good for. */
export interface AccessRule {
  /** a type of the catalog: compute, network, image … */
  service: string;
  method: string;
  /** of the service, perhaps with * and ** */
  path: string;
}

export interface Credential {
  id: string;
  name: string;
  description: string | null;
  project_id: string;
  roles: { id: string; name: string }[];
  access_rules?: (AccessRule & { id: string })[];
  /** as the Identity API writes times: UTC, without a zone */
  expires_at: string | null;
  unrestricted: boolean;
}

export interface MadeCredential extends Credential {
  /** told here and nowhere else */
  secret: string;
}

export interface CredentialWish {
  name: string;
  description: string;
  /** names; none: all that the visitor has */
  roles: readonly string[];
  rules: readonly AccessRule[];
  /** ISO 8601 */
  expiresAt: string | null;
}

const of = (user: string) => `/identity/v3/users/${encodeURIComponent(user)}/application_credentials`;

export const listOwnCredentials = async (user: string, signal?: AbortSignal) =>
  (await call<{ application_credentials: Credential[] }>('GET', of(user), { signal })).application_credentials;

/** The client takes times without a zone, in UTC. */
const clientTime = (iso: string) => iso.replace(/(\.\d+)?Z$/, '');

export const createCredential = action(
  (user: string, { name, description, roles, rules, expiresAt }: CredentialWish) => ({
    method: 'POST',
    path: of(user),
    body: {
      application_credential: {
        name,
        description,
        ...(roles.length > 0 ? { roles: roles.map((role) => ({ name: role })) } : {}),
        ...(rules.length > 0 ? { access_rules: rules } : {}),
        ...(expiresAt === null ? {} : { expires_at: expiresAt }),
      },
    },
    client: [
      [
        ...['application', 'credential', 'create', name],
        ...(description === '' ? [] : ['--description', description]),
        ...roles.flatMap((role) => ['--role', role]),
        ...(rules.length > 0 ? ['--access-rules', JSON.stringify(rules)] : []),
        ...(expiresAt === null ? [] : ['--expiration', clientTime(expiresAt)]),
      ],
    ],
    made: 'application_credential.id',
  }),
  (answer: { application_credential: MadeCredential }) => answer.application_credential,
);

export const deleteCredential = action((user: string, id: string) => ({
  method: 'DELETE',
  path: `${of(user)}/${encodeURIComponent(id)}`,
  client: [['application', 'credential', 'delete', id]],
}));
