// Into a view as customer and out of it: the browser's session is another one then, in all its tabs, so each page begins anew.
import { endView } from '../../api/session';

const CHANNEL = 'unkai.session';

/** One for the tab: what it says itself it does not hear. */
let others: BroadcastChannel | null = null;

/** The one place where the console is loaded again as somebody else; tests listen to it. */
function loadAgain(): void {
  if (window.dispatchEvent(new CustomEvent('unkai:reload', { cancelable: true }))) window.location.assign('/');
}

/** This tab and the others show what the session is now. */
export function beginAnew(): void {
  others?.postMessage('changed');
  loadAgain();
}

/** Begins anew when another tab does; returns the function that ends it. */
export function followOtherTabs(): () => void {
  if (typeof BroadcastChannel !== 'function') return () => undefined;
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = loadAgain;
  others = channel;
  return () => {
    channel.close();
    if (others === channel) others = null;
  };
}

/** Ends the view, or finds that it has ended, and goes back to one's own session or to the log-in. Throws where the service cannot end it. */
export async function leaveView(): Promise<void> {
  await endView();
  beginAnew();
}
