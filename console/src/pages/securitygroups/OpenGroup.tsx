// Makes a security group through which one can log in by SSH and ping; for those whose default group is closed, as it should be.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { variable, keeping } from '../../api/act';
import { createRule, createSecurityGroup, type SecurityGroup } from '../../api/network';
import { Dialog } from '../../ui/Dialog';
import { openRules } from './rules';

interface OpenGroupProps {
  onClose: () => void;
  onCreated: (group: SecurityGroup) => void;
}

export function OpenGroup({ onClose, onCreated }: OpenGroupProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [name, setName] = useState('ssh-ping');
  const wish = { name: name.trim(), description: t('securityGroups.open.description') };
  return (
    <Dialog
      acts={[keeping(createSecurityGroup.describe(wish), 'GROUP_ID'), ...openRules(variable('GROUP_ID')).map((rule) => createRule.describe(rule))]}
      title={t('securityGroups.open.title')}
      submit={t('common.create')}
      disabled={name.trim() === ''}
      onClose={onClose}
      onSubmit={async () => {
        const group = await createSecurityGroup(wish);
        for (const rule of openRules(group.id)) await createRule(rule);
        await client.invalidateQueries({ queryKey: ['securityGroups'] });
        onCreated(group);
      }}
    >
      <Box>{t('securityGroups.open.text')}</Box>
      <FormField label={t('securityGroups.name')}>
        <Input value={name} onChange={({ detail }) => setName(detail.value)} spellcheck={false} />
      </FormField>
      <Alert type="info">{t('securityGroups.open.later')}</Alert>
    </Dialog>
  );
}
