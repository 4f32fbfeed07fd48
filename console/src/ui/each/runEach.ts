// Does the same to each of several things, a few at a time; one that fails does not hold up the others.

export type Outcome = { state: 'waiting' | 'going' | 'done' } | { state: 'failed'; error: unknown };

const AT_ONCE = 4;

/**
 * Calls back with each change of an outcome; resolves when all are over, whatever came of them.
 *
 * @param atOnce 1 where the order matters
 */
export async function runEach<T>(
  items: readonly T[],
  act: (item: T) => Promise<unknown>,
  onOutcome: (item: T, outcome: Outcome) => void,
  atOnce = AT_ONCE,
): Promise<void> {
  const left = [...items];
  const worker = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) {
      onOutcome(item, { state: 'going' });
      try {
        await act(item);
        onOutcome(item, { state: 'done' });
      } catch (error) {
        onOutcome(item, { state: 'failed', error });
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
}
