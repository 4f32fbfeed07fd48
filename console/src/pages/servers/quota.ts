// How much of the project's quota a change takes or gives back.
import type { Flavor, Limits, Server } from '../../api/compute';
import type { Image } from '../../api/image';

export type QuotaKind = 'servers' | 'vcpus' | 'ram';

/** What a change adds; less than nothing: gives back. RAM in MiB. */
export type QuotaChange = Readonly<Record<QuotaKind, number>>;

export interface QuotaUse {
  kind: QuotaKind;
  used: number;
  adding: number;
  /** null: unlimited */
  max: number | null;
  /** what remains after the addition; negative when it does not fit */
  left: number | null;
  over: boolean;
}

export function quotaAfter(limits: Limits, change: QuotaChange): QuotaUse[] {
  return [
    use('servers', limits.totalInstancesUsed, change.servers, limits.maxTotalInstances),
    use('vcpus', limits.totalCoresUsed, change.vcpus, limits.maxTotalCores),
    use('ram', limits.totalRAMUsed, change.ram, limits.maxTotalRAMSize),
  ];
}

function use(kind: QuotaKind, used: number, adding: number, limit: number): QuotaUse {
  if (limit < 0) return { kind, used, adding, max: null, left: null, over: false };
  const left = limit - used - adding;
  return { kind, used, adding, max: limit, left, over: adding > 0 && left < 0 };
}

export const forNew = (flavor: Flavor | undefined): QuotaChange => ({ servers: 1, vcpus: flavor?.vcpus ?? 0, ram: flavor?.ram ?? 0 });

export function forDeletion(servers: readonly Server[]): QuotaChange {
  return servers.reduce((sum, { flavor }) => ({ servers: sum.servers - 1, vcpus: sum.vcpus - flavor.vcpus, ram: sum.ram - flavor.ram }), { servers: 0, vcpus: 0, ram: 0 });
}

export function forResize(servers: readonly Server[], to: Flavor | undefined): QuotaChange {
  if (!to) return { servers: 0, vcpus: 0, ram: 0 };
  return servers.reduce((sum, { flavor }) => ({ servers: 0, vcpus: sum.vcpus + to.vcpus - flavor.vcpus, ram: sum.ram + to.ram - flavor.ram }), { servers: 0, vcpus: 0, ram: 0 });
}

/** Whether the flavor is as large as the image asks for. */
export function fits(flavor: Flavor, image: Image | undefined): boolean {
  return !image || (flavor.ram >= image.min_ram && (flavor.disk === 0 || flavor.disk >= image.min_disk));
}
