// The wizard itself: holds the description, lets nobody past a step with a problem in it, sends the request.
import Alert from '@cloudscape-design/components/alert';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Wizard from '@cloudscape-design/components/wizard';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { createServer } from '../../../api/compute';
import { useWatch } from '../../../app/watch';
import { usePassword } from '../usePassword';
import { CommandsFold } from '../../../ui/CommandsFold';
import { failureText } from '../../../ui/Failure';
import { AccessStep } from './AccessStep';
import { defaults, problemsOf, toRequest, type Choices, type Draft, type Problems } from './draft';
import { FlavorStep } from './FlavorStep';
import { ImageStep } from './ImageStep';
import { QuotaPanel } from './QuotaPanel';
import { ReviewStep } from './ReviewStep';
import type { StepProps } from './step';

const FIELDS: readonly (readonly (keyof Problems)[])[] = [
  ['name', 'description', 'image'],
  ['flavor'],
  ['network', 'userData'],
  ['name', 'description', 'image', 'flavor', 'network', 'userData'],
];

export function CreateWizard({ choices }: { choices: Choices }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const watch = useWatch();
  const tellPassword = usePassword();
  const [draft, setDraft] = useState<Draft>(() => defaults(choices));
  const [step, setStep] = useState(0);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const problems = problemsOf(draft, choices);
  const blocked = (index: number) => FIELDS[index]?.some((field) => problems[field]) ?? false;
  const flavor = choices.flavors.find((each) => each.id === draft.flavorId);
  const props: StepProps = { draft, choices, problems, tried, change: (part) => setDraft((before) => ({ ...before, ...part })) };

  const go = (wanted: number) => {
    for (let index = step; index < wanted; index++) {
      if (blocked(index)) {
        setTried(true);
        setStep(index);
        return;
      }
    }
    setTried(false);
    setStep(wanted);
  };
  const send = async () => {
    if (busy || blocked(3)) return;
    setBusy(true);
    setError(null);
    try {
      const request = toRequest(draft, choices);
      const { id, adminPass } = await createServer(request);
      if (adminPass && !request.key_name) tellPassword('create', request.name, adminPass);
      watch(id, request.name, 'create');
      void client.invalidateQueries({ queryKey: ['servers'], exact: true });
      void client.invalidateQueries({ queryKey: ['limits'] });
      void navigate(`/servers/${id}`);
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  };
  const withQuota = (content: ReactNode) => (
    <SpaceBetween size="l">
      <QuotaPanel limits={choices.limits} flavor={flavor} />
      {content}
    </SpaceBetween>
  );
  return (
    <Wizard
      activeStepIndex={step}
      allowSkipTo
      isLoadingNextStep={busy}
      submitButtonText={t('create.submit')}
      onNavigate={({ detail }) => go(detail.requestedStepIndex)}
      onCancel={() => void navigate('/servers')}
      onSubmit={() => void send()}
      steps={[
        { title: t('create.image.title'), description: t('create.image.text'), content: withQuota(<ImageStep {...props} />) },
        { title: t('create.flavor.title'), description: t('create.flavor.text'), content: withQuota(<FlavorStep {...props} />) },
        { title: t('create.access.title'), description: t('create.access.text'), content: withQuota(<AccessStep {...props} />) },
        {
          title: t('create.review.title'),
          description: t('create.review.text'),
          content: withQuota(
            <>
              {error !== null && (
                <Alert type="error" header={t('create.failed')}>
                  {failureText(t, error)}
                </Alert>
              )}
              <ReviewStep {...props} onEdit={setStep} />
              {!blocked(3) && <CommandsFold acts={[createServer.describe(toRequest(draft, choices))]} />}
            </>,
          ),
        },
      ]}
    />
  );
}
