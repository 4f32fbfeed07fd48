// What an event changed, field by field: before and after, in words.
import Box from '@cloudscape-design/components/box';
import Table from '@cloudscape-design/components/table';
import { useTranslation } from 'react-i18next';
import type { FieldChange } from '../../api/history';
import { fieldName, type Names } from './eventNames';
import { EventValue } from './EventValue';

export function EventChanges({ changes, own }: { changes: FieldChange[]; own: boolean }) {
  const { t } = useTranslation();
  const names: Names = t('history.fields', { returnObjects: true });
  const value = (change: FieldChange, text: string | null) =>
    change.confidential ? <Box color="text-status-inactive">{t('history.hiddenValue')}</Box> : <EventValue name={change.field} value={text} own={own} />;
  return (
    <Table<FieldChange>
      variant="embedded"
      wrapLines
      header={<Box variant="h3">{t('history.changes')}</Box>}
      ariaLabels={{ tableLabel: t('history.changes') }}
      items={changes}
      trackBy="field"
      columnDefinitions={[
        { id: 'field', header: t('history.field'), cell: (change) => fieldName(change.field, names), isRowHeader: true, minWidth: 160 },
        { id: 'before', header: t('history.before'), cell: (change) => value(change, change.before), minWidth: 160 },
        { id: 'after', header: t('history.after'), cell: (change) => value(change, change.after), minWidth: 160 },
      ]}
    />
  );
}
