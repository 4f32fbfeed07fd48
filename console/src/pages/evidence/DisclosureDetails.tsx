// One request with its history, and what can be done about it now.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Modal from '@cloudscape-design/components/modal';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bind, type Bound } from '../../api/act';
import { agreeSecrecy, ANSWERS, endSecrecy, stepDisclosure, type Disclosure } from '../../api/evidence';
import { queries } from '../../api/queries';
import { useLanguage } from '../../app/language';
import { useMay } from '../../app/rights';
import { useSession } from '../../app/session';
import { Dialog } from '../../ui/Dialog';
import { Failure } from '../../ui/Failure';
import { useFormat } from '../../ui/useFormat';
import { Waiting } from '../../ui/Waiting';
import { Ask } from './Ask';
import { AskSecrecy } from './AskSecrecy';
import { CorrectDisclosure } from './CorrectDisclosure';
import { Entries } from './Entries';
import { LinkPackage } from './LinkPackage';
import { PackageLinks } from './PackageLinks';
import { Periods } from './Periods';
import { stepsOf, toldWord, type Step } from './disclosureSteps';

export function DisclosureDetails({ id, onClose, onDone }: { id: string; onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const session = useSession();
  const may = useMay();
  const [step, setStep] = useState<Step | null>(null);
  const answer = useQuery(queries.disclosure(id));
  const one = answer.data?.disclosure;
  const corrections = answer.data?.changes.filter((change) => change.action === 'disclosure/correct').length ?? 0;
  const changed = () => {
    setStep(null);
    onDone();
  };
  return (
    <Modal visible size="large" header={one?.reference ?? ''} onDismiss={onClose} footer={<Button onClick={onClose}>{t('common.close')}</Button>}>
      {answer.isPending && <Waiting />}
      <Failure error={answer.error} onRetry={() => void answer.refetch()} />
      {one && (
        <SpaceBetween size="l">
          {may('evidence:disclosure:change') && (
            <SpaceBetween direction="horizontal" size="xs">
              {stepsOf(one, answer.data?.secrecy ?? [], session.user.id, answer.dataUpdatedAt).map((what) => (
                <Button key={what} onClick={() => setStep(what)}>
                  {t(`evidence.disclosures.steps.${what}`)}
                </Button>
              ))}
            </SpaceBetween>
          )}
          {one.state === 'proposed' && one.proposedBy?.id === session.user.id && <Box color="text-body-secondary">{t('evidence.disclosures.bySecond')}</Box>}
          <KeyValuePairs
            columns={2}
            items={[
              { label: t('evidence.disclosures.requester'), value: [one.requester, one.theirNumber].filter(Boolean).join(', ') },
              { label: t('servers.status'), value: t(`evidence.disclosures.states.${one.state}`) },
              { label: t('evidence.disclosures.receivedAt'), value: `${format.day(one.receivedAt)} (${t(`evidence.disclosures.channels.${one.channel}`)})` },
              { label: t('evidence.disclosures.legalBasis'), value: one.legalBasis },
              { label: t('breakGlass.project'), value: <code>{one.project}</code> },
              { label: t('evidence.disclosures.scope'), value: one.scope },
              { label: t('evidence.disclosures.answer'), value: one.proposal ? `${t(`evidence.disclosures.answers.${one.proposal}`)}: ${one.reason ?? ''}` : '–' },
              { label: t('evidence.mayTell'), value: t(one.mayTell ? 'common.yes' : 'common.no') },
              { label: t('evidence.disclosures.handedTo'), value: one.handedTo ?? '–' },
              { label: t('evidence.disclosures.told'), value: toldWord(one, t, format.time) },
              { label: t('evidence.packages.title'), value: <PackageLinks links={answer.data?.packages ?? []} /> },
            ]}
          />
          <Periods periods={answer.data?.secrecy ?? []} />
          {corrections > 0 && <Box color="text-body-secondary">{t('evidence.disclosures.corrected', { count: corrections })}</Box>}
          <Entries title={t('evidence.disclosures.changes')} entries={answer.data?.changes ?? []} />
          {step && <TakeStep of={one} step={step} onClose={() => setStep(null)} onDone={changed} />}
        </SpaceBetween>
      )}
    </Modal>
  );
}

function TakeStep({ of, step, onClose, onDone }: { of: Disclosure; step: Step; onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const title = t(`evidence.disclosures.steps.${step}`);
  const send = (path: string, body: object) => bind(stepDisclosure, of.id, path, body);
  if (step === 'correct') return <CorrectDisclosure of={of} onClose={onClose} onDone={onDone} />;
  if (step === 'link') return <LinkPackage to={of} onClose={onClose} onDone={onDone} />;
  if (step === 'askSecrecy') return <AskSecrecy id={of.id} onClose={onClose} onDone={onDone} />;
  if (step === 'propose') return <Propose title={title} onClose={onClose} does={(answer, reason) => send('proposal', { answer, reason })} onDone={onDone} />;
  const text = t(`evidence.disclosures.stepText.${step}`, { answer: of.proposal ? t(`evidence.disclosures.answers.${of.proposal}`) : '' });
  if (step === 'agreeSecrecy') {
    return <Ask title={title} text={text} onClose={onClose} does={() => bind(agreeSecrecy, of.id)} onDone={onDone} />;
  }
  if (step === 'tell') {
    return <Ask title={title} text={text} first={t('account.email')} onClose={onClose} does={(_, email) => send('notice', { email, language })} onDone={onDone} />;
  }
  if (step === 'handOver') {
    return <Ask title={title} text={text} first={t('evidence.disclosures.handedTo')} onClose={onClose} does={(_, to) => send('handover', { to })} onDone={onDone} />;
  }
  return (
    <Ask
      title={title}
      text={text}
      label={t('evidence.note')}
      onClose={onClose}
      onDone={onDone}
      does={(note) => {
        switch (step) {
          case 'endSecrecy':
            return bind(endSecrecy, of.id, note);
          case 'agree':
          case 'giveBack':
            return send('decision', { agreed: step === 'agree', note });
          case 'close':
            return send('closure', { note });
          case 'withdraw':
            return send('withdrawal', { note });
          case 'allow':
          case 'forbid':
            return send('openness', { mayTell: step === 'allow', reason: note });
          case 'note':
            return send('notes', { note });
        }
      }}
    />
  );
}

interface ProposeProps {
  title: string;
  does: (answer: string, reason: string) => Bound;
  onDone: () => void;
  onClose: () => void;
}

function Propose({ title, does, onDone, onClose }: ProposeProps) {
  const { t } = useTranslation();
  const [answer, setAnswer] = useState<(typeof ANSWERS)[number]>('granted');
  const [reason, setReason] = useState('');
  const { act, perform } = does(answer, reason.trim());
  return (
    <Dialog
      title={title}
      submit={title}
      disabled={!reason.trim()}
      onClose={onClose}
      acts={[act]}
      onSubmit={async () => {
        await perform();
        onDone();
      }}
    >
      <Box>{t('evidence.disclosures.stepText.propose')}</Box>
      <FormField label={t('evidence.disclosures.answer')}>
        <Select
          selectedOption={{ value: answer, label: t(`evidence.disclosures.answers.${answer}`) }}
          options={ANSWERS.map((value) => ({ value, label: t(`evidence.disclosures.answers.${value}`) }))}
          onChange={({ detail }) => setAnswer(ANSWERS.find((one) => one === detail.selectedOption.value) ?? 'refused')}
        />
      </FormField>
      <FormField label={t('breakGlass.reason')}>
        <Textarea value={reason} onChange={({ detail }) => setReason(detail.value.slice(0, 1000))} name="disclosure-reason" rows={3} />
      </FormField>
    </Dialog>
  );
}
