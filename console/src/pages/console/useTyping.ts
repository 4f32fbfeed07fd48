// Types a text into a guest, as fast as it takes keys: more at once are lost on the way to it.
import type RFB from '@novnc/novnc';
import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';
import { SHIFT, type Stroke } from './keyboards';

/** milliseconds for a key; QEMU gives the guest 10 for each pressing and each letting go */
const PACE = 40;

export interface Typing {
  done: number;
  all: number;
}

export function useTyping(connection: RefObject<RFB | null>): { typing: Typing | null; type: (strokes: readonly Stroke[]) => void; stop: () => void } {
  const [typing, setTyping] = useState<Typing | null>(null);
  const timer = useRef<number | undefined>(undefined);
  const stop = useCallback(() => {
    window.clearTimeout(timer.current);
    setTyping(null);
  }, []);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  const type = useCallback(
    (strokes: readonly Stroke[]) => {
      const next = (done: number) => {
        const stroke = strokes[done];
        const guest = connection.current;
        if (!stroke || !guest) {
          stop();
          return;
        }
        setTyping({ done, all: strokes.length });
        if (stroke.shift) guest.sendKey(SHIFT.keysym, SHIFT.code, true);
        guest.sendKey(stroke.keysym, stroke.code);
        if (stroke.shift) guest.sendKey(SHIFT.keysym, SHIFT.code, false);
        timer.current = window.setTimeout(() => next(done + 1), PACE);
      };
      next(0);
    },
    [connection, stop],
  );
  return { typing, type, stop };
}
