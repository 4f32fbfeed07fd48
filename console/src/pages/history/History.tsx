// Everything that was done, refused or tried in the project; for the provider's people in all projects too, or in a customer's.
import Button from '@cloudscape-design/components/button';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useCrumbs } from '../../app/crumbs';
import { useMay } from '../../app/rights';
import { ExportDialog } from './ExportDialog';
import { HistoryFilters, useHistoryFilter } from './HistoryFilters';
import { HistoryTable } from './HistoryTable';

/** The log of what belongs to no customer. */
const PROVIDER = 'provider';

export default function History() {
  const { t } = useTranslation();
  const may = useMay();
  const mayAll = may('history:event:list-all');
  const [address, setAddress] = useSearchParams();
  const filters = useHistoryFilter();
  const [exporting, setExporting] = useState(false);
  const project = (mayAll && address.get('project')) || undefined;
  const everyone = mayAll && !project && address.get('of') === 'everyone';
  useCrumbs({ text: t('nav.history') });
  const show = (of: string) =>
    setAddress(
      (before) => {
        const next = new URLSearchParams(before);
        next.delete('project');
        next.delete('of');
        if (of === 'everyone') next.set('of', of);
        else if (of === PROVIDER) next.set('project', of);
        return next;
      },
      { replace: true },
    );
  return (
    <>
      <HistoryTable
        variant="full-page"
        title={t('nav.history')}
        everyone={everyone}
        project={project}
        {...filters.filter}
        filtered={filters.chosen}
        filters={<HistoryFilters state={filters} />}
        {...(everyone ? { description: t('history.textOfAll') } : project ? { description: project === PROVIDER ? t('history.textOfProvider') : t('ledger.textOfOne', { project }) } : {})}
        controls={
          <SpaceBetween direction="horizontal" size="xs">
            {mayAll && (
              <SegmentedControl
                label={t('access.whose')}
                selectedId={project === PROVIDER ? PROVIDER : project ? null : everyone ? 'everyone' : 'own'}
                options={[
                  { id: 'own', text: t('history.ownProject') },
                  { id: 'everyone', text: t('history.allProjects') },
                  { id: PROVIDER, text: t('history.providersLog') },
                ]}
                onChange={({ detail }) => show(detail.selectedId)}
              />
            )}
            {!everyone && may('history:event:export') && <Button onClick={() => setExporting(true)}>{t('ledger.export.open')}</Button>}
          </SpaceBetween>
        }
      />
      {exporting && <ExportDialog filter={filters.filter} project={project} onClose={() => setExporting(false)} />}
    </>
  );
}
