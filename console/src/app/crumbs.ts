// A page says where it stands: the path above it and the browser's title.
import { createContext, useContext, useEffect } from 'react';
import { useTranslation } from 'react-i18next';

export interface Crumb {
  text: string;
  href?: string;
}

export const CrumbsContext = createContext<((crumbs: readonly Crumb[]) => void) | null>(null);

/** Sets path and title; the last crumb is the page itself. */
export function useCrumbs(...crumbs: Crumb[]): void {
  const set = useContext(CrumbsContext);
  const { t } = useTranslation();
  const product = t('product');
  const key = JSON.stringify(crumbs);
  useEffect(() => {
    const given = JSON.parse(key) as Crumb[];
    set?.(given);
    const last = given.at(-1)?.text;
    document.title = last ? `${last} | ${product}` : product;
  }, [key, set, product]);
}
