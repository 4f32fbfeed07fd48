// A dialog that does something to each of several things and tells what came of each; what failed can be tried again from here.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import { useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Act } from '../../api/act';
import { Dialog } from '../Dialog';
import { Failure } from '../Failure';
import { Outcomes } from './Outcomes';
import { runEach, type Outcome } from './runEach';

export interface EachDialogProps<T> {
  title: string;
  submit: string;
  disabled?: boolean;
  size?: 'small' | 'medium' | 'large';
  items: readonly T[];
  idOf: (item: T) => string;
  nameOf: (item: T) => string;
  act: (item: T) => Promise<unknown>;
  /** What is sent for all of them, to be shown as commands. */
  acts: readonly Act[];
  /** One after the other, in the order given. */
  inOrder?: boolean;
  /** After each round, for what is shown elsewhere; `done` are those of this round. */
  onTold?: (done: readonly T[]) => unknown;
  /** When nothing is left to do, or it was called off. */
  onClose: () => void;
  children: ReactNode;
}

export function EachDialog<T>({ items, idOf, nameOf, act, acts, inOrder = false, onTold, onClose, children, ...dialog }: EachDialogProps<T>) {
  const { t } = useTranslation();
  // The things as they were when it began: a list behind the dialog may lose them while it is open.
  const [asked, setAsked] = useState<readonly T[] | null>(null);
  const outcomes = useRef(new Map<string, Outcome>());
  const [, show] = useState(0);
  const things = asked ?? items;
  const of = (item: T): Outcome => outcomes.current.get(idOf(item)) ?? { state: 'waiting' };
  const failed = things.filter((item) => of(item).state === 'failed');
  const only = things.length === 1 ? things[0] : undefined;

  const run = async () => {
    setAsked(things);
    const round = things.filter((item) => of(item).state !== 'done');
    const tell = (item: T, outcome: Outcome) => {
      outcomes.current.set(idOf(item), outcome);
      show((count) => count + 1);
    };
    await runEach(round, act, tell, inOrder ? 1 : undefined);
    await onTold?.(round.filter((item) => of(item).state === 'done'));
    if (things.every((item) => of(item).state === 'done')) onClose();
  };

  const first = failed[0];
  const firstOutcome = first && of(first);
  return (
    <Dialog {...dialog} submit={failed.length > 0 ? t('each.retry', { number: failed.length }) : dialog.submit} acts={acts} onSubmit={run} onClose={onClose}>
      {children}
      {only
        ? firstOutcome?.state === 'failed' && <Failure error={firstOutcome.error} />
        : asked
          ? (
              <>
                {failed.length > 0 && <Alert type="error">{t('each.some', { done: things.filter((item) => of(item).state === 'done').length, all: things.length })}</Alert>}
                <Outcomes told={things.map((item) => ({ id: idOf(item), name: nameOf(item), outcome: of(item) }))} />
              </>
            )
          : (
              <Box>
                <ul>
                  {things.map((item) => (
                    <li key={idOf(item)}>{nameOf(item)}</li>
                  ))}
                </ul>
              </Box>
            )}
    </Dialog>
  );
}
