// One notice: its title, its text when it is opened, and the button that says that it was read.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readNotice, type OwnNotice } from '../../api/notices';
import { useLanguage } from '../../app/language';
import { CommandsButton } from '../../ui/CommandsButton';
import { Failure } from '../../ui/Failure';
import { useFormat } from '../../ui/useFormat';
import { NoticeBadges, NoticeText } from './NoticeText';

export function NoticeItem({ notice }: { notice: OwnNotice }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const { language } = useLanguage();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const read = async () => {
    setBusy(true);
    setError(null);
    try {
      await readNotice(notice.id);
      await client.invalidateQueries({ queryKey: ['notices'] });
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  const facts = [notice.reference, ...(notice.version > 1 ? [t('notices.corrected')] : []), t('notices.from', { time: format.time(notice.shownFrom) })];
  return (
    <article data-notice={notice.reference}>
      <SpaceBetween size="xxs">
        <NoticeBadges kind={notice.kind} important={notice.important} unread={!notice.read} />
        <ExpandableSection headerText={notice.title[language]} defaultExpanded={!notice.read && notice.important} headingTagOverride="h3">
          <SpaceBetween size="s">
            <NoticeText text={notice.text[language]} />
            {!notice.read && (
              <SpaceBetween direction="horizontal" size="xs">
                <Button loading={busy} onClick={() => void read()} ariaLabel={t('notices.markReadOf', { title: notice.title[language] })}>
                  {t('notices.markRead')}
                </Button>
                <CommandsButton actions={[{ text: t('notices.markRead'), acts: [readNotice.describe(notice.id)] }]} />
              </SpaceBetween>
            )}
            <Failure error={error} />
          </SpaceBetween>
        </ExpandableSection>
        <Box variant="small" color="text-body-secondary">
          {facts.join(' · ')}
        </Box>
      </SpaceBetween>
    </article>
  );
}
