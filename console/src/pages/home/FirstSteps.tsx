// For a new customer: the way to a first server that can be reached, step by step; gone for good when all is done or it is not wanted.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '../../api/queries';
import { useMay } from '../../app/rights';
import { useSession } from '../../app/session';
import { RouteButton } from '../../ui/RouteButton';
import { useKept } from '../../ui/useKept';
import { nextStep, STEPS, stepsDone, type Step } from './firstSteps';

const PAGES: Record<Step, string> = {
  network: '/networks',
  keyPair: '/key-pairs',
  server: '/servers/create',
  firewall: '/security-groups',
  address: '/floating-addresses',
};

export function FirstSteps() {
  const session = useSession();
  const may = useMay();
  const [kept, keep] = useKept(`home.steps.${session.project?.id ?? ''}`, { over: false });
  const wanted = !kept.over && may('compute:server:create');
  return wanted ? <Checklist onOver={() => keep({ over: true })} /> : null;
}

function Checklist({ onOver }: { onOver: () => void }) {
  const { t } = useTranslation();
  const topology = useQuery(queries.topology()).data;
  const keyPairs = useQuery(queries.keyPairs()).data;
  const groups = useQuery(queries.securityGroups()).data;
  const done = topology && keyPairs && groups && stepsDone({ topology, keyPairs: keyPairs.length, groups });
  const next = done && nextStep(done);
  const complete = done !== undefined && next === undefined;
  // Whoever has done it all before is not taught; it is never asked for again.
  useEffect(() => {
    if (complete) onOver();
  }, [complete, onOver]);
  if (!done || complete) return null;
  return (
    <Container
      header={
        <Header variant="h2" description={t('home.steps.text')} actions={<Button onClick={onOver}>{t('home.steps.hide')}</Button>}>
          {t('home.steps.title')}
        </Header>
      }
    >
      <ol className="home-steps">
        {STEPS.map((step) => (
          <li key={step} aria-current={step === next ? 'step' : undefined}>
            <SpaceBetween size="xxs">
              <StatusIndicator type={done[step] ? 'success' : step === next ? 'in-progress' : 'pending'}>
                <Box variant="strong" display="inline">
                  {t(`home.steps.${step}.title`)}
                </Box>
              </StatusIndicator>
              <Box color="text-body-secondary">{t(`home.steps.${step}.text`)}</Box>
              {!done[step] && (
                <RouteButton to={PAGES[step]} variant={step === next ? 'primary' : 'normal'}>
                  {t(`home.steps.${step}.go`)}
                </RouteButton>
              )}
            </SpaceBetween>
          </li>
        ))}
      </ol>
    </Container>
  );
}
