// Tells a password that the service will not tell again: it stays above the pages until it is put away.
import Box from '@cloudscape-design/components/box';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import { useTranslation } from 'react-i18next';
import { useNotices } from '../../app/notices';

export type PasswordFor = 'create' | 'rebuild' | 'rescue';

export function usePassword() {
  const { t } = useTranslation();
  const { show } = useNotices();
  return (reason: PasswordFor, name: string, password: string) =>
    show({
      id: crypto.randomUUID(),
      type: 'info',
      dismissible: true,
      header: t('servers.password.header', { name }),
      content: (
        <>
          <CopyToClipboard
            variant="inline"
            textToCopy={password}
            copyButtonAriaLabel={t('common.copy', { what: t('servers.password.label') })}
            copySuccessText={t('common.copied')}
            copyErrorText={t('common.copyFailed')}
          />
          <Box color="inherit">{t(`servers.password.${reason}`)}</Box>
        </>
      ),
    });
}
