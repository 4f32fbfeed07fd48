// A new password of one's own. It ends every session, this one too.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { changePassword } from '../../api/account';
import { loseSession } from '../../api/http';
import { useNotices } from '../../app/notices';
import { ProofFailure } from './ProofFailure';

const SHORTEST = 12;

export function ChangePassword({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { show } = useNotices();
  const [present, setPresent] = useState('');
  const [fresh, setFresh] = useState('');
  const [again, setAgain] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const short = [...fresh].length < SHORTEST;
  const different = fresh !== again;
  const send = async () => {
    setTried(true);
    if (busy || !present || short || different) return;
    setBusy(true);
    setError(null);
    try {
      await changePassword(present, fresh);
      show({ id: 'password', type: 'success', header: t('account.password.changed'), content: t('account.password.changedText') });
      onClose();
      loseSession();
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  const sent = (event: FormEvent) => {
    event.preventDefault();
    void send();
  };
  return (
    <Modal
      visible
      header={t('account.password.change')}
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button variant="primary" loading={busy} onClick={() => void send()}>
              {t('account.password.change')}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <form onSubmit={sent}>
        <SpaceBetween size="m">
          <FormField label={t('account.password.present')} errorText={tried && !present ? t('login.required') : ''}>
            <Input value={present} onChange={({ detail }) => setPresent(detail.value)} type="password" autoComplete="current-password" autoFocus />
          </FormField>
          <FormField
            label={t('account.password.fresh')}
            constraintText={t('account.password.rule')}
            errorText={tried && short ? t('account.refused.ShortPassword') : ''}
          >
            <Input value={fresh} onChange={({ detail }) => setFresh(detail.value)} type="password" autoComplete="new-password" />
          </FormField>
          <FormField label={t('account.password.again')} errorText={tried && different ? t('account.password.different') : ''}>
            <Input value={again} onChange={({ detail }) => setAgain(detail.value)} type="password" autoComplete="new-password" />
          </FormField>
          <ProofFailure error={error} />
          <button type="submit" hidden />
        </SpaceBetween>
      </form>
    </Modal>
  );
}
