// Writes a notice, or puts one right: first what it says, then how it looks and whom it reaches; only then it goes out.
import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { correctNotice, publishNotice, type Notice, type NoticeVersion } from '../../../api/notices';
import { queries } from '../../../api/queries';
import { Dialog } from '../../../ui/Dialog';
import { blank, draftOf, wishOf } from './draft';
import { NoticeFields } from './NoticeFields';
import { Reach } from './Reach';

interface WriteNoticeProps {
  /** The one that is corrected, as it reads now; absent: a new one. */
  corrected?: { notice: Notice; said: NoticeVersion };
  onClose: () => void;
  onDone: () => void;
}

const LONGEST_REASON = 1_000;

export function WriteNotice({ corrected, onClose, onDone }: WriteNoticeProps) {
  const { t } = useTranslation();
  const contracts = useQuery(queries.noticeContracts()).data ?? [];
  const [draft, setDraft] = useState(() => (corrected ? draftOf(corrected.said) : blank()));
  const [reason, setReason] = useState('');
  const [looking, setLooking] = useState(false);
  const wish = wishOf(draft, corrected?.said);
  const whole = wish !== null && (!corrected || reason.trim() !== '');
  const acts = wish && looking ? [corrected ? correctNotice.describe(corrected.notice.id, wish, reason.trim()) : publishNotice.describe(wish)] : [];
  const send = async () => {
    if (!wish) return;
    if (!looking) {
      setLooking(true);
      return;
    }
    if (corrected) await correctNotice(corrected.notice.id, wish, reason.trim());
    else await publishNotice(wish);
    onClose();
    onDone();
  };
  const name = corrected ? t('noticeRegister.correctOf', { reference: corrected.notice.reference }) : t('noticeRegister.write');
  return (
    <Dialog
      title={name}
      submit={!looking ? t('noticeRegister.toPreview') : corrected ? t('noticeRegister.correct') : t('noticeRegister.publish')}
      disabled={!whole}
      size="large"
      acts={acts}
      onSubmit={send}
      onClose={looking ? () => setLooking(false) : onClose}
    >
      {looking ? (
        <Reach draft={draft} contracts={contracts} onMail={(mail) => setDraft({ ...draft, mail })} />
      ) : (
        <SpaceBetween size="m">
          <NoticeFields draft={draft} contracts={contracts} onChange={setDraft} />
          {corrected && (
            <FormField label={t('noticeRegister.reason')} description={t('noticeRegister.reasonText')}>
              <Textarea value={reason} rows={2} name="notice-reason" onChange={({ detail }) => setReason(detail.value.slice(0, LONGEST_REASON))} />
            </FormField>
          )}
        </SpaceBetween>
      )}
    </Dialog>
  );
}
