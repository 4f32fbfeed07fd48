// The newest notices for the visitor, unread first; not there while there are none.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { queries } from '../../api/queries';
import { NoticeItem } from '../notices/NoticeItem';
import { Card } from './Card';

const MOST = 3;

export function OwnNotices() {
  const { t } = useTranslation();
  const notices = useQuery(queries.ownNotices());
  if (notices.data?.length === 0) return null;
  const unread = notices.data?.filter((one) => !one.read).length ?? 0;
  return (
    <Card title={t('nav.notices')} description={t('notices.unreadCount', { count: unread })} more={{ to: '/notices', text: t('notices.all') }} asked={notices}>
      {(all) => all.slice(0, MOST).map((notice) => <NoticeItem key={notice.id} notice={notice} />)}
    </Card>
  );
}
