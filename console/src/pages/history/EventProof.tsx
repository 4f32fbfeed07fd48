// The proof of one event, checked here in the browser.
import Box from '@cloudscape-design/components/box';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Proof, WholeEvent } from '../../api/history';
import { readKey } from '../../api/ledger';
import { Failure } from '../../ui/Failure';
import { RouteLink } from '../../ui/RouteLink';
import { useFormat } from '../../ui/useFormat';
import { checkProof, hexOf, type Verdict } from './checkProof';

const SIGNS = { good: 'success', bad: 'error', unknown: 'info', absent: 'pending' } as const satisfies Record<Verdict, StatusIndicatorProps.Type>;

export function EventProof({ whole }: { whole: WholeEvent }) {
  const { t } = useTranslation();
  return (
    <SpaceBetween size="s">
      <Box variant="h3">{t('ledger.proof')}</Box>
      {whole.proof ? (
        <Steps whole={whole} proof={whole.proof} />
      ) : (
        <>
          <StatusIndicator type="in-progress">{t('ledger.sealing')}</StatusIndicator>
          <Box color="text-body-secondary">{t('ledger.sealingText')}</Box>
        </>
      )}
      <ExpandableSection headerText={t('ledger.recordedText')}>
        <Box variant="code">
          <span style={{ overflowWrap: 'anywhere' }}>{whole.text}</span>
        </Box>
      </ExpandableSection>
    </SpaceBetween>
  );
}

function Steps({ whole, proof }: { whole: WholeEvent; proof: Proof }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { event } = whole;
  const check = useQuery({
    queryKey: ['proof', event.log, event.place, proof.head.size, proof.round?.round.number ?? null],
    queryFn: async ({ signal }) => checkProof(whole, proof, (await readKey(signal)).pem),
    staleTime: Infinity,
  });
  if (check.error) return <Failure error={check.error} onRetry={() => void check.refetch()} />;
  if (!check.data) return <StatusIndicator type="loading">{t('ledger.checking')}</StatusIndicator>;
  const { inclusion, signature, round, leaf } = check.data;
  const head = { size: proof.head.size, time: format.time(proof.head.time) };
  const inRound = { number: proof.round?.round.number ?? '' };
  return (
    <SpaceBetween size="xs">
      <StatusIndicator type={SIGNS[inclusion]}>{t(inclusion === 'good' ? 'ledger.inclusion.good' : 'ledger.inclusion.bad', head)}</StatusIndicator>
      <StatusIndicator type={SIGNS[signature]}>{t(`ledger.signature.${signature === 'absent' ? 'unknown' : signature}`, head)}</StatusIndicator>
      <StatusIndicator type={SIGNS[round]}>{t(`ledger.round.${round}`, inRound)}</StatusIndicator>
      <Box color="text-body-secondary">
        {t('ledger.checkedHere')} <RouteLink to="/ledger">{t('ledger.toPublic')}</RouteLink>
      </Box>
      <ExpandableSection headerText={t('ledger.hashes')}>
        <KeyValuePairs
          items={[
            { label: t('ledger.place'), value: event.place },
            { label: t('ledger.received'), value: event.received },
            { label: t('ledger.leaf'), value: <Hash text={leaf} /> },
            { label: t('ledger.root'), value: <Hash text={hexOf(proof.head.root)} /> },
            ...(proof.round ? [{ label: t('ledger.roundRoot', inRound), value: <Hash text={hexOf(proof.round.round.root)} /> }] : []),
          ]}
        />
      </ExpandableSection>
    </SpaceBetween>
  );
}

export function Hash({ text }: { text: string }) {
  return <code style={{ overflowWrap: 'anywhere' }}>{text}</code>;
}
