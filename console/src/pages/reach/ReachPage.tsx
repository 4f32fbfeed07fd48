// "Could A reach B?": the answer with the reason of each place on the way, worked out from how things are set up now. The question stands in the address.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import Select, { type SelectProps } from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useCrumbs } from '../../app/crumbs';
import { Failure } from '../../ui/Failure';
import { RouteLink } from '../../ui/RouteLink';
import { Waiting } from '../../ui/Waiting';
import { parsePorts } from '../securitygroups/ruleDraft';
import { parseIp } from './ip';
import type { Protocol } from './judge';
import { addressesOf, reach, type Answer, type Estate, type From, type Question, type Verdict } from './reach';
import { useEstate } from './useEstate';

const PROTOCOLS: readonly Protocol[] = ['tcp', 'udp', 'icmp'];
const SIGNS = { pass: 'success', stop: 'error', partly: 'warning', unknown: 'info' } as const;
const ALERTS: Record<Verdict, 'success' | 'error' | 'warning' | 'info'> = { yes: 'success', no: 'error', partly: 'warning', unknown: 'info' };

/** Every value that a step's sentence may name. */
const NOTHING = { server: '', address: '', version: '', subnet: '', network: '', router: '', from: '', to: '', fixed: '', group: '', groups: '', ranges: '' };

export default function ReachPage() {
  const { t } = useTranslation();
  useCrumbs({ text: t('nav.reach') });
  const { estate, error, refetch } = useEstate();
  return (
    <ContentLayout
      header={
        <Header variant="h1" description={t('reach.text')}>
          {t('nav.reach')}
        </Header>
      }
    >
      {estate ? <Check estate={estate} /> : error ? <Failure error={error} onRetry={refetch} /> : <Waiting />}
    </ContentLayout>
  );
}

function Check({ estate }: { estate: Estate }) {
  const { t } = useTranslation();
  const [address, setAddress] = useSearchParams();
  const value = (name: string, otherwise = '') => address.get(name) ?? otherwise;
  const set = (changes: Record<string, string>) =>
    setAddress(
      (before) => {
        const next = new URLSearchParams(before);
        for (const [name, text] of Object.entries(changes)) next.set(name, text);
        return next;
      },
      { replace: true },
    );
  const plugged = estate.servers.filter((server) => addressesOf(estate, server.id).length > 0);
  const servers = plugged.map((server) => ({ value: server.id, label: server.name, description: addressesOf(estate, server.id).map((one) => one.address).join(', ') }));
  const sources: SelectProps.Options = [
    { value: 'internet', label: t('reach.internet') },
    { value: 'address', label: t('reach.address') },
    { label: t('nav.servers'), options: servers },
  ];
  const from = value('from', 'internet');
  const to = plugged.some((server) => server.id === value('to')) ? value('to') : '';
  const addresses = addressesOf(estate, to).map((one) => ({ value: one.address, label: one.address, ...(one.floating ? { description: t('nav.floatingAddresses') } : {}) }));
  // Who comes from outside calls by the floating address.
  const usual = from === 'internet' || from === 'address' ? addresses.at(-1) : addresses[0];
  const called = addresses.find((one) => one.value === value('called')) ?? usual;
  const protocol = PROTOCOLS.find((one) => one === value('protocol')) ?? 'tcp';
  const port = value('port', '22');
  const parsed = parsePorts(port);
  const ip = value('ip');
  const question: Question | null =
    to && called && (protocol === 'icmp' || (parsed !== null && parsed.from === parsed.to)) && (from !== 'address' || parseIp(ip))
      ? { from: sourceOf(from, ip), to: { server: to, address: called.value }, protocol, port: protocol === 'icmp' ? null : parsed!.from }
      : null;
  return (
    <SpaceBetween size="l">
      <Container>
        <ColumnLayout columns={2} minColumnWidth={260}>
          <FormField label={t('reach.from')}>
            <Select
              options={sources}
              selectedOption={[...sources, ...servers].find((one) => one.value === from) ?? null}
              onChange={({ detail }) => set({ from: detail.selectedOption.value ?? 'internet' })}
              filteringType="auto"
              expandToViewport
            />
          </FormField>
          <FormField label={t('reach.to')}>
            <Select
              options={servers}
              selectedOption={servers.find((one) => one.value === to) ?? null}
              onChange={({ detail }) => set({ to: detail.selectedOption.value ?? '', called: '' })}
              placeholder={t('reach.chooseServer')}
              empty={t('reach.noServers')}
              filteringType="auto"
              expandToViewport
            />
          </FormField>
          {from === 'address' && (
            <FormField label={t('reach.address')} errorText={ip && !parseIp(ip) ? t('reach.addressWrong') : ''}>
              <Input value={ip} onChange={({ detail }) => set({ ip: detail.value })} placeholder="198.51.100.7" spellcheck={false} />
            </FormField>
          )}
          <FormField label={t('reach.called')}>
            <Select options={addresses} selectedOption={called ?? null} onChange={({ detail }) => set({ called: detail.selectedOption.value ?? '' })} disabled={addresses.length === 0} expandToViewport />
          </FormField>
          <FormField label={t('securityGroups.protocol')}>
            <Select
              options={PROTOCOLS.map((one) => ({ value: one, label: t(`reach.protocols.${one}`) }))}
              selectedOption={{ value: protocol, label: t(`reach.protocols.${protocol}`) }}
              onChange={({ detail }) => set({ protocol: detail.selectedOption.value ?? 'tcp' })}
            />
          </FormField>
          {protocol !== 'icmp' && (
            <FormField label={t('reach.port')} errorText={!parsed || parsed.from !== parsed.to ? t('reach.portWrong') : ''}>
              <Input value={port} onChange={({ detail }) => set({ port: detail.value })} inputMode="numeric" />
            </FormField>
          )}
        </ColumnLayout>
      </Container>
      {question ? <Told answer={reach(estate, question)} /> : <Box color="text-body-secondary">{t('reach.ask')}</Box>}
    </SpaceBetween>
  );
}

const sourceOf = (from: string, ip: string): From => (from === 'internet' ? { kind: 'internet' } : from === 'address' ? { kind: 'address', address: ip } : { kind: 'server', id: from });

function Told({ answer }: { answer: Answer }) {
  const { t } = useTranslation();
  return (
    <SpaceBetween size="l">
      <div role="status" data-verdict={answer.verdict}>
        <Alert type={ALERTS[answer.verdict]} header={t(`reach.verdicts.${answer.verdict}.title`)}>
          {t(`reach.verdicts.${answer.verdict}.text`)}
        </Alert>
      </div>
      <Container header={<Header variant="h2">{t('reach.way')}</Header>}>
        <ol className="home-items">
          {answer.steps.map((step, index) => (
            <li key={index} data-step={step.name}>
              <StatusIndicator type={SIGNS[step.verdict]}>{t(`reach.steps.${step.name}`, { ...NOTHING, ...step.values })}</StatusIndicator>
              {step.to && (
                <Box variant="small" display="block">
                  <RouteLink to={step.to}>{t(step.verdict === 'stop' ? 'reach.toStop' : 'reach.toPlace')}</RouteLink>
                </Box>
              )}
            </li>
          ))}
        </ol>
      </Container>
    </SpaceBetween>
  );
}
