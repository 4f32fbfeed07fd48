// A package in three steps: whose, what, why.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Checkbox from '@cloudscape-design/components/checkbox';
import Container from '@cloudscape-design/components/container';
import DatePicker from '@cloudscape-design/components/date-picker';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Modal from '@cloudscape-design/components/modal';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import Wizard from '@cloudscape-design/components/wizard';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { makePackage, type Disclosure, type PackageWish } from '../../api/evidence';
import { queries } from '../../api/queries';
import { CommandsFold } from '../../ui/CommandsFold';
import { Failure } from '../../ui/Failure';
import { beginOf, endOf } from './days';
import { MayTell } from './MayTell';

const OVER: readonly Disclosure['state'][] = ['refused', 'closed', 'withdrawn'];

/** The end of the chosen day; a day that is not over means all there is up to now. */
function upTo(day: string): string | null {
  if (!day || Date.parse(endOf(day)) > Date.now()) return null;
  return endOf(day);
}

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
  const [disclosure, setDisclosure] = useState('');
  const [reason, setReason] = useState('');
  const [mayTell, setMayTell] = useState<string | null>(null);
  const [wrong, setWrong] = useState(false);
  const open = useQuery({ ...queries.disclosuresOf(project.trim()), enabled: at === 2 && !!project.trim() });
  const requests = [
    { value: '', label: t('evidence.packages.noDisclosure') },
    ...(open.data ?? [])
      .filter((one) => !OVER.includes(one.state))
      .map((one) => ({ value: one.id, label: one.reference, description: [one.requester, one.theirNumber, t(`evidence.disclosures.states.${one.state}`)].filter(Boolean).join(', ') })),
  ];
  const complete = [!!project.trim(), true, !!reference.trim() && !!reason.trim() && !!mayTell];
  const wish = (): PackageWish => ({
    reference: reference.trim(),
    project: project.trim(),
    server: server.trim() || null,
    reason: reason.trim(),
    mayTell: mayTell === 'yes',
    from: from ? beginOf(from) : null,
    to: upTo(to),
    disk: disk && !!server.trim(),
    memory: memory && !!server.trim(),
    disclosure: disclosure || null,
  });
  const send = async () => {
    if (complete.includes(false)) {
      setWrong(true);
      return;
    }
    setBusy(true);
    setFailure(null);
    try {
      await makePackage(wish());
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
                  <FormField label={t('evidence.packages.to')} description={t('evidence.packages.toHint')}>
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
                  <FormField label={t('evidence.packages.disclosure')} description={t('evidence.packages.disclosureHint')}>
                    <Select
                      selectedOption={requests.find((one) => one.value === disclosure) ?? requests[0]!}
                      options={requests}
                      statusType={open.isFetching ? 'loading' : 'finished'}
                      loadingText={t('common.loading')}
                      onChange={({ detail }) => setDisclosure(detail.selectedOption.value ?? '')}
                    />
                  </FormField>
                  <MayTell value={mayTell} errorText={missing(mayTell ?? '')} onChange={setMayTell} />
                  <Box color="text-body-secondary">{t('evidence.packages.then')}</Box>
                  {!complete.includes(false) && <CommandsFold acts={[makePackage.describe(wish())]} />}
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
