// Checks, in this browser and with nothing but hashes and the ledger's public key, that an event is what the ledger signed (RFC 9162 section 2.1.3.2).
import type { HeldByRound, Proof, Round, SignedHead, WholeEvent } from '../../api/history';

/** `unknown`: this browser cannot check Ed25519 signatures; `absent`: no published round holds the head yet. */
export type Verdict = 'good' | 'bad' | 'unknown' | 'absent';

export interface Checked {
  /** The hash of the event as it is shown here, in hexadecimal. */
  leaf: string;
  /** That hash leads to the head's root. */
  inclusion: Verdict;
  /** The key signed the head. */
  signature: Verdict;
  /** The round is signed by the key too and holds the head. */
  round: Verdict;
}

type Bytes = Uint8Array<ArrayBuffer>;

const utf8 = (text: string): Bytes => new TextEncoder().encode(text) as Bytes;
const base64 = (text: string): Bytes => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const hex = (bytes: Bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
const same = (one: Bytes, other: Bytes) => hex(one) === hex(other);

export const hexOf = (text: string) => hex(base64(text));

/** Microseconds since 1970 of an instant such as 2026-11-26T07:00:00.123456Z, finer than a Date is. */
export function micros(iso: string): string {
  const [, seconds = '', fraction = ''] = /^(.*?)(?:\.(\d+))?Z$/.exec(iso) ?? [];
  return String(BigInt(Date.parse(`${seconds}Z`)) * 1000n + BigInt(fraction.padEnd(6, '0').slice(0, 6)));
}

async function sha256(...parts: Bytes[]): Promise<Bytes> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return new Uint8Array(await crypto.subtle.digest('SHA-256', whole));
}

const leafHash = (...entry: Bytes[]) => sha256(new Uint8Array([0]), ...entry);
const nodeHash = (left: Bytes, right: Bytes) => sha256(new Uint8Array([1]), left, right);

const headText = (head: SignedHead) =>
  utf8(['unkai-head/1', head.log, head.size, hexOf(head.root), micros(head.time), hexOf(head.previous), ''].join('\n'));
const roundText = (round: Round) => utf8(['unkai-round/1', round.number, hexOf(round.root), micros(round.time), hexOf(round.previous), ''].join('\n'));
const eventText = (whole: WholeEvent) => utf8(['unkai-event/1', whole.event.log, whole.event.place, micros(whole.event.received), whole.text].join('\n'));

/** Whether the leaf of that hash is at `place` in the tree of `size` leaves with that root. */
export async function includes(root: Bytes, size: number, place: number, leaf: Bytes, path: Bytes[]): Promise<boolean> {
  if (place < 0 || place >= size) return false;
  let node = BigInt(place);
  let last = BigInt(size - 1);
  let hash = leaf;
  for (const sibling of path) {
    if (last === 0n) return false;
    if (node % 2n === 1n || node === last) {
      hash = await nodeHash(sibling, hash);
      while (node % 2n === 0n && node !== 0n) {
        node /= 2n;
        last /= 2n;
      }
    } else {
      hash = await nodeHash(hash, sibling);
    }
    node /= 2n;
    last /= 2n;
  }
  return last === 0n && same(hash, root);
}

async function signed(pem: string, text: Bytes, signature: string): Promise<Verdict> {
  const der = base64(pem.replace(/-----[A-Z ]+-----/g, '').replace(/\s/g, ''));
  let key: CryptoKey;
  try {
    key = await crypto.subtle.importKey('spki', der, { name: 'Ed25519' }, false, ['verify']);
  } catch {
    return 'unknown';
  }
  return (await crypto.subtle.verify({ name: 'Ed25519' }, key, base64(signature), text)) ? 'good' : 'bad';
}

async function held(pem: string, proof: HeldByRound, head: SignedHead): Promise<Verdict> {
  const leaf = await leafHash(base64(proof.nonce), headText(head));
  if (!(await includes(base64(proof.round.root), proof.size, proof.place, leaf, proof.path.map(base64)))) return 'bad';
  return signed(pem, roundText(proof.round), proof.round.signature);
}

/** `pem` is the ledger's public key. */
export async function checkProof(whole: WholeEvent, proof: Proof, pem: string): Promise<Checked> {
  const leaf = await leafHash(eventText(whole));
  const { head } = proof;
  const here = head.log === whole.event.log && proof.place === whole.event.place;
  const led = here && (await includes(base64(head.root), head.size, proof.place, leaf, proof.path.map(base64)));
  return {
    leaf: hex(leaf),
    inclusion: led ? 'good' : 'bad',
    signature: await signed(pem, headText(head), head.signature),
    round: proof.round ? await held(pem, proof.round, head) : 'absent',
  };
}
