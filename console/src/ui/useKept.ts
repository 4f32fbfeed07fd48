// A small setting of a page that is kept in this browser.
import { useCallback, useState } from 'react';

export function useKept<T>(key: string, initial: T): [T, (value: T) => void] {
  const stored = `unkai.${key}`;
  const [value, setValue] = useState<T>(() => {
    try {
      const text = localStorage.getItem(stored);
      return text === null ? initial : { ...initial, ...(JSON.parse(text) as T) };
    } catch {
      return initial;
    }
  });
  const keep = useCallback(
    (next: T) => {
      localStorage.setItem(stored, JSON.stringify(next));
      setValue(next);
    },
    [stored],
  );
  return [value, keep];
}
