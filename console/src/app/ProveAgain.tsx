// Asks who works here to show it once more, when the service wants that before a request; the request is then sent again.
import Alert from '@cloudscape-design/components/alert';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import RadioGroup from '@cloudscape-design/components/radio-group';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { onProofNeeded } from '../api/http';
import { queries } from '../api/queries';
import { proveAgain, type Session } from '../api/session';
import { beginSignIn } from '../api/signIn';
import { CodeInput } from '../pages/account/CodeInput';
import { ProofFailure } from '../pages/account/ProofFailure';
import { comeBackHere, leaveFor } from '../pages/login/leave';
import { NO_PROVIDER } from '../pages/login/ProviderEntry';
import { signInTrouble } from '../pages/login/signInTrouble';
import { Dialog } from '../ui/Dialog';
import { useKept } from '../ui/useKept';
import { useSession } from './session';

/** Requests that are refused at the same time wait for one answer. */
export function ProveAgain({ onProved }: { onProved: (session: Session) => void }) {
  const [answer, setAnswer] = useState<((proved: boolean) => void) | null>(null);
  const asked = useRef<Promise<boolean> | null>(null);
  useEffect(
    () =>
      onProofNeeded(() => {
        asked.current ??= new Promise<boolean>((resolve) => setAnswer(() => resolve));
        return asked.current;
      }),
    [],
  );
  if (!answer) return null;
  const end = (proved: boolean) => {
    asked.current = null;
    setAnswer(null);
    answer(proved);
  };
  return (
    <ProofDialog
      onProved={(session) => {
        onProved(session);
        end(true);
      }}
      onClose={() => end(false)}
    />
  );
}

function ProofDialog({ onProved, onClose }: { onProved: (session: Session) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const second = useQuery(queries.account()).data?.secondFactor;
  const [way, setWay] = useState<'password' | 'code'>('password');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const { federated } = useSession();
  const byCode = second?.app === true && (federated || way === 'code');
  if (federated && !second?.app) return <ProviderProof onClose={onClose} />;
  return (
    <Dialog
      title={t('proof.title')}
      submit={t('proof.submit')}
      size="small"
      disabled={byCode ? !code.trim() : !password}
      failure={(error) => <ProofFailure error={error} />}
      onSubmit={async () => {
        try {
          onProved(await proveAgain(byCode ? { code } : { password }));
        } catch (refused) {
          setCode(''); // good once
          throw refused;
        }
      }}
      onClose={onClose}
    >
      <span>{t('proof.text')}</span>
      {second?.app && !federated && (
        <RadioGroup
          ariaRequired={false}
          value={way}
          onChange={({ detail }) => setWay(detail.value === 'code' ? 'code' : 'password')}
          items={[
            { value: 'password', label: t('login.password') },
            { value: 'code', label: t('account.passkeys.code') },
          ]}
        />
      )}
      {byCode ? (
        <FormField label={t('login.code')} description={t('login.codeHint')}>
          <CodeInput value={code} onChange={setCode} />
        </FormField>
      ) : (
        <FormField label={t('account.password.present')}>
          <Input value={password} onChange={({ detail }) => setPassword(detail.value)} type="password" name="password" autoComplete="current-password" autoFocus />
        </FormField>
      )}
    </Dialog>
  );
}

/** Who has neither password nor codes here signs in anew where he did, and is asked for his password there. */
function ProviderProof({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [known] = useKept('provider', NO_PROVIDER);
  return (
    <Dialog
      title={t('proof.title')}
      submit={known.key ? t('signIn.proof', { name: known.name }) : t('proof.submit')}
      size="small"
      disabled={!known.key}
      failure={(error) => (error === null ? null : <Alert type="error">{signInTrouble(t, error)}</Alert>)}
      onSubmit={async () => {
        const { address } = await beginSignIn(known.key, true);
        comeBackHere();
        leaveFor(address);
      }}
      onClose={onClose}
    >
      <span>{t('proof.text')}</span>
      <span>{t(known.key ? 'signIn.proofText' : 'signIn.proofLink')}</span>
    </Dialog>
  );
}
