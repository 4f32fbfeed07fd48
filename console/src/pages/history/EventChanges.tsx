// What an event changed, field by field: before and after, in words.
import Box from '@cloudscape-design/components/box';
import Table from '@cloudscape-design/components/table';
import { useTranslation } from 'react-i18next';
import type { FieldChange } from '../../api/history';

/** A field's name in words: that of the whole path, or of its last part with what is before it; else as it was recorded. */
export function fieldName(field: string, names: Record<string, string>): string {
  const whole = names[field];
  if (whole) return whole;
  const parts = field.split('.');
  const [first, ...rest] = parts;
  const group = names[first ?? ''];
  if (group && rest.length) return `${group}: ${rest.join('.')}`;
  return names[parts.at(-1) ?? ''] ?? field;
}

export function EventChanges({ changes }: { changes: FieldChange[] }) {
  const { t } = useTranslation();
  const names: Record<string, string> = t('history.fields', { returnObjects: true });
  const value = (change: FieldChange, text: string | null) => {
    if (change.confidential) return <Box color="text-status-inactive">{t('history.hiddenValue')}</Box>;
    if (text === 'true' || text === 'false') return t(text === 'true' ? 'common.yes' : 'common.no');
    return text ?? '–';
  };
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
