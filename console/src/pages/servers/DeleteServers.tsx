// The question before servers are deleted: what is lost, what stays, what becomes free - and the way to what was perhaps meant.
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { deleteServer, type Server } from '../../api/compute';
import { queries } from '../../api/queries';
import { DeleteDialog } from '../../ui/DeleteDialog';
import { Effects } from '../../ui/Effects';
import { useFormat } from '../../ui/useFormat';
import { allows } from './condition';
import { effectsOf } from './effects';
import { forDeletion } from './quota';
import { QuotaBars } from './QuotaBars';
import { useAsk, useRefreshServers } from './useAsk';

interface DeleteServersProps {
  servers: readonly Server[];
  subject: string;
  onStop: () => void;
  onGone: (gone: readonly Server[]) => void;
  onClose: () => void;
}

export function DeleteServers({ servers, subject, onStop, onGone, onClose }: DeleteServersProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const ask = useAsk();
  const refresh = useRefreshServers();
  const limits = useQuery(queries.limits()).data;
  // What is told must not change under the hand that types.
  const [asked] = useState({ servers, limits });
  const before = asked.limits ?? limits;
  return (
    <DeleteDialog
      size="large"
      title={t('servers.delete.title', { name: subject })}
      warning={t('servers.delete.warning')}
      items={servers}
      idOf={(server) => server.id}
      nameOf={(server) => server.name}
      typed
      acts={servers.map((server) => deleteServer.describe(server.id))}
      remove={(server) => ask(server, 'delete', null)}
      onGone={async (gone) => {
        await refresh();
        onGone(gone);
      }}
      onClose={onClose}
    >
      <Effects lines={effectsOf(t, 'delete', asked.servers, format)} />
      {before && <QuotaBars limits={before} change={forDeletion(asked.servers)} />}
      {asked.servers.every((server) => allows(server, 'stop')) && (
        <Alert type="info" action={<Button onClick={onStop}>{t('servers.delete.stop')}</Button>}>
          {t('servers.delete.instead')}
        </Alert>
      )}
    </DeleteDialog>
  );
}
