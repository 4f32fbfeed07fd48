// Why a part is missing or a package does not go on, in the reader's language.
import { useTranslation } from 'react-i18next';
import type { Obstacle } from '../../api/evidence';

export function useObstacle() {
  const { t } = useTranslation();
  return ({ kind, detail }: Obstacle) => `${t(`evidence.obstacles.${kind}`)}${detail ? ` (${detail})` : ''}`;
}
