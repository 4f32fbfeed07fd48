// A package in three steps: whose, what, why.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Checkbox from '@cloudscape-design/components/checkbox';
import Container from '@cloudscape-design/components/container';
import DatePicker from '@cloudscape-design/components/date-picker';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Modal from '@cloudscape-design/components/modal';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import Wizard from '@cloudscape-design/components/wizard';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { makePackage } from '../../api/evidence';
import { Failure } from '../../ui/Failure';

export function MakePackage({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation();
  const [at, setAt] = useState(0);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const [project, setProject] = useState('');
  const [server, setServer] = useState('');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [disk, setDisk] = useState(false);
  const [memory, setMemory] = useState(false);
  const [reference, setReference] = useState('');
  const [reason, setReason] = useState('');
  const [mayTell, setMayTell] = useState<string | null>(null);
  const [wrong, setWrong] = useState(false);
  const complete = [!!project.trim(), true, !!reference.trim() && !!reason.trim() && !!mayTell];
  const send = async () => {
    if (complete.includes(false)) {
      setWrong(true);
      return;
    }
    setBusy(true);
    setFailure(null);
    try {
      await makePackage({
        reference: reference.trim(),
        project: project.trim(),
        server: server.trim() || null,
        reason: reason.trim(),
        mayTell: mayTell === 'yes',
        from: from ? `${from}T00:00:00Z` : null,
        to: to ? `${to}T00:00:00Z` : null,
        disk: disk && !!server.trim(),
        memory: memory && !!server.trim(),
      });
      onDone();
      onClose();
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  const missing = (value: string) => (wrong && !value.trim() ? t('login.required') : '');
  return (
    <Modal visible size="max" header={t('evidence.packages.make')} onDismiss={onClose}>
      <Wizard
        activeStepIndex={at}
        isLoadingNextStep={busy}
        onNavigate={({ detail }) => {
          const ready = detail.requestedStepIndex <= at || complete[at];
          setWrong(!ready);
          if (ready) setAt(detail.requestedStepIndex);
        }}
        onCancel={onClose}
        onSubmit={() => void send()}
        i18nStrings={{
          stepNumberLabel: (number) => t('evidence.packages.step', { number }),
          collapsedStepsLabel: (number, count) => t('evidence.packages.steps', { number, count }),
          cancelButton: t('common.cancel'),
          previousButton: t('evidence.packages.previous'),
          nextButton: t('evidence.packages.next'),
          submitButton: t('evidence.packages.make'),
        }}
        steps={[
          {
            title: t('evidence.packages.whose'),
            description: t('evidence.packages.whoseText'),
            content: (
              <Container>
                <SpaceBetween size="m">
                  <FormField label={t('breakGlass.project')} errorText={missing(project)}>
                    <Input value={project} onChange={({ detail }) => setProject(detail.value)} name="package-project" spellcheck={false} />
                  </FormField>
                  <FormField label={t('evidence.packages.server')} description={t('evidence.packages.serverHint')}>
                    <Input value={server} onChange={({ detail }) => setServer(detail.value)} name="package-server" spellcheck={false} />
                  </FormField>
                </SpaceBetween>
              </Container>
            ),
          },
          {
            title: t('evidence.packages.what'),
            description: t('evidence.packages.whatText'),
            content: (
              <Container>
                <SpaceBetween size="m">
                  <FormField label={t('evidence.packages.from')} description={t('evidence.packages.spanHint')}>
                    <DatePicker value={from} onChange={({ detail }) => setFrom(detail.value)} placeholder={t('evidence.day')} />
                  </FormField>
                  <FormField label={t('evidence.packages.to')}>
                    <DatePicker value={to} onChange={({ detail }) => setTo(detail.value)} placeholder={t('evidence.day')} />
                  </FormField>
                  <Checkbox checked={disk} disabled={!server.trim()} onChange={({ detail }) => setDisk(detail.checked)} description={t('evidence.packages.diskText')}>
                    {t('evidence.packages.kinds.disk')}
                  </Checkbox>
                  <Checkbox checked={memory} disabled={!server.trim()} onChange={({ detail }) => setMemory(detail.checked)} description={t('evidence.packages.memoryText')}>
                    {t('evidence.packages.kinds.memory')}
                  </Checkbox>
                  {(disk || memory) && <Alert type="info">{t('evidence.packages.needsAccess')}</Alert>}
                </SpaceBetween>
              </Container>
            ),
          },
          {
            title: t('evidence.packages.why'),
            description: t('evidence.packages.whyText'),
            content: (
              <Container>
                <SpaceBetween size="m">
                  <FormField label={t('evidence.reference')} errorText={missing(reference)}>
                    <Input value={reference} onChange={({ detail }) => setReference(detail.value.slice(0, 64))} name="package-reference" spellcheck={false} />
                  </FormField>
                  <FormField label={t('breakGlass.reason')} errorText={missing(reason)}>
                    <Textarea value={reason} onChange={({ detail }) => setReason(detail.value.slice(0, 1000))} name="package-reason" rows={3} />
                  </FormField>
                  <FormField label={t('evidence.mayTell')} description={t('evidence.mayTellHint')} errorText={missing(mayTell ?? '')}>
                    <RadioGroup
                      value={mayTell}
                      onChange={({ detail }) => setMayTell(detail.value)}
                      items={[
                        { value: 'no', label: t('common.no') },
                        { value: 'yes', label: t('common.yes') },
                      ]}
                      ariaLabel={t('evidence.mayTell')}
                    />
                  </FormField>
                  <Box color="text-body-secondary">{t('evidence.packages.then')}</Box>
                  <Failure error={failure} />
                </SpaceBetween>
              </Container>
            ),
          },
        ]}
      />
    </Modal>
  );
}
