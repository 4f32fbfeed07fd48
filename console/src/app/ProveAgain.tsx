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
import { passkeysSupported, showPasskey } from '../api/passkeys';
import { proofChallenge, proveAgain, type Session } from '../api/session';
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

type Way = 'passkey' | 'password' | 'code';

function ProofDialog({ onProved, onClose }: { onProved: (session: Session) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const second = useQuery(queries.account()).data?.secondFactor;
  const [chosen, setChosen] = useState<Way | null>(null);
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const { federated } = useSession();
  const ways: Way[] = [];
  if ((second?.passkeys.length ?? 0) > 0 && passkeysSupported()) ways.push('passkey');
  if (!federated) ways.push('password');
  if (second?.app) ways.push('code');
  if (ways.length === 0) return <ProviderProof onClose={onClose} />;
  // Whoever has begun to type is not led elsewhere when the account comes late.
  const way: Way = chosen ?? (password ? 'password' : (ways[0] ?? 'password'));
  const proof = async () => {
    if (way === 'passkey') return { passkey: await showPasskey(await proofChallenge()) };
    return way === 'code' ? { code } : { password };
  };
  const missing = { passkey: false, password: !password, code: !code.trim() };
  const labels = { passkey: t('account.passkeys.use'), password: t('login.password'), code: t('account.passkeys.code') };
  return (
    <Dialog
      title={t('proof.title')}
      submit={t('proof.submit')}
      size="small"
      disabled={missing[way]}
      failure={(error) => <ProofFailure error={error} />}
      onSubmit={async () => {
        try {
          onProved(await proveAgain(await proof()));
        } catch (refused) {
          setCode(''); // good once
          throw refused;
        }
      }}
      onClose={onClose}
    >
      <span>{t('proof.text')}</span>
      {ways.length > 1 && (
        <RadioGroup
          ariaRequired={false}
          value={way}
          onChange={({ detail }) => setChosen(detail.value as Way)}
          items={ways.map((value) => ({ value, label: labels[value] }))}
        />
      )}
      {way === 'code' && (
        <FormField label={t('login.code')} description={t('login.codeHint')}>
          <CodeInput value={code} onChange={setCode} />
        </FormField>
      )}
      {way === 'password' && (
        <FormField label={t('account.password.present')}>
          <Input value={password} onChange={({ detail }) => setPassword(detail.value)} type="password" name="password" autoComplete="current-password" autoFocus />
        </FormField>
      )}
    </Dialog>
  );
}

/** Who has neither password nor a second factor here signs in anew where he did, and is asked for his password there. */
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
