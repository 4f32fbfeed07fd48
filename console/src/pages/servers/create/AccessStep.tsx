// Step 3: where the server stands in the network, who may reach it, and with which key; each can be made here if it is missing.
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Multiselect from '@cloudscape-design/components/multiselect';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '../../../api/queries';
import { CreateNetwork } from '../../networks/CreateNetwork';
import { CreateKeyPair } from '../../keypairs/CreateKeyPair';
import { admitsLogIn } from '../../securitygroups/rules';
import { OpenGroup } from '../../securitygroups/OpenGroup';
import type { StepProps } from './step';
import { usableNetworks } from './draft';
import { useProblem } from './useProblem';

export function AccessStep({ draft, choices, problems, tried, change }: StepProps) {
  const { t } = useTranslation();
  const problem = useProblem(tried);
  const subnets = useQuery(queries.subnets()).data ?? [];
  const [making, setMaking] = useState<'network' | 'key' | 'import' | 'group' | null>(null);
  const close = () => setMaking(null);

  const networks = usableNetworks(choices.networks).map((network) => ({
    value: network.id,
    label: network.name || network.id,
    description: subnets.filter((subnet) => subnet.network_id === network.id).map((subnet) => subnet.cidr).join(', '),
    disabled: network.subnets.length === 0,
    disabledReason: t('create.access.noSubnet'),
  }));
  const groups = choices.groups.map((group) => ({ value: group.id, label: group.name, description: group.description }));
  const keys = choices.keys.map((key) => ({ value: key.name, label: key.name, description: key.fingerprint }));
  const chosenGroups = choices.groups.filter((group) => draft.groupIds.includes(group.id));
  const values = (options: readonly { value?: string | undefined }[]) => options.map((option) => option.value ?? '');

  return (
    <SpaceBetween size="l">
      <Container header={<Header variant="h2">{t('create.access.network')}</Header>}>
        <FormField
          label={t('create.access.networks')}
          description={t('create.access.networksHint')}
          errorText={problem(problems.network)}
          secondaryControl={<Button onClick={() => setMaking('network')}>{t('networks.create')}</Button>}
        >
          <Multiselect
            options={networks}
            selectedOptions={networks.filter((option) => draft.networkIds.includes(option.value))}
            onChange={({ detail }) => change({ networkIds: values(detail.selectedOptions) })}
            placeholder={networks.length === 0 ? t('create.access.noNetworks') : t('common.choose')}
            filteringType="auto"
          />
        </FormField>
      </Container>

      <Container header={<Header variant="h2">{t('create.access.firewall')}</Header>}>
        <SpaceBetween size="m">
          <FormField
            label={t('nav.securityGroups')}
            description={t('create.access.groupsHint')}
            secondaryControl={<Button onClick={() => setMaking('group')}>{t('securityGroups.open.button')}</Button>}
          >
            <Multiselect
              options={groups}
              selectedOptions={groups.filter((option) => draft.groupIds.includes(option.value))}
              onChange={({ detail }) => change({ groupIds: values(detail.selectedOptions) })}
              placeholder={t('common.choose')}
              filteringType="auto"
            />
          </FormField>
          {!admitsLogIn(chosenGroups) && <Alert type="info">{t('create.access.closed')}</Alert>}
        </SpaceBetween>
      </Container>

      <Container header={<Header variant="h2">{t('create.access.logIn')}</Header>}>
        <SpaceBetween size="m">
          <FormField
            label={t('servers.keyPair')}
            description={t('create.access.keyHint')}
            secondaryControl={
              <SpaceBetween direction="horizontal" size="xs">
                <Button onClick={() => setMaking('key')}>{t('keyPairs.create')}</Button>
                <Button onClick={() => setMaking('import')}>{t('keyPairs.import')}</Button>
              </SpaceBetween>
            }
          >
            <Select
              options={[{ value: '', label: t('create.access.noKey') }, ...keys]}
              selectedOption={keys.find((option) => option.value === draft.keyName) ?? { value: '', label: t('create.access.noKey') }}
              onChange={({ detail }) => change({ keyName: detail.selectedOption.value || null })}
              filteringType="auto"
            />
          </FormField>
          {draft.keyName === null && <Alert type="warning">{t('create.access.noKeyWarning')}</Alert>}
          <ExpandableSection headerText={t('create.access.userData')}>
            <FormField description={t('create.access.userDataHint')} errorText={problem(problems.userData)} stretch>
              <Textarea
                value={draft.userData}
                onChange={({ detail }) => change({ userData: detail.value })}
                rows={8}
                spellcheck={false}
                placeholder={'#cloud-config\npackages:\n  - nginx'}
                ariaLabel={t('create.access.userData')}
              />
            </FormField>
          </ExpandableSection>
        </SpaceBetween>
      </Container>

      {making === 'network' && (
        <CreateNetwork
          onClose={close}
          onCreated={(network) => {
            change({ networkIds: [network.id] });
            close();
          }}
        />
      )}
      {(making === 'key' || making === 'import') && (
        <CreateKeyPair importing={making === 'import'} onClose={close} onCreated={(name) => change({ keyName: name })} />
      )}
      {making === 'group' && (
        <OpenGroup
          onClose={close}
          onCreated={(group) => {
            change({ groupIds: [...draft.groupIds, group.id] });
            close();
          }}
        />
      )}
    </SpaceBetween>
  );
}
