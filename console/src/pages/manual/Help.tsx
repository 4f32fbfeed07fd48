// The help beside a page: what the manual says about it, and the search over all of it.
import Box from '@cloudscape-design/components/box';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import HelpPanel from '@cloudscape-design/components/help-panel';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { useLanguage } from '../../app/language';
import { Failure } from '../../ui/Failure';
import { RouteLink } from '../../ui/RouteLink';
import { Waiting } from '../../ui/Waiting';
import { Blocks } from './Blocks';
import { Hits } from './Hits';
import { manualQuery, withInner } from './manual';
import { topicsOf } from './topics';

export default function Help() {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { pathname } = useLocation();
  const manual = useQuery(manualQuery(language));
  const [query, setQuery] = useState('');
  const topics = topicsOf(pathname);
  return (
    <HelpPanel header={<Box variant="h2">{t('help.title')}</Box>} footer={<RouteLink to="/manual">{t('help.whole')}</RouteLink>}>
      <SpaceBetween size="m">
        <Input type="search" value={query} onChange={({ detail }) => setQuery(detail.value)} placeholder={t('help.search')} ariaLabel={t('help.search')} clearAriaLabel={t('table.clear')} />
        <Failure error={manual.error} onRetry={() => void manual.refetch()} />
        {manual.isPending && <Waiting />}
        {manual.data && query.trim() !== '' && <Hits sections={manual.data.sections} query={query} />}
        {manual.data &&
          query.trim() === '' &&
          topics.map((id, index) => {
            const [section] = withInner(manual.data.sections, id);
            return (
              section && (
                <ExpandableSection key={`${pathname} ${id}`} headerText={section.title} defaultExpanded={index === 0}>
                  <Blocks blocks={section.blocks} />
                  <RouteLink to={`/manual/${id}`}>{t('help.open')}</RouteLink>
                </ExpandableSection>
              )
            );
          })}
      </SpaceBetween>
    </HelpPanel>
  );
}
