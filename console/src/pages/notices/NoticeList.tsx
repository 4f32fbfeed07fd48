// All notices that are for the visitor now, unread first.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readAllNotices } from '../../api/notices';
import { queries } from '../../api/queries';
import { useCrumbs } from '../../app/crumbs';
import { CommandsButton } from '../../ui/CommandsButton';
import { Failure } from '../../ui/Failure';
import { Waiting } from '../../ui/Waiting';
import { NoticeItem } from './NoticeItem';

export default function NoticeList() {
  const { t } = useTranslation();
  const client = useQueryClient();
  useCrumbs({ text: t('nav.notices') });
  const notices = useQuery(queries.ownNotices());
  const [error, setError] = useState<unknown>(null);
  const readAll = async () => {
    setError(null);
    try {
      await readAllNotices();
      await client.invalidateQueries({ queryKey: ['notices'] });
    } catch (refused) {
      setError(refused);
    }
  };
  if (notices.isPending) return <Waiting />;
  if (!notices.data) return <Failure error={notices.error} onRetry={() => void notices.refetch()} />;
  const unread = notices.data.filter((one) => !one.read).length;
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          counter={`(${notices.data.length})`}
          description={t('notices.text')}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <CommandsButton actions={[{ text: t('notices.markAll'), acts: [readAllNotices.describe()] }]} />
              <Button disabled={unread === 0} onClick={() => void readAll()}>
                {t('notices.markAll')}
              </Button>
            </SpaceBetween>
          }
        >
          {t('nav.notices')}
        </Header>
      }
    >
      <SpaceBetween size="m">
        <Failure error={error} />
        {notices.data.map((notice) => (
          <Container key={notice.id}>
            <NoticeItem notice={notice} />
          </Container>
        ))}
        {notices.data.length === 0 && (
          <Container>
            <Box textAlign="center" padding="l">
              <Box variant="strong">{t('notices.none')}</Box>
              <Box variant="p" color="text-body-secondary">
                {t('notices.noneText')}
              </Box>
            </Box>
          </Container>
        )}
      </SpaceBetween>
    </ContentLayout>
  );
}
