// A card of the first page: its own skeleton while its data is on its way, its own reason where it cannot be had; the others do not wait for it.
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import Skeleton from '@cloudscape-design/components/skeleton';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Failure } from '../../ui/Failure';
import { RouteLink } from '../../ui/RouteLink';

/** As much of a query as a card needs. */
export interface Asked<T> {
  data: T | undefined;
  error: unknown;
  refetch: () => unknown;
}

interface CardProps<T> {
  title: string;
  description?: string;
  /** The page that has all of it. */
  more?: { to: string; text: string };
  asked: Asked<T>;
  children: (data: T) => ReactNode;
}

export function Card<T>({ title, description, more, asked, children }: CardProps<T>) {
  const { t } = useTranslation();
  return (
    <Container
      fitHeight
      header={
        <Header variant="h2" description={description}>
          {title}
        </Header>
      }
      footer={more && <RouteLink to={more.to}>{more.text}</RouteLink>}
    >
      <SpaceBetween size="s">
        {asked.data === undefined && asked.error ? (
          <Failure error={asked.error} header={t('home.cardFailed')} onRetry={() => void asked.refetch()} />
        ) : asked.data === undefined ? (
          <div role="status" aria-label={t('common.loading')}>
            <SpaceBetween size="xs">
              <Skeleton />
              <Skeleton width="80%" />
              <Skeleton width="60%" />
            </SpaceBetween>
          </div>
        ) : (
          <>
            {/* What was read before stays, and says so. */}
            {Boolean(asked.error) && <StatusIndicator type="warning">{t('table.stale')}</StatusIndicator>}
            {children(asked.data)}
          </>
        )}
      </SpaceBetween>
    </Container>
  );
}

export interface Item {
  key: string;
  sign: StatusIndicatorProps.Type;
  text: string;
  to?: string;
  /** Second line, in small print. */
  note?: ReactNode;
}

/** Things with a sign each, or the sentence that there are none. */
export function Items({ items, none }: { items: readonly Item[]; none: string }) {
  if (items.length === 0) return <StatusIndicator type="success">{none}</StatusIndicator>;
  return (
    <ul className="home-items">
      {items.map((item) => (
        <li key={item.key}>
          <StatusIndicator type={item.sign}>{item.to === undefined ? item.text : <RouteLink to={item.to}>{item.text}</RouteLink>}</StatusIndicator>
          {item.note !== undefined && (
            <Box variant="small" display="block" color="text-body-secondary">
              {item.note}
            </Box>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Numbers side by side, each with what it counts. */
export function Counts({ counts }: { counts: readonly { key: string; text: string; count: number; sign: StatusIndicatorProps.Type }[] }) {
  return (
    <div className="home-counts">
      {counts.map((one) => (
        <div key={one.key} data-count={one.key}>
          <Box variant="awsui-value-large">{one.count}</Box>
          <StatusIndicator type={one.sign}>{one.text}</StatusIndicator>
        </div>
      ))}
    </div>
  );
}
