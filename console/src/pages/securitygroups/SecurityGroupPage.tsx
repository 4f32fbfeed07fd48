// One security group: its rules, to be added and removed; a change acts on running servers at once.
import Button from '@cloudscape-design/components/button';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { ApiError } from '../../api/http';
import { deleteRule, type Rule, type SecurityGroup } from '../../api/network';
import { queries } from '../../api/queries';
import { useCrumbs } from '../../app/crumbs';
import { useMay } from '../../app/rights';
import { DeleteDialog } from '../../ui/DeleteDialog';
import { Failure } from '../../ui/Failure';
import { RouteButton } from '../../ui/RouteButton';
import { Waiting } from '../../ui/Waiting';
import { Naming } from '../networks/Naming';
import NotFound from '../NotFound';
import { AddRule } from './AddRule';
import { PlainWords } from './PlainWords';
import { portsOf, presetOf } from './rules';

export default function SecurityGroupPage() {
  const { t } = useTranslation();
  const may = useMay();
  const { id = '' } = useParams();
  const { data: group, error, refetch } = useQuery(queries.securityGroup(id));
  useCrumbs({ text: t('nav.securityGroups'), href: '/security-groups' }, { text: group?.name ?? id });
  if (error instanceof ApiError && error.status === 404) return <NotFound />;
  if (!group) return error ? <Failure error={error} onRetry={() => void refetch()} /> : <Waiting />;
  return (
    <ContentLayout
      header={
        <Header variant="h1" description={<Naming kind="group" thing={group} part="description" />} actions={may('history:event:list') && <RouteButton to={`/history?target=${group.id}`}>{t('nav.history')}</RouteButton>}>
          <Naming kind="group" thing={group} part="name" fixed={group.name === 'default'} />
        </Header>
      }
    >
      <SpaceBetween size="l">
        <PlainWords group={group} />
        <Rules group={group} direction="ingress" />
        <Rules group={group} direction="egress" />
      </SpaceBetween>
    </ContentLayout>
  );
}

function Rules({ group, direction }: { group: SecurityGroup; direction: Rule['direction'] }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const changes = useMay()('network:security-group:create');
  const groups = useQuery(queries.securityGroups()).data ?? [];
  const [selected, setSelected] = useState<readonly string[]>([]);
  const [open, setOpen] = useState<'add' | 'delete' | null>(null);
  const rules = group.security_group_rules.filter((rule) => rule.direction === direction);
  const chosen = rules.filter((rule) => selected.includes(rule.id));
  const close = () => setOpen(null);
  const what = (rule: Rule) => {
    const preset = presetOf(rule);
    return preset ? t(`securityGroups.presets.${preset}`) : (rule.protocol ?? '').toUpperCase();
  };
  const who = (rule: Rule) => {
    if (rule.remote_group_id) {
      const remote = groups.find((each) => each.id === rule.remote_group_id);
      return t('securityGroups.membersOf', { name: remote?.name ?? rule.remote_group_id });
    }
    return rule.remote_ip_prefix ?? t('securityGroups.anywhere');
  };
  return (
    <>
      <Table<Rule>
        items={rules}
        trackBy="id"
        {...(changes
          ? {
              selectionType: 'multi' as const,
              selectedItems: chosen,
              onSelectionChange: ({ detail }) => setSelected(detail.selectedItems.map((rule) => rule.id)),
            }
          : {})}
        ariaLabels={{
          tableLabel: t(`securityGroups.${direction}`),
          selectionGroupLabel: t('table.selection'),
          allItemsSelectionLabel: () => t('table.selectAll'),
          itemSelectionLabel: (_, rule) => t('table.select', { name: what(rule) }),
        }}
        header={
          <Header
            variant="h2"
            counter={`(${rules.length})`}
            description={t(`securityGroups.${direction}Text`)}
            actions={
              changes && (
                <SpaceBetween direction="horizontal" size="xs">
                  <Button disabled={chosen.length === 0} onClick={() => setOpen('delete')}>
                    {t('common.delete')}
                  </Button>
                  <Button onClick={() => setOpen('add')}>{t('securityGroups.addRule')}</Button>
                </SpaceBetween>
              )
            }
          >
            {t(`securityGroups.${direction}`)}
          </Header>
        }
        columnDefinitions={[
          { id: 'what', header: t('securityGroups.what'), cell: what, isRowHeader: true },
          { id: 'version', header: t('securityGroups.version'), cell: (rule) => rule.ethertype },
          { id: 'protocol', header: t('securityGroups.protocol'), cell: (rule) => rule.protocol ?? t('securityGroups.any') },
          { id: 'ports', header: t('securityGroups.ports'), cell: (rule) => portsOf(rule) || t('securityGroups.any') },
          { id: 'who', header: t(direction === 'ingress' ? 'securityGroups.from' : 'securityGroups.to'), cell: who },
          { id: 'description', header: t('servers.description'), cell: (rule) => rule.description ?? '' },
        ]}
        empty={t(`securityGroups.no_${direction}`)}
      />
      {open === 'add' && <AddRule group={group} groups={groups} direction={direction} onClose={close} />}
      {open === 'delete' && (
        <DeleteDialog
          title={t('securityGroups.deleteRuleTitle')}
          warning={t('securityGroups.deleteRuleText')}
          items={chosen}
          idOf={(rule) => rule.id}
          nameOf={(rule) => [what(rule), rule.ethertype, who(rule)].join(' · ')}
          onClose={close}
          acts={chosen.map((rule) => deleteRule.describe(rule.id))}
          remove={(rule) => deleteRule(rule.id)}
          onGone={() => client.invalidateQueries({ queryKey: ['securityGroups'] })}
        />
      )}
    </>
  );
}
