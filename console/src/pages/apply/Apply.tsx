// The application form, for anybody. Its answer is the same whether the address is known or not.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import Tiles from '@cloudscape-design/components/tiles';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { apply, listOfferedPlans, type ApplicationForm, type OfferedPlan, type VpnUser } from '../../api/contract';
import { useLanguage } from '../../app/language';
import { Failure } from '../../ui/Failure';
import { prefixesOf } from '../access/prefixes';
import { AccessFields } from './AccessFields';
import { PublicFrame } from './PublicFrame';

const CONTRACT = /^[a-z][a-z0-9-]{1,30}[a-z0-9]$/;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

type Typed = Omit<ApplicationForm, 'language' | 'addresses' | 'vpnUsers'>;
const EMPTY: Typed = { company: '', person: '', email: '', telephone: '', contractName: '', plan: '', purpose: '', website: '' };

export default function Apply() {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const plans = useQuery({ queryKey: ['offered'], queryFn: ({ signal }) => listOfferedPlans(signal) });
  const [form, setForm] = useState(EMPTY);
  const [addresses, setAddresses] = useState('');
  const [vpnUsers, setVpnUsers] = useState<VpnUser[]>([]);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [sent, setSent] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const set = (field: keyof Typed) => (value: string) => setForm((now) => ({ ...now, [field]: value }));
  const plan = form.plan || (plans.data?.length === 1 ? plans.data[0]!.id : '');
  const chosen = plans.data?.find((each) => each.id === plan);
  const asks = (gate: OfferedPlan['portalAccess'][number]) => chosen?.portalAccess.includes(gate) === true;
  const wrong = {
    company: !form.company.trim() && t('login.required'),
    person: !form.person.trim() && t('login.required'),
    email: !EMAIL.test(form.email.trim()) && t('apply.emailWrong'),
    contractName: !CONTRACT.test(form.contractName) && t('apply.contractWrong'),
    plan: !plan && t('apply.planMissing'),
    addresses: asks('source-addresses') && prefixesOf(addresses).length === 0 && t('login.required'),
  };
  const text = (field: keyof typeof wrong) => (tried && wrong[field]) || '';
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (busy || Object.values(wrong).some(Boolean)) return;
    setBusy(true);
    setError(null);
    try {
      await apply({
        ...form,
        plan,
        email: form.email.trim(),
        language,
        addresses: asks('source-addresses') ? prefixesOf(addresses) : [],
        vpnUsers: asks('ssl-vpn') ? vpnUsers.map((user) => ({ name: user.name.trim(), email: user.email.trim() })).filter((user) => user.name || user.email) : [],
      });
      setSent(true);
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  if (sent) {
    return (
      <PublicFrame title={t('apply.sent')}>
        <SpaceBetween size="m">
          <Alert type="success">{t('apply.sentText', { email: form.email.trim() })}</Alert>
          <Box color="text-body-secondary">{t('apply.sentHint')}</Box>
          <Button href="/">{t('apply.toLogIn')}</Button>
        </SpaceBetween>
      </PublicFrame>
    );
  }
  const input = (field: Exclude<keyof Typed, 'purpose' | 'plan' | 'website'>, more: { type?: 'email' | 'text'; complete: string }) => (
    <Input
      value={form[field]}
      onChange={({ detail }) => set(field)(detail.value)}
      type={more.type ?? 'text'}
      name={field}
      autoComplete={more.complete}
      spellcheck={false}
    />
  );
  return (
    <PublicFrame title={t('apply.title')} description={t('apply.text')}>
      <form onSubmit={(event) => void send(event)} noValidate>
        <SpaceBetween size="m">
          <Failure error={plans.error} onRetry={() => void plans.refetch()} />
          <FormField label={t('apply.plan')} errorText={text('plan')} stretch>
            <Tiles
              value={plan || null}
              onChange={({ detail }) => set('plan')(detail.value)}
              items={(plans.data ?? []).map((each) => ({ value: each.id, label: each.name[language], description: each.summary[language] }))}
            />
          </FormField>
          <FormField label={t('apply.company')} errorText={text('company')} stretch>
            {input('company', { complete: 'organization' })}
          </FormField>
          <FormField label={t('apply.person')} errorText={text('person')} stretch>
            {input('person', { complete: 'name' })}
          </FormField>
          <FormField label={t('apply.email')} description={t('apply.emailHint')} errorText={text('email')} stretch>
            {input('email', { type: 'email', complete: 'email' })}
          </FormField>
          <FormField label={<Optional text={t('apply.telephone')} />} stretch>
            {input('telephone', { complete: 'tel' })}
          </FormField>
          <FormField label={t('apply.contract')} description={t('apply.contractHint')} errorText={text('contractName')} stretch>
            {input('contractName', { complete: 'off' })}
          </FormField>
          <AccessFields
            plan={chosen}
            addresses={addresses}
            onAddresses={setAddresses}
            addressesError={text('addresses')}
            vpnUsers={vpnUsers}
            onVpnUsers={setVpnUsers}
          />
          <FormField label={<Optional text={t('apply.purpose')} />} stretch>
            <Textarea value={form.purpose} onChange={({ detail }) => set('purpose')(detail.value)} rows={3} />
          </FormField>
          <div className="unseen" aria-hidden="true">
            <input tabIndex={-1} autoComplete="off" name="website" value={form.website} onChange={(event) => set('website')(event.target.value)} />
          </div>
          <Failure error={error} header={t('apply.failed')} />
          <Button variant="primary" formAction="submit" loading={busy} fullWidth>
            {t('apply.submit')}
          </Button>
          <Button variant="link" formAction="none" href="/">
            {t('apply.toLogIn')}
          </Button>
        </SpaceBetween>
      </form>
    </PublicFrame>
  );
}

function Optional({ text }: { text: string }) {
  const { t } = useTranslation();
  return (
    <>
      {text} <i>{t('common.optional')}</i>
    </>
  );
}
