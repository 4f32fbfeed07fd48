// What was changed since the visitor was here last, by whom: the provider's people and programs as well as colleagues.
import Badge, { type BadgeProps } from '@cloudscape-design/components/badge';
import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { HistoryPage } from '../../api/history';
import { useSession } from '../../app/session';
import { RouteLink } from '../../ui/RouteLink';
import { useFormat } from '../../ui/useFormat';
import { useEventText } from '../history/useEventText';
import { Card } from './Card';
import { changesOf, WHOSE, type Change, type Whose } from './changes';
import type { Since } from './visits';

const MOST = 8;
const COLOURS: Record<Whose, BadgeProps['color']> = { unknown: 'red', provider: 'blue', colleague: 'green', system: 'grey', schedule: 'grey', me: 'grey' };

export function News({ since, news }: { since: Since; news: UseQueryResult<HistoryPage> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const session = useSession();
  return (
    <Card
      title={t('home.news.title')}
      description={since.visited ? t('home.news.since', { time: format.time(since.time) }) : t('home.news.sinceDays')}
      more={{ to: `/history?since=${encodeURIComponent(since.time)}`, text: t('home.news.all') }}
      asked={news}
    >
      {(page) => {
        const changes = changesOf(page.events, session);
        const counts = WHOSE.map((whose) => ({ whose, count: changes.filter((change) => change.whose === whose).reduce((sum, change) => sum + change.count, 0) }));
        if (changes.length === 0) return <Box color="text-body-secondary">{t(page.next ? 'home.news.onlyQuiet' : 'home.news.none')}</Box>;
        return (
          <SpaceBetween size="s">
            <SpaceBetween direction="horizontal" size="xs">
              {counts
                .filter(({ count }) => count > 0)
                .map(({ whose, count }) => (
                  <Badge key={whose} color={COLOURS[whose]}>
                    {t(`home.news.whose.${whose}`)} {count}
                  </Badge>
                ))}
            </SpaceBetween>
            <ul className="home-items">
              {changes.slice(0, MOST).map((change) => (
                <Row key={change.key} change={change} since={since} />
              ))}
            </ul>
            {(page.next !== null || changes.length > MOST) && <Box color="text-body-secondary">{t('home.news.more')}</Box>}
          </SpaceBetween>
        );
      }}
    </Card>
  );
}

function Row({ change, since }: { change: Change; since: Since }) {
  const { t } = useTranslation();
  const format = useFormat();
  const describe = useEventText();
  const { event, whose, count, targets } = change;
  const names = targets.join(t('home.news.comma'));
  // Only people have a name that says more.
  const named = whose === 'colleague' || whose === 'provider';
  const who = named ? t('home.news.named', { whose: t(`home.news.whose.${whose}`), name: describe.who(event) }) : t(`home.news.whose.${whose}`);
  const filter = new URLSearchParams({ since: since.time, action: event.action, actor: event.initiator.id });
  return (
    <li>
      <StatusIndicator type={describe.sign(event)}>
        <RouteLink to={`/history?${filter.toString()}`}>{describe.action(event)}</RouteLink>
        {count > 1 ? ` ${t('home.news.times', { count })}` : ''}
      </StatusIndicator>
      <Box variant="small" display="block" color="text-body-secondary">
        {[names, who, format.time(event.time)].filter((part) => part).join(' · ')}
      </Box>
    </li>
  );
}
