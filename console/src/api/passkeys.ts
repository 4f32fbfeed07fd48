// Passkeys: what the browser makes and shows (Web Authentication), and the requests around it.
import { call } from './http';
import type { Service } from './service';

export type Passkey = Service['Passkey'];

type Descriptor = Service['PasskeyDescriptor'];

/** Options in the JSON forms of the specification; bytes are base64url. */
export type RequestOptions = Service['PasskeyRequest'];

export type CreationOptions = Service['PasskeyCreation'];

/** What a browser makes, as `PublicKeyCredential.toJSON()` writes it. */
export type PasskeyMade = Service['PasskeyMade'];

/** What it answers to a challenge. */
export type PasskeyAnswer = Service['PasskeyAnswer'];

/** What is shown again before the log-in changes. */
export type Proof = Service['Proof'];

/** Why the browser gave no answer; a text for each stands at `account.passkeys.trouble`. */
export type PasskeyTrouble = 'cancelled' | 'known' | 'otherAddress' | 'unsupported';

export class PasskeyFailure extends Error {
  constructor(
    readonly trouble: PasskeyTrouble,
    /** The site's name, for which its passkeys are. */
    readonly site: string,
  ) {
    super(trouble);
    this.name = 'PasskeyFailure';
  }
}

const PASSKEYS = '/service/v1/account/passkeys';

export const beginPasskey = (proof: Proof) =>
  call<Service['PasskeyBegun']>('POST', PASSKEYS, { body: { proof } }).then((answer) => answer.publicKey);
export const registerPasskey = (name: string, credential: PasskeyMade) =>
  call<Service['PasskeyRegistered']>('PUT', PASSKEYS, { body: { passkey: { name, credential } } });
export const passkeyChallenge = (password: string) =>
  call<Service['PasskeyChallenge']>('POST', `${PASSKEYS}/challenge`, { body: { proof: { password } } }).then((answer) => answer.publicKey);
export const renamePasskey = (id: string, name: string) => call<void>('PUT', `${PASSKEYS}/${id}`, { body: { passkey: { name } } });
export const removePasskey = (id: string, proof: Proof) => call<void>('POST', `${PASSKEYS}/${id}/removal`, { body: { proof } });

export const passkeysSupported = () => typeof PublicKeyCredential !== 'undefined';

/** Lets the browser make a passkey. Throws PasskeyFailure. */
export async function makePasskey(options: CreationOptions): Promise<PasskeyMade> {
  const made = await asked(options.rp.id, () =>
    navigator.credentials.create({
      publicKey: {
        ...options,
        challenge: bytes(options.challenge),
        user: { ...options.user, id: bytes(options.user.id) },
        excludeCredentials: options.excludeCredentials.map(descriptor),
      },
    }),
  );
  const response = made.response as AuthenticatorAttestationResponse;
  return {
    ...named(made),
    response: {
      clientDataJSON: text(response.clientDataJSON),
      attestationObject: text(response.attestationObject),
      transports: typeof response.getTransports === 'function' ? response.getTransports() : [],
    },
  };
}

/** Lets the browser show a passkey. Throws PasskeyFailure. */
export async function showPasskey(options: RequestOptions): Promise<PasskeyAnswer> {
  const shown = await asked(options.rpId, () =>
    navigator.credentials.get({
      publicKey: { ...options, challenge: bytes(options.challenge), allowCredentials: options.allowCredentials.map(descriptor) },
    }),
  );
  const response = shown.response as AuthenticatorAssertionResponse;
  return {
    ...named(shown),
    response: {
      clientDataJSON: text(response.clientDataJSON),
      authenticatorData: text(response.authenticatorData),
      signature: text(response.signature),
      userHandle: response.userHandle ? text(response.userHandle) : null,
    },
  };
}

async function asked(site: string, ask: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  if (!passkeysSupported()) throw new PasskeyFailure('unsupported', site);
  try {
    const answer = await ask();
    if (answer instanceof PublicKeyCredential) return answer;
  } catch (error) {
    const name = error instanceof DOMException ? error.name : '';
    if (name === 'InvalidStateError') throw new PasskeyFailure('known', site);
    if (name === 'SecurityError') throw new PasskeyFailure('otherAddress', site);
    if (name === 'NotSupportedError') throw new PasskeyFailure('unsupported', site);
    if (name !== 'NotAllowedError' && name !== 'AbortError') throw error;
  }
  throw new PasskeyFailure('cancelled', site);
}

const named = (credential: PublicKeyCredential) => ({ id: credential.id, rawId: credential.id, type: credential.type });

const descriptor = ({ type, id, transports }: Descriptor): PublicKeyCredentialDescriptor => ({
  type,
  id: bytes(id),
  ...(transports?.length ? { transports: transports as AuthenticatorTransport[] } : {}),
});

function bytes(base64url: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64url.replace(/-/g, '+').replace(/_/g, '/')), (sign) => sign.charCodeAt(0));
}

function text(buffer: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
}
