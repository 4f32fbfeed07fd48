// How the visitor wants a list: rows on a page, density, columns.
import CollectionPreferences from '@cloudscape-design/components/collection-preferences';
import { useTranslation } from 'react-i18next';
import type { Column } from '../ResourceTable';

export interface Kept {
  pageSize: number;
  contentDensity: 'comfortable' | 'compact';
  columns: readonly string[];
}

interface ListPreferencesProps<T> {
  kept: Kept;
  columns: readonly Column<T>[];
  onKeep: (kept: Kept) => void;
}

export function ListPreferences<T>({ kept, columns, onKeep }: ListPreferencesProps<T>) {
  const { t } = useTranslation();
  return (
    <CollectionPreferences
      preferences={{
        pageSize: kept.pageSize,
        contentDensity: kept.contentDensity,
        contentDisplay: columns.map((column) => ({ id: column.id, visible: kept.columns.includes(column.id) })),
      }}
      onConfirm={({ detail }) =>
        onKeep({
          pageSize: detail.pageSize ?? kept.pageSize,
          contentDensity: detail.contentDensity ?? kept.contentDensity,
          columns: detail.contentDisplay?.filter((each) => each.visible).map((each) => each.id) ?? kept.columns,
        })
      }
      pageSizePreference={{ options: [20, 50, 100].map((value) => ({ value, label: t('table.rows', { rows: value }) })) }}
      contentDensityPreference={{}}
      contentDisplayPreference={{
        options: columns.map((column, index) => ({ id: column.id, label: column.header, alwaysVisible: index === 0 })),
      }}
    />
  );
}
