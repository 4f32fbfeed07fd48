// Who may reach into a host just now by break-glass, and who has logged in on its machine.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { queries } from '../../api/queries';
import { Failure } from '../../ui/Failure';
import { useFormat } from '../../ui/useFormat';
import { Waiting } from '../../ui/Waiting';
import { useLogInColumns } from '../breakglass/LogIns';

export function HostAccess({ host }: { host: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const answer = useQuery(queries.hostAccess(host));
  const columns = useLogInColumns();
  if (answer.isPending) return <Waiting />;
  if (!answer.data) return <Failure error={answer.error} onRetry={() => void answer.refetch()} />;
  const { grants, logIns } = answer.data;
  return (
    <SpaceBetween size="s">
      {grants.map((one) => (
        <Alert key={one.id} type="warning" header={t('breakGlass.runsHere', { name: one.requestedBy.name, time: format.time(one.endsAt ?? '') })}>
          {t('breakGlass.because', { reason: one.reason, ticket: one.ticket })}
        </Alert>
      ))}
      <Table
        variant="embedded"
        header={
          <Header variant="h3" description={t('breakGlass.logIns.text')}>
            {t('breakGlass.logIns.title')}
          </Header>
        }
        items={logIns}
        trackBy="id"
        wrapLines
        empty={<Box textAlign="center">{t('breakGlass.logIns.none')}</Box>}
        columnDefinitions={columns}
      />
    </SpaceBetween>
  );
}
