// A notice as its reader sees it, in the language that is spoken now; also the preview of one that is being written.
import Badge from '@cloudscape-design/components/badge';
import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';
import type { Kind } from '../../api/notices';

const COLOURS = { maintenance: 'blue', incident: 'red', information: 'grey' } as const;

export function NoticeBadges({ kind, important, unread = false }: { kind: Kind; important: boolean; unread?: boolean }) {
  const { t } = useTranslation();
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <Badge color={COLOURS[kind]}>{t(`notices.kinds.${kind}`)}</Badge>
      {important && <Badge color="severity-high">{t('notices.important')}</Badge>}
      {unread && <Badge color="green">{t('notices.unread')}</Badge>}
    </SpaceBetween>
  );
}

/** Lines as they were written; nothing in it is markup. */
export function NoticeText({ text, lang }: { text: string; lang?: string }) {
  return (
    <Box variant="p">
      <span className="notice-text" lang={lang}>
        {text}
      </span>
    </Box>
  );
}
