// Addresses as numbers, so that one can say whether a range holds them.
import { isIpv4, isIpv6 } from '../securitygroups/rules';

export interface Ip {
  version: 4 | 6;
  value: bigint;
  text: string;
}

/** null: it is none */
export function parseIp(text: string): Ip | null {
  const given = text.trim();
  if (isIpv4(given)) return { version: 4, value: given.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n), text: given };
  if (!isIpv6(given)) return null;
  // A browser writes it in one way: hexadecimal groups, the longest row of zeros left out.
  const [head = '', tail] = new URL(`http://[${given}]/`).hostname.slice(1, -1).split('::');
  const groups = (part: string) => part.split(':').filter((group) => group !== '');
  const front = groups(head);
  const back = tail === undefined ? [] : groups(tail);
  const whole = [...front, ...Array.from({ length: 8 - front.length - back.length }, () => '0'), ...back];
  return { version: 6, value: whole.reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n), text: given };
}

/** Whether the range (CIDR, or an address alone) holds the address. */
export function holds(range: string, ip: Ip): boolean {
  const [address = '', length] = range.split('/');
  const net = parseIp(address);
  if (!net || net.version !== ip.version) return false;
  const bits = ip.version === 4 ? 32 : 128;
  const rest = BigInt(bits - (length === undefined ? bits : Number(length)));
  return net.value >> rest === ip.value >> rest;
}

export const isEverything = (range: string) => range.endsWith('/0');
