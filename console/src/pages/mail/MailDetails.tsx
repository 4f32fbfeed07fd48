// One mail: how it stands with it and its text; its link only where no relay sends it, and after a warning.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { openMail, readMail, retryMail, type ListedMail } from '../../api/mail';
import { useMay } from '../../app/rights';
import { CommandsButton } from '../../ui/CommandsButton';
import { Failure } from '../../ui/Failure';
import { useFormat } from '../../ui/useFormat';
import { MailSign } from './MailSign';

export function MailDetails({ listed, onClose }: { listed: ListedMail; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const may = useMay();
  const mayChange = may('mail:outbox:change');
  const mayOpen = may('mail:outbox:open');
  const { source, relay, mail } = listed;
  const text = useQuery({ queryKey: ['mails', source, mail.id], queryFn: ({ signal }) => readMail(source, mail.id, signal) });
  const [whole, setWhole] = useState<string | null>(null);
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [retried, setRetried] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const act = async (change: () => Promise<unknown>) => {
    setBusy(true);
    setError(null);
    try {
      await change();
      await client.invalidateQueries({ queryKey: ['mails', source] });
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  const show = () =>
    act(async () => {
      setWhole((await openMail(source, mail.id)).body);
      setAsked(false);
    });
  const retry = () =>
    act(async () => {
      await retryMail(source, mail.id);
      setRetried(true);
    });
  const opens = mayOpen && relay === null && mail.secret && whole === null;
  const retries = mayChange && relay !== null && mail.state !== 'sent';
  const told = [
    ...(opens ? [{ text: t('mail.open'), acts: [openMail.describe(source, mail.id)] }] : []),
    ...(retries ? [{ text: t('mail.retry'), acts: [retryMail.describe(source, mail.id)] }] : []),
  ];
  const none = t('common.none');
  const time = (value: string | null) => (value ? format.time(value) : none);
  const body = whole ?? text.data?.body ?? '';
  return (
    <Modal
      visible
      size="large"
      header={mail.subject}
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <CommandsButton actions={told} />
            {opens && !asked && <Button onClick={() => setAsked(true)}>{t('mail.open')}</Button>}
            {retries && (
              <Button loading={busy} onClick={() => void retry()}>
                {t('mail.retry')}
              </Button>
            )}
            <Button variant="primary" onClick={onClose}>
              {t('common.close')}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <Failure error={error ?? text.error} />
        {retried && <Alert type="success">{t('mail.retried')}</Alert>}
        <KeyValuePairs
          columns={3}
          items={[
            { label: t('mail.to'), value: mail.recipient },
            { label: t('mail.state'), value: <MailSign mail={mail} relay={relay} /> },
            { label: t('mail.source'), value: t(`mail.sources.${source}`) },
            { label: t('mail.posted'), value: format.time(mail.posted) },
            { label: t('mail.settled'), value: time(mail.settled) },
            { label: t('mail.goodUntil'), value: time(mail.goodUntil) },
            ...(relay === null
              ? []
              : [
                  { label: t('mail.tries'), value: mail.tries },
                  { label: t('mail.nextTry'), value: time(mail.nextTry) },
                  { label: t('mail.lastError'), value: mail.lastError ?? none },
                ]),
            ...(mail.opened ? [{ label: t('mail.opened'), value: t('mail.openedBy', { time: format.time(mail.opened), name: mail.openedBy ?? '' }) }] : []),
          ]}
        />
        {asked && (
          <Alert
            type="warning"
            header={t('mail.open')}
            action={
              <Button loading={busy} onClick={() => void show()}>
                {t('mail.open')}
              </Button>
            }
          >
            {t('mail.openText', { to: mail.recipient })}
          </Alert>
        )}
        <div>
          <Box variant="awsui-key-label">{t('mail.body')}</Box>
          <pre className="mail-body" lang={mail.language}>
            {body}
          </pre>
        </div>
        {whole !== null && (
          <CopyToClipboard
            copyButtonText={t('common.copy', { what: t('mail.copyBody') })}
            copySuccessText={t('common.copied')}
            copyErrorText={t('common.copyFailed')}
            textToCopy={whole}
          />
        )}
      </SpaceBetween>
    </Modal>
  );
}
