// Before a user is disabled or removed: what ends, and what stays with the contract.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bind } from '../../api/act';
import { queries } from '../../api/queries';
import { enableUser, removeUser, type Holdings, type User } from '../../api/users';
import { Dialog } from '../../ui/Dialog';
import { Failure } from '../../ui/Failure';
import { Waiting } from '../../ui/Waiting';
import { UserFailure } from './UserFailure';

interface LeaveUserProps {
  user: User;
  how: 'disable' | 'remove';
  onClose: () => void;
  onDone: () => void;
}

export function LeaveUser({ user, how, onClose, onDone }: LeaveUserProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const found = useQuery(queries.holdings(user.id));
  const [typed, setTyped] = useState('');
  const removes = how === 'remove';
  const blocked = removes && found.data?.lastMaster === true;
  const { act, perform } = removes ? bind(removeUser, user.id) : bind(enableUser, user.id, false);
  return (
    <Dialog
      title={t(`users.${how}Title`, { name: user.name })}
      submit={t(`users.${how}`)}
      size="large"
      disabled={!found.data || blocked || (removes && typed.trim() !== user.name)}
      failure={(error) => <UserFailure error={error} />}
      onClose={onClose}
      acts={[act]}
      onSubmit={async () => {
        await perform();
        await client.invalidateQueries({ queryKey: ['users'] });
        onDone();
      }}
    >
      <Alert type="warning">{t(`users.${how}Text`, { name: user.name })}</Alert>
      {!found.data && !found.error && <Waiting />}
      <Failure error={found.error} onRetry={() => void found.refetch()} />
      {found.data && (
        <>
          <List title={t(removes ? 'users.goes' : 'users.pauses')} lines={ends(t, found.data, removes)} />
          {removes && found.data.keyPairs.length > 0 && <Alert type="info">{t('users.keyPairsText')}</Alert>}
          <List title={t('users.stays')} lines={stays(t, found.data, removes)} />
          <Box color="text-body-secondary">{user.email ? t('users.told', { email: user.email }) : t('users.notTold')}</Box>
          {removes && user.provider !== null && <Alert type="info">{t('users.comesBack', { provider: user.provider })}</Alert>}
          {blocked && <Alert type="error">{t('users.lastMaster')}</Alert>}
        </>
      )}
      {removes && !blocked && (
        <FormField label={t('delete.type', { text: user.name })}>
          <Input value={typed} onChange={({ detail }) => setTyped(detail.value)} placeholder={user.name} name="typed-name" spellcheck={false} />
        </FormField>
      )}
    </Dialog>
  );
}

function List({ title, lines }: { title: string; lines: readonly string[] }) {
  return (
    <div>
      <Box variant="h4" tagOverride="h3">
        {title}
      </Box>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}

const joined = (names: readonly string[]) => names.join(', ');

function ends(t: TFunction, had: Holdings, removes: boolean): string[] {
  return [
    had.sessions > 0 && t('users.sessions', { number: had.sessions }),
    had.vpnSessions > 0 && t('users.tunnels', { number: had.vpnSessions }),
    had.applicationCredentials.length > 0 && t('users.credentials', { names: joined(had.applicationCredentials.map((one) => one.name)) }),
    had.accessKeys > 0 && t('users.keys', { number: had.accessKeys }),
    had.trusts.length > 0 && t('users.trusts', { names: joined(had.trusts.map((one) => t('users.trust', { from: one.from, to: one.to }))) }),
    had.programs.length > 0 && t('users.programs', { names: joined(had.programs.map((one) => one.name)) }),
    removes && had.secondFactors > 0 && t('users.factors', { number: had.secondFactors }),
    removes && had.groups.length > 0 && t('users.groups', { names: joined(had.groups) }),
    removes && had.keyPairs.length > 0 && t('users.keyPairs', { names: joined(had.keyPairs.map((one) => one.name)) }),
    t('users.rolesEnd'),
  ].filter((line) => line !== false);
}

function stays(t: TFunction, had: Holdings, removes: boolean): string[] {
  return [
    had.servers.length > 0 && t('users.servers', { names: joined(had.servers.map((one) => one.name)) }),
    !removes && had.keyPairs.length > 0 && t('users.keyPairs', { names: joined(had.keyPairs.map((one) => one.name)) }),
    t('users.everything'),
    t('users.record'),
  ].filter((line) => line !== false);
}
