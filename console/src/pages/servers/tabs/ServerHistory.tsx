// What was done to one server, and who looked into it: by whom, from where, with what outcome.
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';
import type { Server } from '../../../api/compute';
import { useMay } from '../../../app/rights';
import { HistoryTable } from '../../history/HistoryTable';
import { ConsoleVisits } from './ConsoleVisits';

export default function ServerHistory({ server }: { server: Server }) {
  const { t } = useTranslation();
  const mayVisits = useMay()('compute:console-visit:list');
  return (
    <SpaceBetween size="l">
      {mayVisits && <ConsoleVisits server={server.id} />}
      <HistoryTable target={server.id} variant="container" title={t('servers.tabs.history')} />
    </SpaceBetween>
  );
}
