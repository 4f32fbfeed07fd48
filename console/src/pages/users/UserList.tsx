// The users of the contract: who they are and which roles they have on its projects. A master gives and takes roles.
import Badge from '@cloudscape-design/components/badge';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '../../api/queries';
import type { User } from '../../api/users';
import { useCrumbs } from '../../app/crumbs';
import { useMay } from '../../app/rights';
import { useSession } from '../../app/session';
import { ResourceTable, type Column } from '../../ui/ResourceTable';
import { ChangeRoles } from './ChangeRoles';
import { heldOn, isKnown } from './roles';

export default function UserList() {
  const { t } = useTranslation();
  const session = useSession();
  const mayGrant = useMay()('user:role:grant');
  const found = useQuery(queries.users());
  const [changing, setChanging] = useState<string | null>(null);
  useCrumbs({ text: t('nav.users') });
  const projects = useMemo(() => found.data?.projects ?? [], [found.data]);
  const columns = useMemo<readonly Column<User>[]>(() => {
    const name = (role: string) => (isKnown(role) ? t(`users.roles.${role}`) : role);
    const roles = (user: User) =>
      projects
        .map((project) => ({ project, names: heldOn(user, project.id).map(name) }))
        .filter((one) => one.names.length > 0)
        .map((one) => (projects.length > 1 ? t('users.onProject', { roles: one.names.join(', '), project: one.project.name }) : one.names.join(', ')));
    const state = (user: User) => t(user.enabled ? 'users.enabled' : 'users.disabled');
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
        id: 'state',
        header: t('servers.status'),
        value: state,
        cell: (user) => <StatusIndicator type={user.enabled ? 'success' : 'stopped'}>{state(user)}</StatusIndicator>,
      },
      ...(mayGrant
        ? [
            {
              id: 'change',
              header: t('common.actions'),
              cell: (user: User) =>
                user.id !== session.user.id &&
                user.provider === null && (
                  <Button variant="inline-link" ariaLabel={t('users.changeOf', { name: user.name })} onClick={() => setChanging(user.id)}>
                    {t('users.change')}
                  </Button>
                ),
            },
          ]
        : []),
    ];
  }, [t, projects, mayGrant, session.user.id]);
  const user = found.data?.users.find((one) => one.id === changing);
  return (
    <>
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
        label={(one) => one.name}
        empty={{ title: t('users.empty.title'), text: t('users.empty.text') }}
      />
      {user && <ChangeRoles user={user} projects={projects} onClose={() => setChanging(null)} />}
    </>
  );
}
