// Whether the system keeps a promise by itself, or people do; in words, not by colour alone.
import Box from '@cloudscape-design/components/box';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useTranslation } from 'react-i18next';
import type { Plan } from '../../api/plans';
import { useMay } from '../../app/rights';
import type { Promised } from './promises';

export function Kept({ plan, policy }: { plan: Plan; policy: Promised['policy'] }) {
  const { t } = useTranslation();
  const may = useMay();
  const one = plan.enforcement.find((each) => each.policy === policy);
  if (!one) return null;
  return (
    <Box fontSize="body-s">
      <StatusIndicator type={one.enforced ? 'success' : 'info'}>{t(one.enforced ? 'plans.enforcement.kept' : 'plans.enforcement.notKept')}</StatusIndicator>
      {one.by && may('plan:publish') && (
        <div>
          <Box variant="code">{t('plans.enforcement.by', { by: one.by })}</Box>
        </div>
      )}
    </Box>
  );
}
