// Approves an application, perhaps with other limits than the service's own.
import Box from '@cloudscape-design/components/box';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { approveApplication, type Application } from '../../api/contract';
import { prefixesOf, textOf } from '../access/prefixes';
import { Dialog } from '../../ui/Dialog';

const MIB = 1024;

interface DecisionProps {
  id: string;
  application: Application;
  onDecided: (application: Application) => Promise<void>;
  onClose: () => void;
}

export function Approve({ id, application, onDecided, onClose }: DecisionProps) {
  const { t } = useTranslation();
  const [instances, setInstances] = useState('');
  const [cores, setCores] = useState('');
  const [ram, setRam] = useState('');
  const [addresses, setAddresses] = useState(textOf(application.addresses));
  const bad = [instances, cores, ram].some((text) => text !== '' && !/^\d{1,6}$/.test(text));
  const quota = () => ({
    ...(instances ? { instances: Number(instances) } : {}),
    ...(cores ? { cores: Number(cores) } : {}),
    ...(ram ? { ram: Number(ram) * MIB } : {}),
  });
  return (
    <Dialog
      title={t('application.approveTitle', { number: application.number })}
      submit={t('application.approve')}
      disabled={bad}
      onClose={onClose}
      acts={bad ? [] : [approveApplication.describe(id, quota(), prefixesOf(addresses))]}
      onSubmit={async () => onDecided(await approveApplication(id, quota(), prefixesOf(addresses)))}
    >
      <Box>{t('application.approveText', { company: application.company, email: application.email })}</Box>
      <FormField label={t('apply.addresses')} description={t('application.addressesHint')} stretch>
        <Textarea value={addresses} onChange={({ detail }) => setAddresses(detail.value)} rows={3} spellcheck={false} />
      </FormField>
      <FormField label={t('application.limits')} description={t('application.limitsHint')} stretch>
        <ColumnLayout columns={3}>
          <FormField label={t('quota.servers')}>
            <Input value={instances} onChange={({ detail }) => setInstances(detail.value)} inputMode="numeric" />
          </FormField>
          <FormField label={t('quota.vcpus')}>
            <Input value={cores} onChange={({ detail }) => setCores(detail.value)} inputMode="numeric" />
          </FormField>
          <FormField label={t('application.memory')}>
            <Input value={ram} onChange={({ detail }) => setRam(detail.value)} inputMode="numeric" />
          </FormField>
        </ColumnLayout>
      </FormField>
    </Dialog>
  );
}
