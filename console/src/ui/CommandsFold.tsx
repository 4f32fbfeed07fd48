// The commands of an action, folded away under what the action asks.
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Act } from '../api/act';
import { Commands } from './Commands';

export function CommandsFold({ acts }: { acts: readonly Act[] }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  if (acts.length === 0) return null;
  return (
    <ExpandableSection headerText={t('commands.title')} expanded={open} onChange={({ detail }) => setOpen(detail.expanded)}>
      {open && <Commands acts={acts} />}
    </ExpandableSection>
  );
}
