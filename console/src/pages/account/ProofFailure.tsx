// Says why a password, a code or a passkey was not taken, in the visitor's language where the reason has a name.
import Alert from '@cloudscape-design/components/alert';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/http';
import { PasskeyFailure } from '../../api/passkeys';
import { Failure } from '../../ui/Failure';

const KNOWN = [
  'WrongPassword',
  'WrongCode',
  'WrongPasskey',
  'NameTaken',
  'SetUpLapsed',
  'WeakPassword',
  'ShortPassword',
  'FormerPassword',
  'LockedPassword',
  'LockedAddress',
  'FederatedAddress',
  'SameAddress',
  'NoMailAddress',
] as const;

export function ProofFailure({ error }: { error: unknown }) {
  const { t } = useTranslation();
  if (error instanceof PasskeyFailure) return <Alert type="error">{t(`account.passkeys.trouble.${error.trouble}`, { site: error.site })}</Alert>;
  const known = error instanceof ApiError ? KNOWN.find((code) => code === error.code) : undefined;
  return known ? <Alert type="error">{t(`account.refused.${known}`)}</Alert> : <Failure error={error} />;
}
