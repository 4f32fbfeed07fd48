// The security groups: sets of rules that say who may reach the servers in them.
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { createSecurityGroup, deleteSecurityGroup, type SecurityGroup } from '../../api/network';
import { queries } from '../../api/queries';
import { useAsked } from '../../app/asked';
import { useCrumbs } from '../../app/crumbs';
import { DeleteDialog } from '../../ui/DeleteDialog';
import { Dialog } from '../../ui/Dialog';
import { ResourceTable, type Column } from '../../ui/ResourceTable';
import { RouteLink } from '../../ui/RouteLink';
import { GroupLook } from './GroupLook';

export default function SecurityGroupList() {
  const { t } = useTranslation();
  useCrumbs({ text: t('nav.securityGroups') });
  const client = useQueryClient();
  const groups = useQuery(queries.securityGroups());
  const [selected, setSelected] = useState<readonly string[]>([]);
  const [open, setOpen] = useState<'create' | 'delete' | null>(null);
  const chosen = (groups.data ?? []).filter((group) => selected.includes(group.id));
  const columns = useMemo<readonly Column<SecurityGroup>[]>(() => {
    const incoming = (group: SecurityGroup) => group.security_group_rules.filter((rule) => rule.direction === 'ingress').length;
    return [
      {
        id: 'name',
        header: t('securityGroups.name'),
        value: (group) => group.name,
        cell: (group) => <RouteLink to={`/security-groups/${group.id}`}>{group.name}</RouteLink>,
      },
      {
        id: 'description',
        header: t('servers.description'),
        value: (group) => group.description,
        cell: (group) => group.description,
      },
      { id: 'incoming', header: t('securityGroups.incoming'), value: incoming, cell: incoming },
      {
        id: 'outgoing',
        header: t('securityGroups.outgoing'),
        value: (group) => group.security_group_rules.length - incoming(group),
        cell: (group) => group.security_group_rules.length - incoming(group),
      },
      { id: 'id', header: t('common.id'), value: (group) => group.id, cell: (group) => group.id, hidden: true },
    ];
  }, [t]);
  const close = () => setOpen(null);
  useAsked((ask, id) => {
    setSelected(id ? [id] : []);
    if (ask === 'create' || ask === 'delete') setOpen(ask);
  }, groups.isSuccess);
  return (
    <>
      <ResourceTable<SecurityGroup>
        id="securityGroups"
        title={t('nav.securityGroups')}
        description={t('securityGroups.text')}
        items={groups.data}
        error={groups.error}
        refreshing={false}
        onRefresh={() => void groups.refetch()}
        columns={columns}
        trackBy={(group) => group.id}
        historyOf={(group) => group.id}
        label={(group) => group.name}
        selected={chosen}
        onSelect={(items) => setSelected(items.map((item) => item.id))}
        look={(group) => <GroupLook group={group} />}
        change="network:security-group:create"
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button disabled={chosen.length === 0 || chosen.some((group) => group.name === 'default')} onClick={() => setOpen('delete')}>
              {t('common.delete')}
            </Button>
            <Button variant="primary" onClick={() => setOpen('create')}>
              {t('securityGroups.create')}
            </Button>
          </SpaceBetween>
        }
        empty={{
          title: t('securityGroups.empty.title'),
          text: t('securityGroups.empty.text'),
          action: <Button onClick={() => setOpen('create')}>{t('securityGroups.create')}</Button>,
        }}
      />
      {open === 'create' && <CreateGroup onClose={close} />}
      {open === 'delete' && (
        <DeleteDialog
          title={t('securityGroups.deleteTitle')}
          warning={t('securityGroups.deleteText')}
          items={chosen}
          idOf={(group) => group.id}
          nameOf={(group) => group.name}
          typed
          onClose={close}
          acts={chosen.map((group) => deleteSecurityGroup.describe(group.id))}
          remove={(group) => deleteSecurityGroup(group.id)}
          onGone={() => client.invalidateQueries({ queryKey: ['securityGroups'] })}
        />
      )}
    </>
  );
}

function CreateGroup({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  return (
    <Dialog
      title={t('securityGroups.create')}
      submit={t('common.create')}
      disabled={name.trim() === ''}
      onClose={onClose}
      acts={[createSecurityGroup.describe({ name: name.trim(), description: description.trim() })]}
      onSubmit={async () => {
        const group = await createSecurityGroup({ name: name.trim(), description: description.trim() });
        await client.invalidateQueries({ queryKey: ['securityGroups'] });
        void navigate(`/security-groups/${group.id}`);
      }}
    >
      <FormField label={t('securityGroups.name')}>
        <Input value={name} onChange={({ detail }) => setName(detail.value)} autoFocus spellcheck={false} />
      </FormField>
      <FormField label={t('servers.description')}>
        <Input value={description} onChange={({ detail }) => setDescription(detail.value)} />
      </FormField>
    </Dialog>
  );
}
