// Application credentials and where each may be used from: one's own, and for the master those of all users.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Textarea from '@cloudscape-design/components/textarea';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { limitApplicationCredential, type ApplicationCredential } from '../../api/access';
import { queries } from '../../api/queries';
import { Dialog } from '../../ui/Dialog';
import { ResourceTable, type Column } from '../../ui/ResourceTable';
import { useFormat } from '../../ui/useFormat';
import { prefixesOf, textOf } from './prefixes';

export function CredentialSources({ everyone }: { everyone: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const credentials = useQuery(queries.applicationCredentials(everyone));
  const [editing, setEditing] = useState<ApplicationCredential | null>(null);
  const columns = useMemo<readonly Column<ApplicationCredential>[]>(
    () => [
      {
        id: 'name',
        header: t('sources.credential'),
        value: (one) => one.name,
        cell: (one) => (
          <Button variant="inline-link" onClick={() => setEditing(one)} ariaLabel={t('sources.limit', { name: one.name })}>
            {one.name}
          </Button>
        ),
      },
      { id: 'user', header: t('access.user'), value: (one) => one.user.name, cell: (one) => one.user.name },
      {
        id: 'prefixes',
        header: t('sources.from'),
        value: (one) => one.prefixes.join(' '),
        cell: (one) => (one.prefixes.length === 0 ? t('sources.everywhere') : <code>{one.prefixes.join(' ')}</code>),
      },
      {
        id: 'ends',
        header: t('access.ends'),
        value: (one) => one.expiresAt ?? '',
        cell: (one) => (one.expiresAt ? format.time(one.expiresAt) : t('sources.never')),
      },
    ],
    [t, format],
  );
  return (
    <>
      <ResourceTable<ApplicationCredential>
        id="credentialSources"
        variant="container"
        title={t('sources.credentials')}
        description={t('sources.credentialsText')}
        items={credentials.data}
        error={credentials.error}
        refreshing={credentials.isRefetching}
        onRefresh={() => void credentials.refetch()}
        columns={columns}
        trackBy={(one) => one.id}
        label={(one) => one.name}
        empty={{ title: t('sources.empty.title'), text: t('sources.empty.text') }}
      />
      {editing && <LimitCredential credential={editing} onClose={() => setEditing(null)} />}
    </>
  );
}

export function LimitCredential({ credential, onClose }: { credential: ApplicationCredential; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [text, setText] = useState(textOf(credential.prefixes));
  return (
    <Dialog
      title={t('sources.limit', { name: credential.name })}
      submit={t('common.save')}
      onClose={onClose}
      acts={[limitApplicationCredential.describe(credential.id, prefixesOf(text))]}
      onSubmit={async () => {
        await limitApplicationCredential(credential.id, prefixesOf(text));
        await client.invalidateQueries({ queryKey: ['applicationCredentials'] });
        onClose();
      }}
    >
      <Box>{t('sources.limitText')}</Box>
      <FormField label={t('sources.from')} description={t('sources.prefixesHint')}>
        <Textarea value={text} onChange={({ detail }) => setText(detail.value)} placeholder={t('sources.everywhere')} rows={4} spellcheck={false} />
      </FormField>
    </Dialog>
  );
}
