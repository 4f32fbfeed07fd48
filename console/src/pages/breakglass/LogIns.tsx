// Log-ins on the machines of hosts: without an access they wait for somebody to look into them.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { signLogIn, type HostLogIn } from '../../api/breakGlass';
import { useMay } from '../../app/rights';
import { Dialog } from '../../ui/Dialog';
import { useFormat } from '../../ui/useFormat';

/** The alarms, each with the way to sign it. */
export function LogInAlarms({ logIns, onDone }: { logIns: HostLogIn[]; onDone: () => void }) {
  const { t } = useTranslation();
  const may = useMay();
  const columns = useLogInColumns();
  const [signing, setSigning] = useState<HostLogIn | null>(null);
  return (
    <>
      <Table
        header={
          <Header counter={`(${logIns.length})`} description={t('breakGlass.logIns.alarmText')}>
            {t('breakGlass.logIns.alarms')}
          </Header>
        }
        items={logIns}
        trackBy="id"
        wrapLines
        columnDefinitions={[
          { id: 'host', header: t('breakGlass.host'), isRowHeader: true, cell: (one) => one.hostName },
          ...columns,
          {
            id: 'actions',
            header: t('common.actions'),
            cell: (one) =>
              may('operation:break-glass:review') && (
                <Button variant="inline-link" ariaLabel={`${t('breakGlass.logIns.sign')} (${one.hostName}, ${one.user})`} onClick={() => setSigning(one)}>
                  {t('breakGlass.logIns.sign')}
                </Button>
              ),
          },
        ]}
      />
      {signing && <SignLogIn of={signing} onClose={() => setSigning(null)} onDone={onDone} />}
    </>
  );
}

function SignLogIn({ of, onClose, onDone }: { of: HostLogIn; onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [note, setNote] = useState('');
  return (
    <Dialog
      title={t('breakGlass.logIns.sign')}
      submit={t('breakGlass.sign')}
      disabled={!note.trim()}
      onClose={onClose}
      acts={[signLogIn.describe(of.id, note.trim())]}
      onSubmit={async () => {
        await signLogIn(of.id, note.trim());
        onClose();
        onDone();
      }}
    >
      <Box>{t('breakGlass.logIns.signText', { user: of.user, host: of.hostName, time: format.time(of.at) })}</Box>
      <FormField label={t('breakGlass.note')}>
        <Textarea value={note} onChange={({ detail }) => setNote(detail.value.slice(0, 500))} name="log-in-note" rows={3} autoFocus />
      </FormField>
    </Dialog>
  );
}

/** When, who, from where, and under which access. */
export function useLogInColumns(): TableProps.ColumnDefinition<HostLogIn>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    { id: 'at', header: t('breakGlass.logIns.at'), cell: (one) => format.time(one.at) },
    { id: 'user', header: t('breakGlass.logIns.user'), cell: (one) => <code>{one.user}</code> },
    { id: 'from', header: t('breakGlass.logIns.from'), cell: (one) => [one.from || t('breakGlass.logIns.here'), one.terminal].filter(Boolean).join(', ') },
    {
      id: 'access',
      header: t('breakGlass.logIns.access'),
      cell: (one) =>
        one.ticket ? (
          <StatusIndicator type="success">{one.ticket}</StatusIndicator>
        ) : one.alarm ? (
          <StatusIndicator type={one.signedBy ? 'info' : 'error'}>
            {one.signedBy ? t('breakGlass.logIns.signed', { name: one.signedBy.name, note: one.note ?? '' }) : t('breakGlass.logIns.without')}
          </StatusIndicator>
        ) : (
          t('breakGlass.logIns.notAsked')
        ),
    },
  ];
}
