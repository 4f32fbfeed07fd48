// An empty host becomes one customer's own.
import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dedicateHost, type Host } from '../../api/hosts';
import { Dialog } from '../../ui/Dialog';

interface DedicateHostProps {
  host: Host;
  onClose: () => void;
  onDone: () => Promise<unknown>;
}

export function DedicateHost({ host, onClose, onDone }: DedicateHostProps) {
  const { t } = useTranslation();
  const [project, setProject] = useState('');
  return (
    <Dialog
      title={t('hosts.dedicateTitle', { name: host.name })}
      submit={t('hosts.dedicate')}
      disabled={project.trim() === ''}
      onClose={onClose}
      acts={[dedicateHost.describe(host.id, project.trim())]}
      onSubmit={async () => {
        await dedicateHost(host.id, project.trim());
        await onDone();
        onClose();
      }}
    >
      <Box>{t('hosts.dedicateText')}</Box>
      <FormField label={t('hosts.projectId')}>
        <Input value={project} onChange={({ detail }) => setProject(detail.value)} />
      </FormField>
    </Dialog>
  );
}
