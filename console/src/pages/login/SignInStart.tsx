// A sign-in link of a contract: sends the browser to the contract's identity provider. Without a link, asks for it. A link that this browser does not know is
// followed only after a click: else whoever gets somebody to open his own organisation's link would have him work in a stranger's contract, unawares.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { beginSignIn, keyOf, type SignInBegun } from '../../api/signIn';
import { RouteLink } from '../../ui/RouteLink';
import { useKept } from '../../ui/useKept';
import { Waiting } from '../../ui/Waiting';
import { PublicFrame } from '../apply/PublicFrame';
import { NO_PROVIDER } from './ProviderEntry';
import { signInTrouble } from './signInTrouble';
import { leaveFor } from './leave';

export default function SignInStart() {
  const { t } = useTranslation();
  const { key } = useParams();
  return (
    <PublicFrame title={t('signIn.title')}>
      {key ? <Leaving key={key} entry={key} /> : <AskLink />}
      <Box textAlign="center">
        <RouteLink to="/">{t('signIn.byPassword')}</RouteLink>
      </Box>
    </PublicFrame>
  );
}

function Leaving({ entry }: { entry: string }) {
  const { t } = useTranslation();
  const [known, keep] = useKept('provider', NO_PROVIDER);
  const [error, setError] = useState<unknown>(null);
  const [strange, setStrange] = useState<SignInBegun | null>(null);
  const begun = useRef(false);
  const isKnown = known.key === entry;
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    beginSignIn(entry)
      .then((to) => {
        if (isKnown) leaveFor(to.address);
        else setStrange(to);
      })
      .catch((refused: unknown) => {
        setError(refused);
      });
  }, [entry, isKnown]);
  if (strange) {
    const { name, address } = strange;
    return (
      <SpaceBetween size="m">
        <Box>{t('signIn.leaveText', { name, host: new URL(address).host })}</Box>
        <Button
          variant="primary"
          fullWidth
          onClick={() => {
            keep({ key: entry, name });
            leaveFor(address);
          }}
        >
          {t('signIn.leave', { name })}
        </Button>
      </SpaceBetween>
    );
  }
  if (error === null) return <Waiting />;
  return (
    <SpaceBetween size="m">
      <Alert type="error" header={t('login.failed')}>
        {signInTrouble(t, error)}
      </Alert>
      {isKnown && (
        <Button
          fullWidth
          onClick={() => {
            keep(NO_PROVIDER);
            window.location.assign('/');
          }}
        >
          {t('signIn.forget')}
        </Button>
      )}
    </SpaceBetween>
  );
}

function AskLink() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState(false);
  const send = (event: FormEvent) => {
    event.preventDefault();
    const key = keyOf(text);
    setWrong(!key);
    if (key) void navigate(`/sign-in/${key}`);
  };
  return (
    <form onSubmit={send}>
      <SpaceBetween size="m">
        <Box>{t('signIn.text')}</Box>
        <FormField label={t('signIn.link')} errorText={wrong ? t('signIn.noLink') : ''}>
          <Input value={text} onChange={({ detail }) => setText(detail.value)} name="sign-in-link" spellcheck={false} autoComplete={false} autoFocus />
        </FormField>
        <Button variant="primary" formAction="submit" fullWidth>
          {t('signIn.next')}
        </Button>
      </SpaceBetween>
    </form>
  );
}
