// What the command palette asks of a page when it opens it: one of the page's own dialogs, perhaps for one of the things on it.
import { useEffect, useRef } from 'react';
import { useLocation, useNavigate } from 'react-router';

/** Goes along with the address, and is gone when the page is loaded again. */
export interface Asked {
  ask: string;
  id?: string;
}

/** Calls back once with what was asked of this page, when it is ready for it. */
export function useAsked(then: (ask: string, id: string) => void, ready = true): void {
  const { state, pathname, search } = useLocation();
  const navigate = useNavigate();
  const latest = useRef(then);
  useEffect(() => {
    latest.current = then;
  });
  useEffect(() => {
    const asked = state as Partial<Asked> | null;
    if (!ready || typeof asked?.ask !== 'string') return;
    void navigate(pathname + search, { replace: true, state: null });
    latest.current(asked.ask, asked.id ?? '');
  }, [state, pathname, search, navigate, ready]);
}
