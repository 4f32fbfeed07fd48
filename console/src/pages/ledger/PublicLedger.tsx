// The ledger for everybody, without log-in: its key and the rounds it has published, and what one does with them.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Round } from '../../api/history';
import { readKey, readRounds } from '../../api/ledger';
import { Failure } from '../../ui/Failure';
import { saveText } from '../../ui/saveText';
import { useFormat } from '../../ui/useFormat';
import { PublicFrame } from '../apply/PublicFrame';
import { hexOf } from '../history/checkProof';
import { Hash } from '../history/EventProof';
import { Subscribe } from './Subscribe';

const EACH_MINUTE = 60_000;

export default function PublicLedger() {
  const { t } = useTranslation();
  return (
    <PublicFrame title={t('ledger.public.title')} description={t('ledger.public.text')}>
      <SpaceBetween size="l">
        <Box>{t('ledger.public.what')}</Box>
        <Key />
        <Rounds />
        <Subscribe />
        <Alert type="info" header={t('ledger.public.compare')}>
          <SpaceBetween size="xs">
            <Box>{t('ledger.public.compareText')}</Box>
            <Box variant="code">{'./unkai verify unkai-history.jsonl --key ledger.pem'}</Box>
            <Box>{t('ledger.public.keep')}</Box>
          </SpaceBetween>
        </Alert>
      </SpaceBetween>
    </PublicFrame>
  );
}

function Key() {
  const { t } = useTranslation();
  const key = useQuery({ queryKey: ['ledger-key'], queryFn: ({ signal }) => readKey(signal) });
  return (
    <SpaceBetween size="s">
      <Header variant="h2" description={t('ledger.public.keyText')}>
        {t('ledger.public.key')}
      </Header>
      <Failure error={key.error} onRetry={() => void key.refetch()} />
      {key.data && (
        <>
          <Box variant="pre">{key.data.pem.trim()}</Box>
          <div>
            <Box variant="awsui-key-label">{t('ledger.public.fingerprint')}</Box>
            <Hash text={key.data.sha256} />
          </div>
          <Button iconName="download" onClick={() => saveText('ledger.pem', key.data.pem)}>
            {t('ledger.public.save')}
          </Button>
        </>
      )}
    </SpaceBetween>
  );
}

function Rounds() {
  const { t } = useTranslation();
  const format = useFormat();
  const rounds = useInfiniteQuery({
    queryKey: ['ledger-rounds'],
    queryFn: ({ pageParam, signal }) => readRounds(pageParam, signal),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (last) => (last.at(-1)?.number ? last.at(-1)?.number : undefined),
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 0) > 1 ? false : EACH_MINUTE),
  });
  return (
    <SpaceBetween size="s">
      <Failure error={rounds.error} onRetry={() => void rounds.refetch()} />
      <Table<Round>
        variant="borderless"
        items={rounds.data?.pages.flat() ?? []}
        trackBy={(round) => String(round.number)}
        loading={rounds.isPending}
        loadingText={t('common.loading')}
        wrapLines
        ariaLabels={{ tableLabel: t('ledger.public.rounds') }}
        header={
          <Header variant="h2" description={t('ledger.public.roundsText')}>
            {t('ledger.public.rounds')}
          </Header>
        }
        columnDefinitions={[
          { id: 'number', header: t('ledger.public.number'), cell: (round) => round.number, width: 90, isRowHeader: true },
          { id: 'time', header: t('history.time'), cell: (round) => format.time(round.time), width: 200 },
          { id: 'root', header: t('ledger.public.root'), cell: (round) => <Hash text={hexOf(round.root)} /> },
        ]}
        empty={<Box textAlign="center">{t('ledger.public.none')}</Box>}
        footer={
          rounds.hasNextPage && (
            <Box textAlign="center">
              <Button loading={rounds.isFetchingNextPage} onClick={() => void rounds.fetchNextPage()}>
                {t('history.older')}
              </Button>
            </Box>
          )
        }
      />
    </SpaceBetween>
  );
}
