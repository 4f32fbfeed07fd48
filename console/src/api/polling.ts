// How often a page asks again: quickly while something is on its way from one state to another, calmly otherwise.
import type { Server } from './compute';
import type { Image } from './image';

/** milliseconds */
export const QUICK = 1_500;
export const CALM = 5_000;
export const SELDOM = 30_000;

let told = false;

/** Says whether the service tells what changes. */
export function tellPolling(followed: boolean): void {
  told = followed;
}

/** How long until a list whose changes are told is asked for again: as ever while nobody tells them, else now and then, in case one got lost. */
export const followed = (normal: number): number => (told ? SELDOM : normal);

const PASSING = new Set(['BUILD', 'REBOOT', 'HARD_REBOOT', 'REBUILD', 'RESIZE', 'MIGRATING', 'PASSWORD']);

/** Whether a server is on its way to another state, so that it will look different in a moment. */
export function isPassing(server: Server): boolean {
  return PASSING.has(server.status) || server['OS-EXT-STS:task_state'] !== null;
}

export function pollServers(servers: readonly Server[] | undefined): number {
  return followed(servers?.some(isPassing) ? QUICK : CALM);
}

export function pollImages(images: readonly Image[] | undefined): number {
  return followed(images?.some((image) => ['queued', 'saving', 'importing'].includes(image.status)) ? QUICK : 2 * CALM);
}
