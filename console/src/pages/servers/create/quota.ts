// How much of the project's quota a new server would take.
import type { Flavor, Limits } from '../../../api/compute';
import type { Image } from '../../../api/image';

export type QuotaKind = 'servers' | 'vcpus' | 'ram';

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

export function quotaAfter(limits: Limits, flavor: Flavor | undefined): QuotaUse[] {
  return [
    use('servers', limits.totalInstancesUsed, 1, limits.maxTotalInstances),
    use('vcpus', limits.totalCoresUsed, flavor?.vcpus ?? 0, limits.maxTotalCores),
    use('ram', limits.totalRAMUsed, flavor?.ram ?? 0, limits.maxTotalRAMSize),
  ];
}

function use(kind: QuotaKind, used: number, adding: number, limit: number): QuotaUse {
  if (limit < 0) return { kind, used, adding, max: null, left: null, over: false };
  const left = limit - used - adding;
  return { kind, used, adding, max: limit, left, over: left < 0 };
}

/** Whether the flavor is as large as the image asks for. */
export function fits(flavor: Flavor, image: Image | undefined): boolean {
  return !image || (flavor.ram >= image.min_ram && (flavor.disk === 0 || flavor.disk >= image.min_disk));
}
