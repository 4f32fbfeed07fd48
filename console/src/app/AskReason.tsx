// Asks on whose request something is done for a customer, where the contract's plan leaves it to the provider; the request is then sent again with it.
import FormField from '@cloudscape-design/components/form-field';
import Textarea from '@cloudscape-design/components/textarea';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LONGEST_REASON, onReasonNeeded } from '../api/http';
import { Dialog } from '../ui/Dialog';

/** Requests that are refused at the same time get one answer. */
export function AskReason() {
  const { t } = useTranslation();
  const [answer, setAnswer] = useState<((reason: string | null) => void) | null>(null);
  const [reason, setReason] = useState('');
  const asked = useRef<Promise<string | null> | null>(null);
  useEffect(
    () =>
      onReasonNeeded(() => {
        asked.current ??= new Promise<string | null>((resolve) => setAnswer(() => resolve));
        return asked.current;
      }),
    [],
  );
  if (!answer) return null;
  const end = (given: string | null) => {
    asked.current = null;
    setAnswer(null);
    setReason('');
    answer(given);
  };
  return (
    <Dialog title={t('reason.title')} submit={t('reason.submit')} disabled={!reason.trim()} onSubmit={async () => end(reason.trim())} onClose={() => end(null)}>
      <span>{t('reason.text')}</span>
      <FormField label={t('reason.label')} description={t('reason.hint')}>
        <Textarea value={reason} onChange={({ detail }) => setReason(detail.value.slice(0, LONGEST_REASON))} rows={2} name="reason" autoFocus />
      </FormField>
    </Dialog>
  );
}
