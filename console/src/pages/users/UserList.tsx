// The users of the contract: who they are and which roles they have on its projects. A master, or the provider, gives and takes roles, and decides who comes and
// who leaves.
import Badge from '@cloudscape-design/components/badge';
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { queries } from '../../api/queries';
import type { User } from '../../api/users';
import { useAsked } from '../../app/asked';
import { useCrumbs } from '../../app/crumbs';
import { useMay } from '../../app/rights';
import { useSession } from '../../app/session';
import { ResourceTable, type Column } from '../../ui/ResourceTable';
import { AskFirst, type Asked } from './AskFirst';
import { ChangeRoles } from './ChangeRoles';
import { CreateUser } from './CreateUser';
import { LeaveUser } from './LeaveUser';
import { heldOn, isKnown } from './roles';

export default function UserList() {
  const { t } = useTranslation();
  const session = useSession();
  const may = useMay();
  const [parameters, setParameters] = useSearchParams();
  const contract = parameters.get('contract');
  // The provider's people look after the users of all contracts.
  const contracts = useQuery({ ...queries.portalAccessOfAll(), enabled: may('portal-access:list') });
  const found = useQuery(queries.users(contract));
  const administers = found.data?.administered === true;
  const mayGrant = may('user:role:grant');
  const [changing, setChanging] = useState<string | null>(null);
  const [selected, setSelected] = useState<string | null>(null);
  const [open, setOpen] = useState<'create' | 'disable' | 'remove' | Asked | null>(null);
  useCrumbs({ text: t('nav.users') });
  const projects = useMemo(() => found.data?.projects ?? [], [found.data]);
  const columns = useMemo<readonly Column<User>[]>(() => {
    const name = (role: string) => (isKnown(role) ? t(`users.roles.${role}`) : role);
    const roles = (user: User) =>
      projects
        .map((project) => ({ project, names: heldOn(user, project.id).map(name) }))
        .filter((one) => one.names.length > 0)
        .map((one) => (projects.length > 1 ? t('users.onProject', { roles: one.names.join(', '), project: one.project.name }) : one.names.join(', ')));
    const state = (user: User) => (user.madeBy ? t('users.waits') : t(user.enabled ? 'users.enabled' : 'users.disabled'));
    return [
      {
        id: 'name',
        header: t('access.user'),
        value: (user) => user.name,
        cell: (user) => (
          <>
            {user.name} {user.id === session.user.id && <Badge color="blue">{t('users.you')}</Badge>}
            {user.provider !== null && <Box color="text-body-secondary">{t('users.by', { provider: user.provider })}</Box>}
          </>
        ),
      },
      { id: 'person', header: t('users.person'), value: (user) => user.description, cell: (user) => user.description || t('common.none') },
      { id: 'email', header: t('apply.email'), value: (user) => user.email ?? '', cell: (user) => user.email ?? t('common.none') },
      {
        id: 'roles',
        header: t('users.rolesOf'),
        value: (user) => roles(user).join('; '),
        cell: (user) => (
          <SpaceBetween size="xxxs">
            {roles(user).map((line) => (
              <div key={line}>{line}</div>
            ))}
            {roles(user).length === 0 && t('users.noRole')}
          </SpaceBetween>
        ),
      },
      {
        id: 'factor',
        header: t('users.factor'),
        value: (user) => (user.secondFactor ? t('users.hasFactor') : ''),
        cell: (user) => (user.secondFactor ? t('users.hasFactor') : t('common.none')),
      },
      {
        id: 'state',
        header: t('servers.status'),
        value: state,
        cell: (user) => <StatusIndicator type={user.madeBy ? 'pending' : user.enabled ? 'success' : 'stopped'}>{state(user)}</StatusIndicator>,
      },
      ...(mayGrant
        ? [
            {
              id: 'change',
              // So that the words do not stand below each other where the table is wider than the window.
              width: 170,
              header: t('common.actions'),
              cell: (user: User) =>
                administers &&
                user.id !== session.user.id &&
                user.provider === null && (
                  <Button variant="inline-link" ariaLabel={t('nav.named', { name: t('users.change'), value: user.name })} onClick={() => setChanging(user.id)}>
                    {t('users.change')}
                  </Button>
                ),
            },
          ]
        : []),
    ];
  }, [t, projects, mayGrant, administers, session.user.id]);
  const user = found.data?.users.find((one) => one.id === changing);
  const chosen = found.data?.users.find((one) => one.id === selected);
  const options = contracts.data?.map((one) => ({ value: one.contract.id, label: one.contract.name })) ?? [];
  const issued = found.data?.passwordsIssued === true;
  const byProvider = options.length > 0;
  const actions = useMemo(() => {
    if (!chosen) return [];
    return [
      chosen.enabled ? { id: 'disable', text: t('users.disable'), action: 'user:update' } : { id: chosen.madeBy ? 'release' : 'enable', text: t(chosen.madeBy ? 'users.release' : 'users.enable'), action: 'user:update' },
      ...(issued && !byProvider
        ? []
        : [{ id: issued ? 'issue' : 'sendLink', text: t('users.sendLink'), action: 'user:password:send', disabled: !chosen.email || !chosen.enabled || chosen.provider !== null }]),
      { id: 'removeFactor', text: t('users.removeFactor'), action: 'account:second-factor:remove', disabled: !chosen.secondFactor },
      { id: 'remove', text: t('users.remove'), action: 'user:remove' },
    ].filter((one) => may(one.action));
  }, [chosen, issued, byProvider, may, t]);
  const mine = chosen?.id === session.user.id;
  const close = () => setOpen(null);
  useAsked((ask, id) => {
    if (ask === 'create') setOpen('create');
    else setSelected(id);
  }, found.isSuccess);
  return (
    <SpaceBetween size="m">
      {byProvider && (
        <FormField label={t('users.contract')}>
          <Select
            options={options}
            selectedOption={options.find((option) => option.value === (contract ?? found.data?.contract.id)) ?? null}
            filteringType="auto"
            onChange={({ detail }) => {
              setParameters({ contract: detail.selectedOption.value ?? '' }, { replace: true });
              setSelected(null);
            }}
            ariaLabel={t('users.contract')}
          />
        </FormField>
      )}
      {found.data && !administers && <Alert type="info">{t('users.byProvider')}</Alert>}
      <ResourceTable<User>
        id="users"
        title={t('nav.users')}
        description={t('users.text')}
        items={found.data?.users}
        error={found.error}
        refreshing={found.isRefetching}
        onRefresh={() => void found.refetch()}
        columns={columns}
        trackBy={(one) => one.id}
        historyOf={(one) => one.id}
        label={(one) => one.name}
        {...(administers
          ? {
              change: 'user:update',
              single: true,
              selected: chosen ? [chosen] : [],
              onSelect: (users: User[]) => setSelected(users.at(-1)?.id ?? null),
              actions: (
                <SpaceBetween direction="horizontal" size="xs">
                  <ButtonDropdown expandToViewport disabled={!chosen || mine} items={actions} onItemClick={({ detail }) => setOpen(detail.id as typeof open)}>
                    {t('common.actions')}
                  </ButtonDropdown>
                  {may('user:create') && (
                    <Button variant="primary" disabled={projects.length === 0} onClick={() => setOpen('create')}>
                      {t('users.create')}
                    </Button>
                  )}
                </SpaceBetween>
              ),
            }
          : {})}
        empty={{ title: t('users.empty.title'), text: t('users.empty.text') }}
      />
      {user && <ChangeRoles user={user} projects={projects} onClose={() => setChanging(null)} />}
      {open === 'create' && <CreateUser contract={contract} projects={projects} onClose={close} />}
      {chosen && (open === 'disable' || open === 'remove') && <LeaveUser user={chosen} how={open} onClose={close} onDone={close} />}
      {chosen && open !== null && open !== 'create' && open !== 'disable' && open !== 'remove' && <AskFirst user={chosen} what={open} onClose={close} />}
    </SpaceBetween>
  );
}
