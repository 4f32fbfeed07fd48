// What jsdom lacks and the components expect.
import { afterEach, vi } from 'vitest';
import { cleanup, configure } from '@testing-library/react';

// The first page of a file loads all that pages share: many seconds on a busy machine.
configure({ asyncUtilTimeout: 45_000 });

class NoObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}

// Tests with a real browser have no page of their own.
const inPage = typeof window !== 'undefined';

if (inPage) {
  vi.stubGlobal('ResizeObserver', NoObserver);
  window.matchMedia ??= (query: string) => ({
    matches: false,
    media: query,
    onchange: null,
    addEventListener() {},
    removeEventListener() {},
    addListener() {},
    removeListener() {},
    dispatchEvent: () => false,
  });
  Element.prototype.scrollIntoView ??= () => undefined;
}

afterEach(() => {
  if (!inPage) return;
  cleanup();
  localStorage.clear();
  sessionStorage.clear();
});
