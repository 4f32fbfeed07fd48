// What the search over the manual has found.
import Box from '@cloudscape-design/components/box';
import { useTranslation } from 'react-i18next';
import { RouteLink } from '../../ui/RouteLink';
import type { Section } from './manual';
import { searchManual } from './search';

const MOST = 20;

export function Hits({ sections, query }: { sections: readonly Section[]; query: string }) {
  const { t } = useTranslation();
  const hits = searchManual(sections, query);
  return (
    <div role="status">
      <Box color="text-body-secondary">{hits.length === 0 ? t('help.noHits') : t('help.hits', { count: hits.length })}</Box>
      <ul className="manual-hits">
        {hits.slice(0, MOST).map(({ section, before, found, after }) => (
          <li key={section.id}>
            <RouteLink to={`/manual/${section.id}`}>{section.title}</RouteLink>
            <Box variant="small" display="block">
              {before}
              <mark>{found}</mark>
              {after}
            </Box>
          </li>
        ))}
      </ul>
    </div>
  );
}
