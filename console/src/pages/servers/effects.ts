// What an action does to servers, in words and with what they have: disks, addresses.
import type { TFunction } from 'i18next';
import type { Server } from '../../api/compute';
import type { Effect, EffectLines } from '../../ui/Effects';
import { addressesOf } from './Addresses';
import type { Act } from './condition';

/** Which kinds of effects an action has; their sentences stand in the languages' files, a line each. */
export const EFFECTS = {
  stop: ['does', 'stays', 'needs'],
  reboot: ['does', 'stays', 'needs'],
  pause: ['does', 'stays', 'needs'],
  suspend: ['does', 'stays', 'needs'],
  shelve: ['does', 'stays', 'needs'],
  resize: ['does', 'stays', 'needs'],
  confirmResize: ['does', 'lost', 'stays'],
  revertResize: ['does', 'lost', 'needs'],
  rebuild: ['does', 'lost', 'stays', 'needs'],
  rescue: ['does', 'stays', 'needs'],
  snapshot: ['does', 'stays', 'needs'],
  delete: ['lost', 'stays'],
} as const satisfies Partial<Record<Act, readonly Effect[]>>;

export type Told = keyof typeof EFFECTS;

export function effectsOf(t: TFunction, act: Told, servers: readonly Server[], format: { gib: (gib: number) => string }): EffectLines {
  const lines: Partial<Record<Effect, string[]>> = {};
  // The key is put together, so each combination is named in the table above and there is a test that all of them have words.
  for (const effect of EFFECTS[act]) lines[effect] = String(t(`effects.servers.${act}.${effect}` as 'effects.servers.stop.does')).split('\n');
  if (act === 'delete') {
    const addresses = servers.flatMap(addressesOf);
    const fixed = addresses.filter((address) => address['OS-EXT-IPS:type'] === 'fixed').map((address) => address.addr);
    const floating = addresses.filter((address) => address['OS-EXT-IPS:type'] === 'floating').map((address) => address.addr);
    const disk = servers.reduce((sum, server) => sum + server.flavor.disk, 0);
    lines.lost?.unshift(t('effects.disk', { size: format.gib(disk) }));
    if (fixed.length > 0) lines.lost?.push(t('effects.fixed', { addresses: few(fixed) }));
    if (floating.length > 0) lines.stays?.unshift(t('effects.floating', { addresses: few(floating) }));
  }
  return lines;
}

/** "a, b, c, …": of a hundred servers not all addresses. */
function few(addresses: readonly string[]): string {
  return addresses.length > 4 ? `${addresses.slice(0, 4).join(', ')}, …` : addresses.join(', ');
}
