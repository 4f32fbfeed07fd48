// Asks before a user is let in again, gets a link to a password, or loses the second factors.
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { enableUser, removeFactors, sendPasswordLink, type User } from '../../api/users';
import { Dialog } from '../../ui/Dialog';
import { UserFailure } from './UserFailure';

export type Asked = 'enable' | 'release' | 'sendLink' | 'issue' | 'removeFactor';

interface AskFirstProps {
  user: User;
  what: Asked;
  onClose: () => void;
}

const DONE: Readonly<Record<Asked, (user: string) => Promise<unknown>>> = {
  enable: (user) => enableUser(user, true),
  release: (user) => enableUser(user, true),
  sendLink: sendPasswordLink,
  issue: sendPasswordLink,
  removeFactor: removeFactors,
};

export function AskFirst({ user, what, onClose }: AskFirstProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return (
    <Dialog
      title={t(`users.${what}Title`, { name: user.name })}
      submit={t(what === 'issue' ? 'users.sendLink' : `users.${what}`)}
      failure={(error) => <UserFailure error={error} />}
      onClose={onClose}
      onSubmit={async () => {
        await DONE[what](user.id);
        await client.invalidateQueries({ queryKey: ['users'] });
        onClose();
      }}
    >
      {t(`users.${what}Text`, { name: user.name, email: user.email ?? '', maker: user.madeBy ?? '' })}
    </Dialog>
  );
}
