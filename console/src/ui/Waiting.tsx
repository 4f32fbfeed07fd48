// Shown while a part of the console or its first data is on its way.
import Box from '@cloudscape-design/components/box';
import Spinner from '@cloudscape-design/components/spinner';
import { useTranslation } from 'react-i18next';

export function Waiting() {
  const { t } = useTranslation();
  return (
    <Box textAlign="center" padding="xxl">
      <span role="status" aria-label={t('common.loading')}>
        <Spinner size="large" />
      </span>
    </Box>
  );
}
