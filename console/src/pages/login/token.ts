// The secret of a link stands behind the # of the address, which browsers send to nobody; it is taken out of there as soon as the page is open.
import { useState } from 'react';

function take(): string {
  const token = window.location.hash.slice(1);
  if (token) window.history.replaceState(window.history.state, '', window.location.pathname);
  return token;
}

export function useLinkToken(): string {
  const [token] = useState(take);
  return token;
}
