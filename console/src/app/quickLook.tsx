// The panel below a list in which one looks at an item without leaving the list.
import SplitPanel from '@cloudscape-design/components/split-panel';
import type { AppLayoutProps } from '@cloudscape-design/components/app-layout';
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useKept } from '../ui/useKept';

interface Looking {
  /** where the page puts what is to be seen; null while the panel is not there */
  slot: HTMLElement | null;
  open: boolean;
  entitle: (title: string | null) => void;
}

export const LookContext = createContext<Looking | null>(null);

/** What the frame needs: the panel for its layout, and the context for the pages. */
export function useLookPanel() {
  const [title, setTitle] = useState<string | null>(null);
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  const [kept, keep] = useKept('look', { open: window.innerWidth > 900, size: 320 });
  const looking = useMemo(() => ({ slot, open: kept.open, entitle: setTitle }), [slot, kept.open]);
  const layout: Partial<AppLayoutProps> = {
    splitPanel: title !== null && (
      <SplitPanel header={title} hidePreferencesButton>
        <div ref={setSlot} data-testid="quick-look" />
      </SplitPanel>
    ),
    splitPanelOpen: kept.open,
    onSplitPanelToggle: ({ detail }) => keep({ ...kept, open: detail.open }),
    splitPanelSize: kept.size,
    onSplitPanelResize: ({ detail }) => keep({ ...kept, size: detail.size }),
  };
  return { looking, layout };
}

/** Shows its children in the panel for as long as it is there itself. */
export function QuickLook({ title, children }: { title: string; children: ReactNode }) {
  const looking = useContext(LookContext);
  const entitle = looking?.entitle;
  useEffect(() => entitle?.(title), [entitle, title]);
  useEffect(() => () => entitle?.(null), [entitle]);
  return looking?.slot && looking.open ? createPortal(children, looking.slot) : null;
}
