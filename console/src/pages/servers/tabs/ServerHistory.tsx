// What was done to one server: by whom, from where, with what outcome.
import { useTranslation } from 'react-i18next';
import type { Server } from '../../../api/compute';
import { HistoryTable } from '../../history/HistoryTable';

export default function ServerHistory({ server }: { server: Server }) {
  const { t } = useTranslation();
  return <HistoryTable target={server.id} variant="container" title={t('servers.tabs.history')} />;
}
