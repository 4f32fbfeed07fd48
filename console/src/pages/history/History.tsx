// Everything that was done, refused or tried in the project; for the provider's people in all projects too.
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCrumbs } from '../../app/crumbs';
import { useMay } from '../../app/rights';
import { HistoryTable } from './HistoryTable';

export default function History() {
  const { t } = useTranslation();
  const mayAll = useMay()('history:event:list-all');
  const [everyone, setEveryone] = useState(false);
  useCrumbs({ text: t('nav.history') });
  return (
    <HistoryTable
      variant="full-page"
      title={t('nav.history')}
      everyone={everyone}
      {...(everyone ? { description: t('history.textOfAll') } : {})}
      controls={
        mayAll && (
          <SegmentedControl
            label={t('access.whose')}
            selectedId={everyone ? 'everyone' : 'own'}
            options={[
              { id: 'own', text: t('history.ownProject') },
              { id: 'everyone', text: t('history.allProjects') },
            ]}
            onChange={({ detail }) => setEveryone(detail.selectedId === 'everyone')}
          />
        )
      }
    />
  );
}
