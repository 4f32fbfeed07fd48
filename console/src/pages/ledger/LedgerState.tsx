// How the ledger is, for the provider's people: that its auditor reads everything again and again, and what it found.
import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { readAudit, type Audit, type Finding } from '../../api/ledger';
import { CALM } from '../../api/polling';
import { useCrumbs } from '../../app/crumbs';
import { useLanguage } from '../../app/language';
import { useMay } from '../../app/rights';
import { ResourceTable, type Column } from '../../ui/ResourceTable';
import { useFormat } from '../../ui/useFormat';
import { Retention } from './Retention';

/** A pass takes ten minutes at most; a little more, and something keeps the auditor from its work. */
const LATE = 12 * 60_000;

export default function LedgerState() {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useMay();
  const { language } = useLanguage();
  useCrumbs({ text: t('nav.ledger') });
  const audit = useQuery({ queryKey: ['ledger-audit'], queryFn: ({ signal }) => readAudit(signal), refetchInterval: CALM });
  const kinds = useMemo(() => t('ledger.state.kinds', { returnObjects: true }) as Record<string, string>, [t]);
  const said = useCallback((finding: Finding) => (language === 'ja' && finding.sentenceJa) || finding.sentence, [language]);
  const columns: readonly Column<Finding>[] = useMemo(
    () => [
      { id: 'found', header: t('history.time'), value: (finding) => finding.found, cell: (finding) => format.time(finding.found), width: 200 },
      { id: 'kind', header: t('ledger.state.kind'), value: (finding) => kinds[finding.kind] ?? finding.kind, cell: (finding) => kinds[finding.kind] ?? finding.kind },
      { id: 'log', header: t('ledger.log'), value: (finding) => finding.log, cell: (finding) => finding.log },
      { id: 'place', header: t('ledger.place'), value: (finding) => finding.place ?? -1, cell: (finding) => finding.place ?? '–' },
      { id: 'sentence', header: t('ledger.state.sentence'), value: said, cell: (finding) => <div style={{ whiteSpace: 'normal', overflowWrap: 'anywhere' }}>{said(finding)}</div>, width: 480 },
    ],
    [format, kinds, said, t],
  );
  return (
    <SpaceBetween size="l">
      <ResourceTable<Finding>
        id="ledger"
        title={t('nav.ledger')}
        description={audit.data ? <Summary audit={audit.data} at={audit.dataUpdatedAt} /> : t('ledger.state.text')}
        items={audit.data?.findings}
        error={audit.error}
        refreshing={false}
        onRefresh={() => void audit.refetch()}
        columns={columns}
        trackBy={(finding) => `${finding.found} ${finding.kind} ${finding.log} ${finding.place}`}
        label={said}
        defaultSort={{ column: 'found', descending: true }}
        empty={{ title: t('ledger.state.none'), text: t('ledger.state.noneText') }}
      />
      {may('history:retention:show') && <Retention />}
    </SpaceBetween>
  );
}

function Summary({ audit, at }: { audit: Audit; at: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const late = audit.lastPass !== null && at - Date.parse(audit.lastPass) > LATE;
  const state = audit.findings.length > 0 ? 'found' : audit.lastPass === null ? 'first' : late ? 'late' : 'good';
  const sign = { found: 'error', first: 'in-progress', late: 'warning', good: 'success' } as const;
  return (
    <SpaceBetween size="xxs">
      <StatusIndicator type={sign[state]}>{t(`ledger.state.${state}`)}</StatusIndicator>
      <Box color="inherit">
        {t('ledger.state.text')} {audit.lastPass !== null && t('ledger.state.last', { time: format.time(audit.lastPass), passes: audit.passes })}
      </Box>
    </SpaceBetween>
  );
}
