// A history that only grows: who did what when, with what was said.
import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import Table from '@cloudscape-design/components/table';
import { useTranslation } from 'react-i18next';
import type { Entry } from '../../api/evidence';
import { useFormat } from '../../ui/useFormat';

/** Facts whose values are words of the service, not of people. */
const WORDS = new Set(['channel', 'answer', 'may_tell', 'parts']);
/** Facts that hold times; a correction's holds two. */
const TIMES = new Set(['received_at', 'period_from', 'period_to', 'until', 'at', 'customer_not_told_until', 'not_told_until']);

export function Entries({ title, entries }: { title: string; entries: Entry[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = t('evidence.actions', { returnObjects: true }) as Record<string, string>;
  const names = t('evidence.facts', { returnObjects: true }) as Record<string, string>;
  const dictionary = t('evidence.words', { returnObjects: true }) as Record<string, string>;
  const said = (name: string, value: string) => {
    if (WORDS.has(name)) return value.replace(/[a-z]+/g, (word) => dictionary[word] ?? word);
    return TIMES.has(name) ? value.replace(/\d{4}-[\d-]+T[\d:.]+Z/g, format.time) : value;
  };
  return (
    <Table
      variant="embedded"
      header={<Header variant="h3">{title}</Header>}
      items={entries}
      wrapLines
      columnDefinitions={[
        { id: 'at', header: t('history.time'), minWidth: 130, cell: (one) => format.time(one.at) },
        { id: 'by', header: t('evidence.who'), minWidth: 90, cell: (one) => one.by.name },
        { id: 'action', header: t('evidence.did'), minWidth: 120, cell: (one) => words[one.action.split('/')[1] ?? ''] ?? one.action },
        {
          id: 'facts',
          header: t('evidence.said'),
          minWidth: 200,
          cell: (one) =>
            Object.entries(one.facts).map(([name, value]) => (
              <Box key={name} fontSize="body-s">
                {names[name] ?? name}: <span style={{ overflowWrap: 'anywhere' }}>{said(name, value) || '–'}</span>
              </Box>
            )),
        },
      ]}
    />
  );
}
