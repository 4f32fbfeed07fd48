// The texts of the plan's version, each to be agreed to, and who does so.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Act } from '../../api/act';
import type { Agreement, Texts } from '../../api/contract';
import { useLanguage } from '../../app/language';
import { CommandsFold } from '../../ui/CommandsFold';
import { Failure } from '../../ui/Failure';

interface AgreeProps {
  toAgree: Texts;
  /** Who is thought to agree. */
  person: string;
  submit: string;
  /** What agreeing sends, where the visitor could send it by other means. */
  acts?: (agreement: Agreement) => readonly Act[];
  onAgree: (agreement: Agreement) => Promise<unknown>;
}

export function Agree({ toAgree, person: supposed, submit, acts, onAgree }: AgreeProps) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const [agreed, setAgreed] = useState<readonly string[]>([]);
  const [person, setPerson] = useState(supposed);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const complete = toAgree.texts.every((text) => agreed.includes(text.id)) && person.trim() !== '';
  const agreement = { hash: toAgree.hash, texts: [...agreed], person: person.trim(), language };
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || !complete) return;
    setBusy(true);
    setError(null);
    try {
      await onAgree(agreement);
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void send(event)}>
      <SpaceBetween size="m">
        <Box variant="h3">{t('application.texts', { plan: toAgree.name[language], version: toAgree.version })}</Box>
        {toAgree.texts.map((text) => (
          <div key={text.id}>
            <Box variant="h4">{text.title[language]}</Box>
            <div className="agreed-text" tabIndex={0} role="region" aria-label={text.title[language]}>
              {text.body[language]}
            </div>
            <Checkbox
              checked={agreed.includes(text.id)}
              onChange={({ detail }) => setAgreed((now) => (detail.checked ? [...now, text.id] : now.filter((id) => id !== text.id)))}
            >
              {t('application.agreeTo', { title: text.title[language] })}
            </Checkbox>
          </div>
        ))}
        <FormField label={t('application.agreeing')} description={t('application.agreeingHint')} stretch>
          <Input value={person} onChange={({ detail }) => setPerson(detail.value)} autoComplete="name" />
        </FormField>
        {complete && acts && <CommandsFold acts={acts(agreement)} />}
        <Failure error={error} header={t('apply.failed')} />
        <Button variant="primary" formAction="submit" disabled={!complete} loading={busy} fullWidth>
          {submit}
        </Button>
      </SpaceBetween>
    </form>
  );
}
