// The register of disclosures: what was asked, decided by two, handed over and told.
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { exportDisclosures, type Disclosure } from '../../api/evidence';
import { queries } from '../../api/queries';
import { useAsked } from '../../app/asked';
import { useMay } from '../../app/rights';
import { Failure } from '../../ui/Failure';
import { saveBlob } from '../../ui/saveText';
import { useFormat } from '../../ui/useFormat';
import { Waiting } from '../../ui/Waiting';
import { DisclosureDetails } from './DisclosureDetails';
import { Empty } from './Empty';
import { RecordDisclosure } from './RecordDisclosure';
import { Search } from './Search';
import { STATES, toldWord } from './disclosureSteps';
import { useShown } from './useShown';

const WEEK = 7 * 86_400_000;

/** The customer will be told within a week, when the period ends. */
const endsSoon = (one: Disclosure) => one.secretUntil !== undefined && Date.parse(one.secretUntil) - Date.now() < WEEK;

export function Disclosures() {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const may = useMay();
  const [words, setWords] = useState('');
  const [recording, setRecording] = useState(false);
  useAsked((ask) => ask === 'disclosure' && setRecording(true));
  const [shown, setShown] = useShown();
  const [failure, setFailure] = useState<unknown>(null);
  const answer = useQuery(queries.disclosures(words));
  const changed = () => void client.invalidateQueries({ queryKey: ['evidence'] });
  if (answer.isPending) return <Waiting />;
  if (!answer.data) return <Failure error={answer.error} onRetry={() => void answer.refetch()} />;
  const save = async () => {
    setFailure(null);
    try {
      saveBlob('unkai-disclosures.csv', await exportDisclosures(words));
    } catch (error) {
      setFailure(error);
    }
  };
  return (
    <SpaceBetween size="m">
      <Failure error={failure} />
      {answer.data.filter(endsSoon).map((one) => (
        <Alert
          key={one.id}
          type="warning"
          header={t('evidence.secrecy.endsSoon', { reference: one.reference, time: format.time(one.secretUntil ?? '') })}
          action={<Button onClick={() => setShown(one.id)}>{t('evidence.secrecy.endsSoonOpen', { reference: one.reference })}</Button>}
        >
          {t('evidence.secrecy.endsSoonText')}
        </Alert>
      ))}
      <Table
        header={
          <Header
            counter={`(${answer.data.length})`}
            description={t('evidence.disclosures.text')}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button onClick={() => void save()}>{t('evidence.disclosures.csv')}</Button>
                {may('evidence:disclosure:record') && (
                  <Button variant="primary" onClick={() => setRecording(true)}>
                    {t('evidence.disclosures.record')}
                  </Button>
                )}
              </SpaceBetween>
            }
          >
            {t('evidence.disclosures.title')}
          </Header>
        }
        filter={<Search onWords={setWords} />}
        items={answer.data}
        trackBy="id"
        wrapLines
        empty={<Empty title={t('evidence.disclosures.none')} text={t('evidence.disclosures.noneText')} />}
        columnDefinitions={[
          {
            id: 'reference',
            header: t('evidence.disclosures.number'),
            isRowHeader: true,
            minWidth: 90,
            cell: (one) => (
              <Button variant="inline-link" onClick={() => setShown(one.id)}>
                {one.reference}
              </Button>
            ),
          },
          {
            id: 'state',
            header: t('servers.status'),
            minWidth: 130,
            cell: (one) => <StatusIndicator type={STATES[one.state]}>{t(`evidence.disclosures.states.${one.state}`)}</StatusIndicator>,
          },
          { id: 'received', header: t('evidence.disclosures.receivedAt'), minWidth: 130, cell: (one) => format.day(one.receivedAt) },
          { id: 'requester', header: t('evidence.disclosures.requester'), minWidth: 160, cell: (one) => [one.requester, one.theirNumber].filter(Boolean).join(', ') },
          { id: 'basis', header: t('evidence.disclosures.legalBasis'), minWidth: 140, cell: (one) => one.legalBasis },
          { id: 'project', header: t('breakGlass.project'), minWidth: 140, cell: (one) => <code>{one.project}</code> },
          {
            id: 'told',
            header: t('evidence.disclosures.told'),
            minWidth: 110,
            cell: (one) => toldWord(one, t, format.time),
          },
        ]}
      />
      {recording && <RecordDisclosure onClose={() => setRecording(false)} onDone={changed} />}
      {shown && <DisclosureDetails id={shown} onClose={() => setShown(null)} onDone={changed} />}
    </SpaceBetween>
  );
}
