// Why servers went to their hosts, or to none: what the provider's people are told.
import { call } from './http';

export interface Search {
  /** ISO 8601 */
  at: string;
  outcome: 'placed' | 'nowhere' | 'later';
  host: string | null;
  /** the filter that left no host over */
  shortage: string | null;
  sentence: string | null;
  search: {
    /** memory in MiB, disk in GiB */
    wanted: { vcpus: number; memoryMib: number; diskGib: number; zone: string | null; host: string | null; uefi: boolean; group: string };
    /** what each condition that turned hosts away left over */
    steps: { filter: string; before: number; after: number }[];
    /** best first, then those turned away */
    hosts: { name: string; zone: string; freeVcpus: number; freeMemoryMib: number; freeDiskGib: number; guests: number; lacks: string | null }[];
  };
}

/** Newest first. */
export const readPlacement = async (server: string, signal?: AbortSignal) =>
  (await call<{ searches: Search[] }>('GET', `/service/v1/servers/${server}/placement`, { signal })).searches;
