// Why something about a user was refused, in the visitor's language where the service names the reason.
import Alert from '@cloudscape-design/components/alert';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/http';
import { Failure } from '../../ui/Failure';

const NAMED = ['LastMaster', 'UsersByProvider', 'IssuedPasswords', 'NoAddress', 'FederatedPassword', 'SecondPersonNeeded'] as const;

export function UserFailure({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const reason = error instanceof ApiError ? NAMED.find((name) => name === error.code) : undefined;
  if (!reason) return <Failure error={error} />;
  return (
    <Alert type="error" header={t('failure.header')}>
      {t(`users.refusals.${reason}`)}
    </Alert>
  );
}
