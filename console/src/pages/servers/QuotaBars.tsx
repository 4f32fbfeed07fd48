// The project's quota before and after a change: what is used now, and what comes to it or goes.
import Box from '@cloudscape-design/components/box';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useTranslation } from 'react-i18next';
import type { Limits } from '../../api/compute';
import { useFormat } from '../../ui/useFormat';
import { quotaAfter, type QuotaChange, type QuotaUse } from './quota';

export function QuotaBars({ limits, change }: { limits: Limits; change: QuotaChange }) {
  return (
    <ColumnLayout columns={3} minColumnWidth={160}>
      {quotaAfter(limits, change).map((use) => (
        <QuotaBar key={use.kind} use={use} />
      ))}
    </ColumnLayout>
  );
}

function QuotaBar({ use }: { use: QuotaUse }) {
  const { t } = useTranslation();
  const format = useFormat();
  const amount = (value: number) => (use.kind === 'ram' ? format.mib(value) : String(value));
  const after = use.used + use.adding;
  const part = (value: number) => `${use.max ? Math.max(0, Math.min(100, (100 * value) / use.max)) : value > 0 ? 100 : 0}%`;
  const kept = Math.min(use.used, after);
  const text = use.max === null ? t('quota.unlimited', { used: amount(after) }) : t('quota.change', { before: amount(use.used), after: amount(after), max: amount(use.max) });
  return (
    <div>
      <Box variant="awsui-key-label">{t(`quota.${use.kind}`)}</Box>
      {use.max !== null && (
        <div className={`quota-bar${use.over ? ' quota-bar-over' : ''}`} role="img" aria-label={text}>
          <span className="quota-bar-kept" style={{ inlineSize: part(kept) }} />
          <span className={use.adding < 0 ? 'quota-bar-freed' : 'quota-bar-added'} style={{ inlineSize: part(Math.min(Math.max(use.used, after), use.max) - kept) }} />
        </div>
      )}
      <Box fontSize="body-s" color="text-body-secondary">
        {text}
      </Box>
      {use.max !== null &&
        (use.over ? (
          <StatusIndicator type="error">{t('quota.over', { short: amount(after - use.max) })}</StatusIndicator>
        ) : (
          <Box fontSize="body-s" color="text-body-secondary">
            {t('quota.left', { left: amount(Math.max(0, use.max - after)) })}
          </Box>
        ))}
    </div>
  );
}
