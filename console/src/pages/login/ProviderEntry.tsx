// The way to the contract's own identity provider: by name where this browser has been there, else by the link that the contract's people have. A list of
// providers, or an answer to a contract's name, would tell strangers who is a customer.
import Box from '@cloudscape-design/components/box';
import { useTranslation } from 'react-i18next';
import type { KnownProvider } from '../../api/signIn';
import { RouteButton } from '../../ui/RouteButton';
import { RouteLink } from '../../ui/RouteLink';
import { useKept } from '../../ui/useKept';

export const NO_PROVIDER: KnownProvider = { key: '', name: '' };

export function ProviderEntry() {
  const { t } = useTranslation();
  const [known] = useKept('provider', NO_PROVIDER);
  return (
    <Box textAlign="center">
      {known.key ? (
        <>
          <RouteButton to={`/sign-in/${known.key}`}>{t('signIn.with', { name: known.name })}</RouteButton>
          <Box margin={{ top: 'xs' }}>
            <RouteLink to="/sign-in">{t('signIn.otherLink')}</RouteLink>
          </Box>
        </>
      ) : (
        <RouteLink to="/sign-in">{t('signIn.byLink')}</RouteLink>
      )}
    </Box>
  );
}
