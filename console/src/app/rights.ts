// What the session may do, as the service's own policy says: the console has no list of roles.
import { createContext, useContext } from 'react';

export const RightsContext = createContext<ReadonlySet<string>>(new Set());

/** Whether the session may do the action, `service:resource:verb` of the service's policy. The service checks it again when it is done. */
export function useMay(): (action: string) => boolean {
  const rights = useContext(RightsContext);
  return (action) => rights.has(action);
}
