// What a trial of a destination has shown.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import { useTranslation } from 'react-i18next';
import type { Trial } from '../../api/forwarding';
import { useFormat } from '../../ui/useFormat';
import { ProblemText } from './ForwardingSign';

export function TrialResult({ trial, good }: { trial: Trial; good: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (trial.problem) {
    return (
      <Alert type="error" header={t('forwarding.notReached')}>
        <ProblemText problem={trial.problem} />
      </Alert>
    );
  }
  const shown = trial.certificate;
  return (
    <Alert type="success" header={good}>
      {shown && (
        <>
          <Box color="inherit">{t('forwarding.shows', { subject: shown.subject, issuer: shown.issuer })}</Box>
          <Box color="inherit">{t('forwarding.showsUntil', { time: format.time(shown.notAfter), protocol: shown.protocol })}</Box>
        </>
      )}
    </Alert>
  );
}
