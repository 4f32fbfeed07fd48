// Says that there is no such page and leads back.
import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';
import { useCrumbs } from '../app/crumbs';
import { RouteButton } from '../ui/RouteButton';

export default function NotFound() {
  const { t } = useTranslation();
  useCrumbs({ text: t('notFound.title') });
  return (
    <Box textAlign="center" padding="xxl">
      <SpaceBetween size="m">
        <Box variant="h1">{t('notFound.title')}</Box>
        <Box color="text-body-secondary">{t('notFound.text')}</Box>
        <RouteButton to="/">{t('notFound.back')}</RouteButton>
      </SpaceBetween>
    </Box>
  );
}
