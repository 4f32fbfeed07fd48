// What only this page does, sending a file or receiving one, ends when the page is loaded again: then it is said.
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { keep, ownerOf, readKept } from './kept';
import { useNotices } from './notices';
import { useSession } from './session';

interface Piece {
  id: string;
  kind: 'upload' | 'export';
  name: string;
  begun: number;
}

const KEPT = 'unkai.unfinished';

/** Notes what this page begins and has ended. */
export function usePieces() {
  const owner = ownerOf(useSession());
  return useMemo(
    () => ({
      begun: (id: string, kind: Piece['kind'], name: string) => keep(KEPT, owner, [...readKept<Piece>(KEPT, owner), { id, kind, name, begun: Date.now() }]),
      ended: (id: string) => keep(KEPT, owner, readKept<Piece>(KEPT, owner).filter((piece) => piece.id !== id)),
    }),
    [owner],
  );
}

/** Says what the page before left unfinished. */
export function useUnfinished(): void {
  const owner = ownerOf(useSession());
  const { show } = useNotices();
  const { t } = useTranslation();
  useEffect(() => {
    const left = readKept<Piece>(KEPT, owner);
    keep(KEPT, owner, []);
    for (const { id, kind, name } of left) show({ id, type: 'warning', header: t(`watch.${kind}.interrupted`, { name }), content: t(`watch.${kind}.again`) });
    // Only what was there before this page began anything.
  }, []);
}
