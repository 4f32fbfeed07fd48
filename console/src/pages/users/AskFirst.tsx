// Asks before a user is let in again, gets a link to a password, or loses the second factors.
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { bind, type Bound } from '../../api/act';
import { enableUser, removeFactors, sendPasswordLink, type User } from '../../api/users';
import { Dialog } from '../../ui/Dialog';
import { UserFailure } from './UserFailure';

export type Asked = 'enable' | 'release' | 'sendLink' | 'issue' | 'removeFactor';

interface AskFirstProps {
  user: User;
  what: Asked;
  onClose: () => void;
}

const DONE: Readonly<Record<Asked, (user: string) => Bound>> = {
  enable: (user) => bind(enableUser, user, true),
  release: (user) => bind(enableUser, user, true),
  sendLink: (user) => bind(sendPasswordLink, user),
  issue: (user) => bind(sendPasswordLink, user),
  removeFactor: (user) => bind(removeFactors, user),
};

export function AskFirst({ user, what, onClose }: AskFirstProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { act, perform } = DONE[what](user.id);
  return (
    <Dialog
      title={t(`users.${what}Title`, { name: user.name })}
      submit={t(what === 'issue' ? 'users.sendLink' : `users.${what}`)}
      failure={(error) => <UserFailure error={error} />}
      onClose={onClose}
      acts={[act]}
      onSubmit={async () => {
        await perform();
        await client.invalidateQueries({ queryKey: ['users'] });
        onClose();
      }}
    >
      {t(`users.${what}Text`, { name: user.name, email: user.email ?? '', maker: user.madeBy ?? '' })}
    </Dialog>
  );
}
