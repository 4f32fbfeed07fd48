// Light or dark: as chosen before, else as the system says.
export type ColourMode = 'light' | 'dark';

const STORED = 'unkai.mode';

export function preferredMode(): ColourMode {
  const stored = localStorage.getItem(STORED);
  if (stored === 'light' || stored === 'dark') return stored;
  return window.matchMedia?.('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

export function rememberMode(mode: ColourMode): void {
  localStorage.setItem(STORED, mode);
}
