// For the provider: all notices to customers, with all their versions.
import Button from '@cloudscape-design/components/button';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Notice } from '../../../api/notices';
import { queries } from '../../../api/queries';
import { useAsked } from '../../../app/asked';
import { useCrumbs } from '../../../app/crumbs';
import { useLanguage } from '../../../app/language';
import { useMay } from '../../../app/rights';
import { ResourceTable, type Column } from '../../../ui/ResourceTable';
import { useFormat } from '../../../ui/useFormat';
import { NoticeBadges } from '../NoticeText';
import { NoticeDetails } from './NoticeDetails';
import { NoticeSign, stateOf } from './NoticeSign';
import { WriteNotice } from './WriteNotice';

export default function NoticeRegister() {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useMay();
  const { language } = useLanguage();
  const client = useQueryClient();
  useCrumbs({ text: t('nav.noticeRegister') });
  const notices = useQuery(queries.noticeRegister());
  const [writing, setWriting] = useState(false);
  const [shown, setShown] = useState<string | null>(null);
  useAsked((ask) => ask === 'write' && setWriting(true));
  const changed = () => void client.invalidateQueries({ queryKey: ['noticeRegister'] });
  const columns = useMemo<readonly Column<Notice>[]>(() => {
    const audience = (one: Notice) => (one.everyone ? t('noticeRegister.everyone') : t('noticeRegister.some', { count: one.projects.length }));
    return [
      {
        id: 'title',
        header: t('noticeRegister.title'),
        value: (one) => one.title[language],
        cell: (one) => (
          <Button variant="inline-link" onClick={() => setShown(one.id)}>
            {one.title[language]}
          </Button>
        ),
      },
      { id: 'reference', header: t('noticeRegister.number'), value: (one) => one.reference.padStart(8), cell: (one) => one.reference },
      { id: 'state', header: t('servers.status'), value: (one) => t(`noticeRegister.states.${stateOf(one)}`), cell: (one) => <NoticeSign notice={one} /> },
      { id: 'kind', header: t('noticeRegister.kind'), value: (one) => t(`notices.kinds.${one.kind}`), cell: (one) => <NoticeBadges kind={one.kind} important={one.important} /> },
      { id: 'audience', header: t('noticeRegister.audience'), value: audience, cell: audience },
      { id: 'from', header: t('noticeRegister.from'), value: (one) => one.shownFrom, cell: (one) => format.time(one.shownFrom) },
      { id: 'until', header: t('noticeRegister.until'), value: (one) => one.endedAt ?? one.shownUntil, cell: (one) => format.time(one.endedAt ?? one.shownUntil) },
      { id: 'version', header: t('noticeRegister.version'), value: (one) => one.version, cell: (one) => one.version, hidden: true },
      { id: 'id', header: t('common.id'), value: (one) => one.id, cell: (one) => one.id, hidden: true },
    ];
  }, [format, language, t]);
  const write = may('notice:publish') && (
    <Button variant="primary" onClick={() => setWriting(true)}>
      {t('noticeRegister.write')}
    </Button>
  );
  return (
    <>
      <ResourceTable<Notice>
        id="noticeRegister"
        title={t('nav.noticeRegister')}
        description={t('noticeRegister.text')}
        items={notices.data}
        error={notices.error}
        refreshing={false}
        onRefresh={() => void notices.refetch()}
        columns={columns}
        trackBy={(one) => one.id}
        label={(one) => one.reference}
        historyOf={(one) => one.id}
        actions={write}
        defaultSort={{ column: 'reference', descending: true }}
        empty={{ title: t('noticeRegister.none'), text: t('noticeRegister.noneText'), ...(write ? { action: write } : {}) }}
      />
      {writing && <WriteNotice onClose={() => setWriting(false)} onDone={changed} />}
      {shown && <NoticeDetails id={shown} onClose={() => setShown(null)} onDone={changed} />}
    </>
  );
}
