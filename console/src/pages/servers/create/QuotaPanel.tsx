// What the project has left, before and after the server that is being described.
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import { useTranslation } from 'react-i18next';
import type { Flavor, Limits } from '../../../api/compute';
import { forNew } from '../quota';
import { QuotaBars } from '../QuotaBars';

export function QuotaPanel({ limits, flavor }: { limits: Limits; flavor: Flavor | undefined }) {
  const { t } = useTranslation();
  return (
    <Container header={<Header variant="h2">{t('quota.title')}</Header>}>
      <QuotaBars limits={limits} change={forNew(flavor)} />
    </Container>
  );
}
