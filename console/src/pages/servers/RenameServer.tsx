// Changes a server's name and description.
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Textarea from '@cloudscape-design/components/textarea';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { updateServer, type Server } from '../../api/compute';
import { Dialog } from '../../ui/Dialog';

export function RenameServer({ server, onClose }: { server: Server; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [name, setName] = useState(server.name);
  const [description, setDescription] = useState(server.description ?? '');
  const trimmed = name.trim();
  const change = { name: trimmed, description: description.trim() || null };
  return (
    <Dialog
      title={t('servers.rename.title')}
      submit={t('common.save')}
      disabled={trimmed === '' || trimmed.length > 255}
      onClose={onClose}
      acts={[updateServer.describe(server.id, change)]}
      onSubmit={async () => {
        await updateServer(server.id, change);
        await client.invalidateQueries({ queryKey: ['servers'] });
        onClose();
      }}
    >
      <FormField label={t('servers.name')} description={t('servers.rename.hint')}>
        <Input value={name} onChange={({ detail }) => setName(detail.value)} autoFocus spellcheck={false} />
      </FormField>
      <FormField label={t('servers.description')}>
        <Textarea value={description} onChange={({ detail }) => setDescription(detail.value)} rows={2} />
      </FormField>
    </Dialog>
  );
}
