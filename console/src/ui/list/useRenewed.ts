// Keeps what is selected as new as what is shown: an action is judged by the state of now.
import { useEffect } from 'react';

export function useRenewed<T>(shown: readonly T[], selected: readonly T[], idOf: (item: T) => string, renew: ((items: T[]) => void) | undefined): void {
  useEffect(() => {
    if (selected.length === 0) return;
    const now = new Map(shown.map((item) => [idOf(item), item]));
    const renewed = selected.map((item) => now.get(idOf(item)) ?? item);
    if (renewed.some((item, index) => item !== selected[index])) renew?.(renewed);
  });
}
