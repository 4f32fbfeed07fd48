// Everything that was done, refused or tried in the project.
import { useTranslation } from 'react-i18next';
import { useCrumbs } from '../../app/crumbs';
import { HistoryTable } from './HistoryTable';

export default function History() {
  const { t } = useTranslation();
  useCrumbs({ text: t('nav.history') });
  return <HistoryTable variant="full-page" title={t('nav.history')} />;
}
