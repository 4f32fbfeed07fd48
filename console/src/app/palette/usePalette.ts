// Opens the palette at Ctrl+K or, on a Mac, ⌘K; never where the keys belong to a server's screen.
import { useEffect, useState } from 'react';

export const isMac = () => /mac|iphone|ipad/i.test(navigator.platform);

export function usePalette(): { open: boolean; setOpen: (open: boolean) => void } {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const wanted = (isMac() ? event.metaKey : event.ctrlKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k';
      const guests = event.target instanceof Element && event.target.closest('.console') !== null;
      if (!wanted || guests || event.isComposing) return;
      event.preventDefault();
      setOpen((before) => !before);
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);
  return { open, setOpen };
}
