// What the project has left, before and after the server that is being described.
import Box from '@cloudscape-design/components/box';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import { useTranslation } from 'react-i18next';
import type { Flavor, Limits } from '../../../api/compute';
import { useFormat } from '../../../ui/useFormat';
import { quotaAfter, type QuotaUse } from './quota';

export function QuotaPanel({ limits, flavor }: { limits: Limits; flavor: Flavor | undefined }) {
  const { t } = useTranslation();
  return (
    <Container header={<Header variant="h2">{t('quota.title')}</Header>}>
      <ColumnLayout columns={3} minColumnWidth={180}>
        {quotaAfter(limits, flavor).map((use) => (
          <QuotaBar key={use.kind} use={use} />
        ))}
      </ColumnLayout>
    </Container>
  );
}

function QuotaBar({ use }: { use: QuotaUse }) {
  const { t } = useTranslation();
  const format = useFormat();
  const amount = (value: number) => (use.kind === 'ram' ? format.mib(value) : String(value));
  if (use.max === null) {
    return (
      <Box>
        <Box variant="awsui-key-label">{t(`quota.${use.kind}`)}</Box>
        {t('quota.unlimited', { used: amount(use.used) })}
      </Box>
    );
  }
  const after = use.used + use.adding;
  return (
    <ProgressBar
      label={t(`quota.${use.kind}`)}
      value={use.max === 0 ? 100 : Math.min(100, (100 * after) / use.max)}
      description={t('quota.afterwards', { after: amount(after), max: amount(use.max) })}
      {...(use.over
        ? { status: 'error' as const, resultText: t('quota.over', { short: amount(after - use.max) }) }
        : { additionalInfo: t('quota.left', { left: amount(use.max - after) }) })}
    />
  );
}
