// Log-ins and log-outs as the history has them, filtered by how they ended.
import Select from '@cloudscape-design/components/select';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../app/session';
import { HistoryTable } from '../history/HistoryTable';

const OUTCOMES = ['all', 'success', 'failure'] as const;

export function SignInTable({ everyone }: { everyone: boolean }) {
  const { t } = useTranslation();
  const session = useSession();
  const [outcome, setOutcome] = useState<(typeof OUTCOMES)[number]>('all');
  const options = OUTCOMES.map((value) => ({ value, label: t(`access.outcomes.${value}`) }));
  return (
    <HistoryTable
      variant="container"
      title={t('access.tabs.history')}
      description={t(everyone ? 'access.historyOfAll' : 'access.historyText')}
      action="authenticate,revoke"
      outcome={outcome === 'all' ? undefined : outcome}
      target={everyone ? undefined : session.user.id}
      controls={
        <Select
          ariaLabel={t('history.outcome')}
          options={options}
          selectedOption={options.find((option) => option.value === outcome) ?? null}
          onChange={({ detail }) => setOutcome(detail.selectedOption.value as (typeof OUTCOMES)[number])}
        />
      }
    />
  );
}
