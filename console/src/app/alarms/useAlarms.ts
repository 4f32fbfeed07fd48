// All that waits for the visitor, what cannot wait first; empty until it was read.
import type { Alarm } from './alarm';
import { inOrder } from './alarm';
import { useOwnAlarms } from './useOwnAlarms';
import { useSiteAlarms } from './useSiteAlarms';

export function useAlarms(): Alarm[] {
  const site = useSiteAlarms();
  const own = useOwnAlarms();
  return inOrder([...site, ...own]);
}
