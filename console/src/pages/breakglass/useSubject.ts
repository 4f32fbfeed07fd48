// What an access is for, in a sentence.
import { useTranslation } from 'react-i18next';
import type { BreakGlassCase } from '../../api/breakGlass';

export function useSubject(): (of: BreakGlassCase) => string {
  const { t } = useTranslation();
  return (of) => (of.host ? t('breakGlass.subject.host', { name: of.host.name }) : t('breakGlass.subject.project', { name: of.project ?? '' }));
}
