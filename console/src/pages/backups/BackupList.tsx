// The backups of the accounts' database: is there a good one, how old is it, and which are there to restore.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Backup, Backups } from '../../api/backups';
import { queries } from '../../api/queries';
import { useCrumbs } from '../../app/crumbs';
import { ResourceTable, type Column } from '../../ui/ResourceTable';
import { useFormat } from '../../ui/useFormat';

const SIGNS = { none: 'pending', good: 'success', failing: 'error', overdue: 'warning' } as const;

const COMMAND = './unkai backup';

export default function BackupList() {
  const { t } = useTranslation();
  useCrumbs({ text: t('nav.backups') });
  const backups = useQuery(queries.backups());
  const columns = useColumns();
  return (
    <SpaceBetween size="s">
      {backups.data && <Trouble backups={backups.data} />}
      <ResourceTable<Backup>
        id="backups"
        title={t('nav.backups')}
        description={backups.data ? <Summary backups={backups.data} /> : t('backups.text')}
        items={backups.data?.backups}
        error={backups.error}
        refreshing={false}
        onRefresh={() => void backups.refetch()}
        columns={columns}
        trackBy={(backup) => backup.name}
        label={(backup) => backup.name}
        defaultSort={{ column: 'madeAt', descending: true }}
        empty={{ title: t('backups.empty.title'), text: t('backups.empty.text'), action: <Box variant="code">{COMMAND}</Box> }}
      />
    </SpaceBetween>
  );
}

function Trouble({ backups }: { backups: Backups }) {
  const { t } = useTranslation();
  const format = useFormat();
  const failure = backups.lastFailure;
  if (backups.state === 'failing' && failure) {
    return (
      <Alert type="error" header={t('backups.failing.title')}>
        {t('backups.failing.text', { time: format.time(failure.at), reason: failure.reason })}
      </Alert>
    );
  }
  if (backups.state === 'overdue' && backups.newestAt) {
    return (
      <Alert type="warning" header={t('backups.overdue.title')}>
        {t('backups.overdue.text', { time: format.time(backups.newestAt) })}
      </Alert>
    );
  }
  return null;
}

function Summary({ backups }: { backups: Backups }) {
  const { t } = useTranslation();
  return (
    <SpaceBetween size="xxs">
      <StatusIndicator type={SIGNS[backups.state]}>{t(`backups.states.${backups.state}`)}</StatusIndicator>
      <span>
        {t('backups.rule', { hours: hours(backups.everySeconds), days: Math.round(backups.keptSeconds / 86_400), directory: backups.directory })}
      </span>
    </SpaceBetween>
  );
}

const hours = (seconds: number) => Math.round((10 * seconds) / 3600) / 10;

function useColumns(): readonly Column<Backup>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(
    () => [
      { id: 'madeAt', header: t('backups.madeAt'), value: (backup) => backup.madeAt, cell: (backup) => format.time(backup.madeAt) },
      {
        id: 'state',
        header: t('servers.status'),
        value: (backup) => t(backup.good ? 'backups.good' : 'backups.damaged'),
        cell: (backup) => (
          <StatusIndicator type={backup.good ? 'success' : 'error'}>{t(backup.good ? 'backups.good' : 'backups.damaged')}</StatusIndicator>
        ),
      },
      { id: 'size', header: t('images.size'), value: (backup) => backup.bytes, cell: (backup) => format.bytes(backup.bytes) },
      { id: 'rows', header: t('backups.rows'), value: (backup) => backup.rows ?? 0, cell: (backup) => backup.rows ?? '–' },
      {
        id: 'seconds',
        header: t('backups.took'),
        value: (backup) => backup.seconds ?? 0,
        cell: (backup) => (backup.seconds === null ? '–' : t('backups.seconds', { seconds: backup.seconds })),
      },
      {
        id: 'by',
        header: t('backups.by'),
        value: (backup) => (backup.by ? t(`backups.makers.${backup.by}`) : ''),
        cell: (backup) => (backup.by ? t(`backups.makers.${backup.by}`) : '–'),
      },
      { id: 'name', header: t('backups.file'), value: (backup) => backup.name, cell: (backup) => <code>{backup.name}</code> },
    ],
    [format, t],
  );
}
