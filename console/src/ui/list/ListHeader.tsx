// Above a list: what it is, how many there are, what can be done.
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNotices } from '../../app/notices';
import type { Column } from '../ResourceTable';
import { saveText } from '../saveText';
import { toCsv } from './csv';
import type { LongList } from './long';

interface ListHeaderProps<T> {
  id: string;
  title: string;
  description?: ReactNode;
  items: readonly T[] | undefined;
  long?: LongList<T> | undefined;
  selected: readonly T[];
  /** those that are shown */
  columns: readonly Column<T>[];
  /** All that match, on all pages. */
  gather: (signal: AbortSignal) => Promise<readonly T[]>;
  actions: ReactNode;
  refreshing: boolean;
  onRefresh: () => void;
  variant?: 'full-page' | 'container';
}

export function ListHeader<T>({ variant = 'full-page', ...props }: ListHeaderProps<T>) {
  const { t } = useTranslation();
  const all = props.long ? t('table.moreThan', { number: props.long.atLeast }) : String(props.items?.length ?? '');
  return (
    <Header
      variant={variant === 'full-page' ? 'awsui-h1-sticky' : 'h2'}
      counter={props.items ? `(${props.selected.length > 0 ? `${props.selected.length}/` : ''}${all})` : ''}
      description={props.description}
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          <Button iconName="refresh" ariaLabel={t('common.refresh')} loading={props.refreshing} onClick={props.onRefresh} />
          <SaveList id={props.id} columns={props.columns} gather={props.gather} disabled={!props.items?.length} />
          {props.actions}
        </SpaceBetween>
      }
    >
      {props.title}
    </Header>
  );
}

type SaveListProps<T> = Pick<ListHeaderProps<T>, 'id' | 'columns' | 'gather'> & { disabled: boolean };

/** A long list takes a while to be gathered; leaving the page ends that. */
function SaveList<T>({ id, columns, gather, disabled }: SaveListProps<T>) {
  const { t } = useTranslation();
  const { failed } = useNotices();
  const [busy, setBusy] = useState(false);
  const left = useRef<AbortController | null>(null);
  useEffect(() => () => left.current?.abort(), []);
  const save = async () => {
    const controller = new AbortController();
    left.current = controller;
    setBusy(true);
    try {
      const items = await gather(controller.signal);
      saveText(`${id}-${new Date().toISOString().slice(0, 10)}.csv`, toCsv(items, columns), 'text/csv');
    } catch (error) {
      if (!controller.signal.aborted) failed(t('table.csvFailed'), error);
    } finally {
      setBusy(false);
    }
  };
  return <Button iconName="download" ariaLabel={t('table.csv')} loading={busy} disabled={disabled} onClick={() => void save()} />;
}
