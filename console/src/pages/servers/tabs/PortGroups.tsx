// Chooses the security groups of one port.
import FormField from '@cloudscape-design/components/form-field';
import Multiselect from '@cloudscape-design/components/multiselect';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { updatePort, type Port, type SecurityGroup } from '../../../api/network';
import { Dialog } from '../../../ui/Dialog';

interface PortGroupsProps {
  port: Port;
  groups: readonly SecurityGroup[];
  onClose: () => void;
}

export function PortGroups({ port, groups, onClose }: PortGroupsProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [chosen, setChosen] = useState<readonly string[]>(port.security_groups);
  const options = groups.map((group) => ({ value: group.id, label: group.name, description: group.description }));
  return (
    <Dialog
      title={t('servers.network.editGroups')}
      submit={t('common.save')}
      onClose={onClose}
      acts={[updatePort.describe(port.id, { security_groups: [...chosen] })]}
      onSubmit={async () => {
        await updatePort(port.id, { security_groups: [...chosen] });
        await Promise.all(['ports', 'servers'].map((key) => client.invalidateQueries({ queryKey: [key] })));
        onClose();
      }}
    >
      <FormField label={t('nav.securityGroups')} description={t('servers.network.groupsHint')}>
        <Multiselect
          options={options}
          selectedOptions={options.filter((option) => chosen.includes(option.value))}
          onChange={({ detail }) => setChosen(detail.selectedOptions.map((option) => option.value ?? ''))}
          placeholder={t('common.choose')}
        />
      </FormField>
    </Dialog>
  );
}
