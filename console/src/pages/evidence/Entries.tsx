// A history that only grows: who did what when, with what was said.
import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import Table from '@cloudscape-design/components/table';
import { useTranslation } from 'react-i18next';
import type { Entry } from '../../api/evidence';
import { EventValue } from '../history/EventValue';
import { factName, type Names } from '../history/eventNames';
import { useFormat } from '../../ui/useFormat';

export function Entries({ title, entries }: { title: string; entries: Entry[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = t('evidence.actions', { returnObjects: true }) as Record<string, string>;
  const names: Names = t('history.facts', { returnObjects: true });
  const obstacles: Names = t('evidence.obstacles', { returnObjects: true });
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
                {factName(name, one.action, names)}: {name === 'obstacle' ? (obstacles[value] ?? value) : <EventValue name={name} value={value} action={one.action} own={false} />}
              </Box>
            )),
        },
      ]}
    />
  );
}
