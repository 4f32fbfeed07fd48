// How often a page asks again: quickly while something is on its way from one state to another, calmly otherwise.
import type { Server } from './compute';
import type { Image } from './image';

/** milliseconds */
export const QUICK = 1_500;
export const CALM = 5_000;
export const SELDOM = 30_000;

const PASSING = new Set(['BUILD', 'REBOOT', 'HARD_REBOOT', 'REBUILD', 'RESIZE', 'MIGRATING', 'PASSWORD']);

/** Whether a server is on its way to another state, so that it will look different in a moment. */
export function isPassing(server: Server): boolean {
  return PASSING.has(server.status) || server['OS-EXT-STS:task_state'] !== null;
}

export function pollServers(servers: readonly Server[] | undefined): number {
  return servers?.some(isPassing) ? QUICK : CALM;
}

export function pollImages(images: readonly Image[] | undefined): number {
  return images?.some((image) => ['queued', 'saving', 'importing'].includes(image.status)) ? QUICK : 2 * CALM;
}
