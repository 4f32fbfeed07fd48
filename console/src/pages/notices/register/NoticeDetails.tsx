// One notice of the register: what it says now, what it said before, how far it came; and what can be done about it.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NoticeVersion } from '../../../api/notices';
import { queries } from '../../../api/queries';
import { useMay } from '../../../app/rights';
import { Failure } from '../../../ui/Failure';
import { useFormat } from '../../../ui/useFormat';
import { Waiting } from '../../../ui/Waiting';
import { NoticeBadges, NoticeText } from '../NoticeText';
import { EndNotice } from './EndNotice';
import { NoticeSign } from './NoticeSign';
import { WriteNotice } from './WriteNotice';

interface NoticeDetailsProps {
  id: string;
  onClose: () => void;
  onDone: () => void;
}

export function NoticeDetails({ id, onClose, onDone }: NoticeDetailsProps) {
  const { t } = useTranslation();
  const may = useMay();
  const asked = useQuery(queries.registeredNotice(id));
  const [doing, setDoing] = useState<'correct' | 'end' | null>(null);
  const whole = asked.data;
  const said = whole?.versions[0];
  if (doing === 'correct' && whole && said) return <WriteNotice corrected={{ notice: whole.notice, said }} onClose={() => setDoing(null)} onDone={onDone} />;
  if (doing === 'end' && whole) return <EndNotice notice={whole.notice} onClose={() => setDoing(null)} onDone={onDone} />;
  const changes = may('notice:publish') && whole && whole.notice.state !== 'over';
  return (
    <Modal
      visible
      size="large"
      header={whole ? t('noticeRegister.named', { reference: whole.notice.reference }) : t('common.loading')}
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            {changes && <Button onClick={() => setDoing('end')}>{t('noticeRegister.end')}</Button>}
            {changes && <Button onClick={() => setDoing('correct')}>{t('noticeRegister.correct')}</Button>}
            <Button variant="primary" onClick={onClose}>
              {t('common.close')}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <Failure error={asked.error} />
        {!whole && !asked.error && <Waiting />}
        {whole && (
          <KeyValuePairs
            columns={3}
            items={[
              { label: t('servers.status'), value: <NoticeSign notice={whole.notice} /> },
              { label: t('noticeRegister.readers'), value: t('noticeRegister.readersCount', { count: whole.readers }) },
              ...(whole.notice.endReason ? [{ label: t('noticeRegister.endReason'), value: whole.notice.endReason }] : []),
            ]}
          />
        )}
        {whole?.versions.map((one, index) => <Version key={one.version} said={one} newest={index === 0} />)}
      </SpaceBetween>
    </Modal>
  );
}

function Version({ said, newest }: { said: NoticeVersion; newest: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const facts = [
    format.time(said.at),
    said.by ?? t('noticeRegister.byService'),
    said.everyone ? t('noticeRegister.everyone') : t('noticeRegister.some', { count: said.projects.length }),
    t('noticeRegister.shown', { from: format.time(said.shownFrom), until: format.time(said.shownUntil) }),
    t('noticeRegister.mails', { count: said.mails }),
  ];
  return (
    <Container header={<Box variant="h3">{t(newest ? 'noticeRegister.newest' : 'noticeRegister.former', { version: said.version })}</Box>}>
      <SpaceBetween size="xs">
        <NoticeBadges kind={said.kind} important={said.important} />
        {(['ja', 'en'] as const).map((language) => (
          <div key={language}>
            <Box variant="h4">
              <span lang={language}>{said.title[language]}</span>
            </Box>
            <NoticeText text={said.text[language]} lang={language} />
          </div>
        ))}
        {said.reason && <Box>{t('noticeRegister.because', { reason: said.reason })}</Box>}
        <Box variant="small" color="text-body-secondary">
          {facts.join(' · ')}
        </Box>
      </SpaceBetween>
    </Container>
  );
}
