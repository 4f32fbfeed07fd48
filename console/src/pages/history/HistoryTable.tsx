// A list of history events, newest first, page by page as the service keeps them.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import TextFilter from '@cloudscape-design/components/text-filter';
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { readHistory, type HistoryEvent, type HistoryFilter } from '../../api/history';
import { CALM } from '../../api/polling';
import { Failure } from '../../ui/Failure';
import { RouteLink } from '../../ui/RouteLink';
import { useFormat } from '../../ui/useFormat';
import { EventDetails } from './EventDetails';
import { ProofState } from './ProofState';
import { useEventText } from './useEventText';
import { reasonWords } from '../../i18n/reasons';

const PAGE = 50;

/** Which events are shown. */
interface Wanted extends HistoryFilter {
  project?: string | undefined;
  everyone?: boolean | undefined;
}

const eventPages = (wanted: Wanted) =>
  infiniteQueryOptions({
    queryKey: ['history', wanted],
    queryFn: ({ pageParam, signal }) => readHistory({ limit: PAGE, after: pageParam, ...wanted }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    // Once older pages are open the list stands still under the reader's eyes; the button brings it up to date.
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 0) > 1 ? false : CALM),
  });

interface HistoryTableProps extends Wanted {
  title: string;
  variant: 'full-page' | 'container';
  /** Instead of the text for the whole history. */
  description?: string;
  /** Stand beside the refresh button. */
  controls?: ReactNode;
  /** In the place of the search. */
  filters?: ReactNode;
  /** Whether there may be more without the filters. */
  filtered?: boolean;
}

export function HistoryTable({ title, variant, description, controls, filters, filtered, ...wantedEvents }: HistoryTableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const describe = useEventText();
  const [search, setSearch] = useState('');
  const [text, setText] = useState('');
  const history = useInfiniteQuery(eventPages(text ? { ...wantedEvents, text } : wantedEvents));
  const [opened, setOpened] = useState<HistoryEvent | null>(null);
  const items = useMemo(() => history.data?.pages.flatMap((page) => page.events) ?? [], [history.data]);
  return (
    <SpaceBetween size="s">
      <Failure error={history.error} onRetry={() => void history.refetch()} />
      <Table<HistoryEvent>
        variant={variant}
        {...(variant === 'full-page' ? { stickyHeader: true } : {})}
        items={items}
        trackBy="id"
        loading={history.isPending}
        loadingText={t('common.loading')}
        ariaLabels={{ tableLabel: title }}
        header={
          <Header
            variant={variant === 'full-page' ? 'awsui-h1-sticky' : 'h2'}
            description={description ?? t('history.text')}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                {controls}
                <Button
                  iconName="refresh"
                  ariaLabel={t('common.refresh')}
                  loading={history.isRefetching && (history.data?.pages.length ?? 0) > 1}
                  onClick={() => void history.refetch()}
                />
              </SpaceBetween>
            }
          >
            {title}
          </Header>
        }
        filter={
          filters ?? (
            <TextFilter
              filteringText={search}
              onChange={({ detail }) => {
                setSearch(detail.filteringText);
                if (!detail.filteringText) setText('');
              }}
              onDelayedChange={({ detail }) => setText(detail.filteringText.trim())}
              filteringPlaceholder={t('ledger.filters.words')}
              filteringAriaLabel={t('ledger.filters.words')}
            />
          )
        }
        columnDefinitions={[
          { id: 'time', header: t('history.time'), cell: (event) => format.time(event.time), width: 190, isRowHeader: true },
          {
            id: 'action',
            header: t('history.action'),
            cell: (event) => (
              <Button variant="inline-link" onClick={() => setOpened(event)} ariaLabel={t('history.details', { action: describe.action(event) })}>
                {describe.action(event)}
              </Button>
            ),
            // Japanese may break after every letter: a column left to itself would stand the name on end.
            minWidth: 200,
          },
          {
            id: 'outcome',
            header: t('history.outcome'),
            cell: (event) => <StatusIndicator type={describe.sign(event)}>{describe.outcome(event)}</StatusIndicator>,
            width: 130,
          },
          { id: 'proof', header: t('ledger.proof'), cell: (event) => <ProofState sealed={event.sealed} />, minWidth: 140 },
          { id: 'target', header: t('history.target'), cell: (event) => describe.target(event) },
          { id: 'who', header: t('history.who'), cell: (event) => describe.who(event) },
          { id: 'from', header: t('history.from'), cell: (event) => event.initiator.address ?? '–' },
          ...(wantedEvents.everyone
            ? [
                {
                  id: 'log',
                  header: t('ledger.log'),
                  cell: (event: HistoryEvent) => <RouteLink to={`/history?project=${encodeURIComponent(event.log)}`}>{event.log}</RouteLink>,
                },
              ]
            : []),
          { id: 'reason', header: t('history.reason'), cell: (event) => reasonWords(event.reason ?? '') },
        ]}
        empty={
          <Box textAlign="center" margin={{ vertical: 'l' }}>
            <Box variant="strong">{t(text || filtered ? 'table.noMatch' : 'history.empty')}</Box>
            <Box color="text-body-secondary">{t(text || filtered ? 'ledger.filters.none' : 'ledger.emptyText')}</Box>
          </Box>
        }
        footer={
          history.hasNextPage ? (
            <Box textAlign="center">
              <Button loading={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
                {t('history.older')}
              </Button>
            </Box>
          ) : undefined
        }
      />
      {opened && <EventDetails event={opened} onClose={() => setOpened(null)} />}
    </SpaceBetween>
  );
}
