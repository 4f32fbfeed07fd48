// Adds or changes a destination; the connection can be tried before anything is saved.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import Tiles from '@cloudscape-design/components/tiles';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { variable } from '../../api/act';
import { addDestination, changeDestination, checkDestination, type Destination, type DestinationWish, type Made, type Trial } from '../../api/forwarding';
import { Dialog } from '../../ui/Dialog';
import { Failure } from '../../ui/Failure';
import { TrialResult } from './TrialResult';

/** As people write them, in any language. */
const EXAMPLES = { host: 'logs.example.jp', address: 'https://logs.example.jp/unkai', pem: '-----BEGIN CERTIFICATE-----', key: '-----BEGIN PRIVATE KEY-----' };

interface DestinationFormProps {
  /** The one that is changed; without it, a new one. */
  destination?: Destination;
  /** Whose history; without it, the own project's. */
  project?: string | undefined;
  onClose: () => void;
  onDone: (made?: Made) => Promise<void>;
}

export function DestinationForm({ destination, project, onClose, onDone }: DestinationFormProps) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<Destination['kind']>(destination?.kind ?? 'syslog');
  const [from, setFrom] = useState<'now' | 'beginning'>('now');
  const [texts, setTexts] = useState({
    name: destination?.name ?? '',
    host: destination?.host ?? '',
    port: String(destination?.port ?? 6514),
    serverName: destination?.serverName === destination?.host ? '' : (destination?.serverName ?? ''),
    address: destination?.address ?? '',
    authority: destination?.authority ?? '',
    clientCertificate: destination?.clientCertificate ?? '',
    clientKey: '',
  });
  const [trial, setTrial] = useState<{ busy: boolean; result?: Trial; error?: unknown }>({ busy: false });
  const set = (name: keyof typeof texts) => (value: string) => {
    setTexts({ ...texts, [name]: value });
    setTrial({ busy: false });
  };
  const syslog = kind === 'syslog';
  const complete = texts.name.trim() !== '' && (syslog ? texts.host.trim() !== '' && /^\d{1,5}$/.test(texts.port) : texts.address.startsWith('https://'));
  const wish = (): DestinationWish => {
    const given = (value: string, name: keyof DestinationWish) => (value.trim() ? { [name]: value.trim() } : {});
    return {
      name: texts.name.trim(),
      kind,
      ...given(texts.authority, 'authority'),
      ...(syslog
        ? {
            host: texts.host.trim(),
            port: Number(texts.port),
            ...given(texts.serverName, 'serverName'),
            ...given(texts.clientCertificate, 'clientCertificate'),
            ...given(texts.clientKey, 'clientKey'),
          }
        : { address: texts.address.trim() }),
      ...(destination ? {} : { from }),
    };
  };
  // The key stays with whoever has it.
  const shown = (): DestinationWish => ({ ...wish(), ...(texts.clientKey.trim() ? { clientKey: variable('CLIENT_KEY') } : {}) });
  const check = async () => {
    setTrial({ busy: true });
    try {
      setTrial({ busy: false, result: await checkDestination(wish(), project, destination?.id) });
    } catch (error) {
      setTrial({ busy: false, error });
    }
  };
  const line = (name: 'name' | 'host' | 'port' | 'serverName' | 'address', placeholder = '') => (
    <FormField label={t(`forwarding.${name}`)} description={t(`forwarding.hints.${name}`)}>
      <Input value={texts[name]} onChange={({ detail }) => set(name)(detail.value)} name={`forwarding-${name}`} placeholder={placeholder} spellcheck={false} autoComplete={false} />
    </FormField>
  );
  const pem = (name: 'authority' | 'clientCertificate' | 'clientKey', hint: 'authority' | 'clientCertificate' | 'clientKey' | 'keyKept') => (
    <FormField label={t(`forwarding.${name}`)} description={t(`forwarding.hints.${hint}`)} stretch>
      <Textarea
        value={texts[name]}
        onChange={({ detail }) => set(name)(detail.value)}
        name={`forwarding-${name}`}
        placeholder={name === 'clientKey' ? EXAMPLES.key : EXAMPLES.pem}
        rows={3}
        spellcheck={false}
        autoComplete={false}
      />
    </FormField>
  );
  return (
    <Dialog
      title={t(destination ? 'forwarding.change' : 'forwarding.add')}
      submit={t(destination ? 'common.save' : 'forwarding.addIt')}
      size="large"
      disabled={!complete}
      onClose={onClose}
      acts={complete ? [destination ? changeDestination.describe(destination.id, shown()) : addDestination.describe(shown(), project)] : []}
      onSubmit={async () => {
        if (destination) {
          await changeDestination(destination.id, wish());
          await onDone();
        } else await onDone(await addDestination(wish(), project));
      }}
    >
      {!destination && (
        <Tiles
          value={kind}
          ariaLabel={t('forwarding.kind')}
          onChange={({ detail }) => {
            setKind(detail.value as Destination['kind']);
            setTrial({ busy: false });
          }}
          items={(['syslog', 'webhook'] as const).map((value) => ({ value, label: t(`forwarding.kinds.${value}`), description: t(`forwarding.kindTexts.${value}`) }))}
        />
      )}
      {line('name')}
      {syslog ? (
        <ColumnLayout columns={2}>
          {line('host', EXAMPLES.host)}
          {line('port')}
        </ColumnLayout>
      ) : (
        line('address', EXAMPLES.address)
      )}
      {pem('authority', 'authority')}
      {syslog && (
        <ExpandableSection headerText={t('forwarding.more')} defaultExpanded={texts.clientCertificate !== '' || texts.serverName !== ''}>
          <SpaceBetween size="m">
            {line('serverName', EXAMPLES.host)}
            {pem('clientCertificate', 'clientCertificate')}
            {pem('clientKey', destination?.clientCertificate ? 'keyKept' : 'clientKey')}
          </SpaceBetween>
        </ExpandableSection>
      )}
      {!destination && (
        <FormField label={t('forwarding.from')}>
          <RadioGroup
            value={from}
            onChange={({ detail }) => setFrom(detail.value as typeof from)}
            items={(['now', 'beginning'] as const).map((value) => ({ value, label: t(`forwarding.froms.${value}`), description: t(`forwarding.fromTexts.${value}`) }))}
          />
        </FormField>
      )}
      <SpaceBetween size="s">
        <SpaceBetween direction="horizontal" size="s" alignItems="center">
          <Button disabled={!complete} loading={trial.busy} onClick={() => void check()} formAction="none">
            {t('forwarding.check')}
          </Button>
          <Box color="text-body-secondary">{t('forwarding.checkText')}</Box>
        </SpaceBetween>
        {trial.result && <TrialResult trial={trial.result} good={t('forwarding.reached')} />}
        <Failure error={trial.error} />
        {!destination && kind === 'webhook' && <Alert type="info">{t('forwarding.secretComes')}</Alert>}
      </SpaceBetween>
    </Dialog>
  );
}
