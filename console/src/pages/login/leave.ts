// Leaving the console for an identity provider, and coming back to where one was.
const BACK = 'unkai.signIn.back';

/** The one place where the browser leaves for another site; tests listen to it. */
export function leaveFor(address: string): void {
  const asked = new CustomEvent('unkai:leave', { detail: address, cancelable: true });
  if (window.dispatchEvent(asked)) window.location.assign(address);
}

/** Remembers the page, for {@link takeBack}. */
export function comeBackHere(): void {
  sessionStorage.setItem(BACK, window.location.pathname);
}

/** Where to go after the sign-in: a page of the console, the first unless one was remembered. */
export function takeBack(): string {
  const path = sessionStorage.getItem(BACK) ?? '/';
  sessionStorage.removeItem(BACK);
  return path.startsWith('/') && !path.startsWith('//') ? path : '/';
}
