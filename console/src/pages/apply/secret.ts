// The secret of a link stands behind the #, which browsers send to nobody.
import { useLocation } from 'react-router';

export function useSecret(): string {
  return useLocation().hash.replace(/^#/, '');
}
