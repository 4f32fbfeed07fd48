// Where the identity provider sends the browser back to: opens the session, after the local second factor where that is missing.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { secondStep, type SecondStep, type Session } from '../../api/session';
import { finishSignIn, showLocalFactor, type SignInReturn as Back } from '../../api/signIn';
import { RouteButton } from '../../ui/RouteButton';
import { RouteLink } from '../../ui/RouteLink';
import { useKept } from '../../ui/useKept';
import { Waiting } from '../../ui/Waiting';
import { PublicFrame } from '../apply/PublicFrame';
import { CodeStep } from './CodeStep';
import { takeBack } from './leave';
import { NO_PROVIDER } from './ProviderEntry';
import { signInTrouble } from './signInTrouble';

/** Taken out of the address at once, so that it lies in no history of the browser. */
function take(): Back {
  const query = new URLSearchParams(window.location.search);
  window.history.replaceState(window.history.state, '', window.location.pathname);
  const given = (name: string) => query.get(name) ?? undefined;
  const error = given('error');
  const code = error === undefined ? given('code') : undefined;
  const issuer = given('iss');
  return {
    state: given('state') ?? '',
    ...(code === undefined ? {} : { code }),
    ...(error === undefined ? {} : { error }),
    ...(issuer === undefined ? {} : { issuer }),
  };
}

export default function SignInReturn() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [back] = useState(take);
  const [known] = useKept('provider', NO_PROVIDER);
  const [step, setStep] = useState<SecondStep | null>(null);
  const [error, setError] = useState<unknown>(null);
  const sent = useRef(false);
  const entered = (session: Session) => {
    client.clear();
    client.setQueryData(['session'], session);
    void navigate(takeBack(), { replace: true });
  };
  useEffect(() => {
    if (sent.current) return;
    sent.current = true;
    finishSignIn(back)
      .then(entered)
      .catch((refused: unknown) => {
        const next = secondStep(refused);
        if (next) setStep(next);
        else setError(refused);
      });
  });
  return (
    <PublicFrame title={t('signIn.title')}>
      {error !== null && (
        <SpaceBetween size="m">
          <Alert type="error" header={t('login.failed')}>
            {signInTrouble(t, error)}
          </Alert>
          {known.key && <Box textAlign="center"><RouteButton to={`/sign-in/${known.key}`}>{t('signIn.again')}</RouteButton></Box>}
          <Box textAlign="center">
            <RouteLink to="/">{t('signIn.byPassword')}</RouteLink>
          </Box>
        </SpaceBetween>
      )}
      {step && (
        <CodeStep open={(shown) => showLocalFactor(back.state, shown)} step={step} onEntered={entered} onBack={() => void navigate('/', { replace: true })} />
      )}
      {!step && error === null && <Waiting />}
    </PublicFrame>
  );
}
