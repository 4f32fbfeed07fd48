// The manual: its contents and its search, or one section of it; what has changed since it was last looked at; the whole as a file.
import Alert from '@cloudscape-design/components/alert';
import Badge from '@cloudscape-design/components/badge';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import { open } from '../../api/http';
import { useCrumbs } from '../../app/crumbs';
import { useLanguage } from '../../app/language';
import { LANGUAGES, type Language } from '../../i18n';
import { Failure } from '../../ui/Failure';
import { RouteButton } from '../../ui/RouteButton';
import { RouteLink } from '../../ui/RouteLink';
import { saveBlob } from '../../ui/saveText';
import { Waiting } from '../../ui/Waiting';
import NotFound from '../NotFound';
import { Blocks } from './Blocks';
import { Hits } from './Hits';
import { manualQuery, withInner, type Manual } from './manual';
import { changedSections, markSeen } from './revision';

export default function ManualPage() {
  const { language } = useLanguage();
  const { section } = useParams();
  const { data: manual, error } = useQuery(manualQuery(language));
  // A part of the console that is not to be had: as for any other page.
  if (error) throw error;
  if (!manual) return <Waiting />;
  return section === undefined ? <Contents manual={manual} /> : <One key={section} manual={manual} id={section} />;
}

/** Fetched, and not linked to: a session of the console counts only for requests that the console itself makes. */
function Downloads() {
  const { t } = useTranslation();
  const download = useMutation({
    mutationFn: async (language: Language) => saveBlob(`unkai-manual-${language}.pdf`, await (await open(`/service/v1/manual/${language}`)).blob()),
  });
  return (
    <SpaceBetween size="xs">
      <SpaceBetween direction="horizontal" size="xs">
        {LANGUAGES.map((each) => (
          <Button key={each} iconName="download" loading={download.isPending && download.variables === each} onClick={() => download.mutate(each)}>
            {t(`help.pdf.${each}`)}
          </Button>
        ))}
      </SpaceBetween>
      <Failure error={download.error} />
    </SpaceBetween>
  );
}

function Contents({ manual }: { manual: Manual }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const [address, setAddress] = useSearchParams();
  const [changed, setChanged] = useState(() => new Set(changedSections(language)));
  const query = address.get('q') ?? '';
  useCrumbs({ text: t('help.manual') });
  return (
    <ContentLayout
      header={
        <Header variant="h1" description={t('help.text')} actions={<Downloads />}>
          {manual.title}
        </Header>
      }
    >
      <SpaceBetween size="l">
        {changed.size > 0 && (
          <Alert
            type="info"
            header={t('help.revised', { count: changed.size })}
            action={
              <Button
                onClick={() => {
                  markSeen();
                  setChanged(new Set());
                }}
              >
                {t('help.seen')}
              </Button>
            }
          >
            {t('help.revisedText')}
          </Alert>
        )}
        <Input type="search" value={query} onChange={({ detail }) => setAddress(detail.value ? { q: detail.value } : {}, { replace: true })} placeholder={t('help.search')} ariaLabel={t('help.search')} clearAriaLabel={t('table.clear')} />
        <Container>
          {query.trim() ? (
            <Hits sections={manual.sections} query={query} />
          ) : (
            <ul className="manual-contents">
              {manual.sections.map((section) => (
                <li key={section.id} data-level={section.level}>
                  <RouteLink to={`/manual/${section.id}`}>{section.title}</RouteLink> {changed.has(section.id) && <Badge color="blue">{t('help.changed')}</Badge>}
                </li>
              ))}
            </ul>
          )}
        </Container>
      </SpaceBetween>
    </ContentLayout>
  );
}

function One({ manual, id }: { manual: Manual; id: string }) {
  const { t } = useTranslation();
  const sections = withInner(manual.sections, id);
  const [first, ...inner] = sections;
  useCrumbs({ text: t('help.manual'), href: '/manual' }, { text: first?.title ?? id });
  if (!first) return <NotFound />;
  const at = manual.sections.indexOf(first);
  const before = manual.sections[at - 1];
  const after = manual.sections[at + sections.length];
  return (
    <ContentLayout header={<Header variant="h1">{first.title}</Header>}>
      <SpaceBetween size="l">
        <Container>
          <Blocks blocks={first.blocks} />
          {inner.map((section) => (
            <Box key={section.id}>
              <Box variant="h2" padding={{ top: 'm' }}>
                {section.title}
              </Box>
              <Blocks blocks={section.blocks} />
            </Box>
          ))}
        </Container>
        <SpaceBetween direction="horizontal" size="xs">
          {before && (
            <RouteButton to={`/manual/${before.id}`} iconName="angle-left">
              {before.title}
            </RouteButton>
          )}
          {after && (
            <RouteButton to={`/manual/${after.id}`} iconName="angle-right">
              {after.title}
            </RouteButton>
          )}
        </SpaceBetween>
      </SpaceBetween>
    </ContentLayout>
  );
}
