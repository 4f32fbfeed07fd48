// An operator registers or changes the identity provider of a contract.
import Alert from '@cloudscape-design/components/alert';
import AttributeEditor from '@cloudscape-design/components/attribute-editor';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import Toggle from '@cloudscape-design/components/toggle';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { bind, variable } from '../../api/act';
import { ApiError } from '../../api/http';
import { changeProvider, registerProvider, type IdentityProvider } from '../../api/providers';
import { queries } from '../../api/queries';
import { Dialog } from '../../ui/Dialog';
import { Failure } from '../../ui/Failure';
import { GIVES, rowOf, ruleOf, wordsOf, type Gives, type RuleRow } from './rules';

const REFUSED = ['PlanBarsSignIn', 'ProviderTaken', 'IssuerAddress', 'NoSuchGroup', 'MappingClaimMissing', 'ScopesWrong'] as const;

/** As issuers write them, in any language. */
const EXAMPLES = { issuer: 'https://login.example.com/realms/staff', claim: 'groups', ways: 'mfa otp' };

interface ProviderFormProps {
  /** The one that is changed; without it, a new one. */
  provider?: IdentityProvider;
  onClose: () => void;
  onDone: () => Promise<void>;
}

export function ProviderForm({ provider, onClose, onDone }: ProviderFormProps) {
  const { t } = useTranslation();
  const contracts = useQuery(queries.portalAccessOfAll());
  const [texts, setTexts] = useState({
    contract: provider?.contract.id ?? '',
    name: provider?.name ?? '',
    issuer: provider?.issuer ?? '',
    clientId: provider?.clientId ?? '',
    clientSecret: '',
    scopes: provider?.scopes ?? 'openid profile',
    nameClaim: provider?.nameClaim ?? 'preferred_username',
    mappingClaim: provider?.mappingClaim ?? '',
    secondFactor: provider?.secondFactor.join(' ') ?? '',
  });
  const [rows, setRows] = useState<readonly RuleRow[]>(() => provider?.rules.map(rowOf) ?? [{ value: '*', gives: 'viewer', group: '' }]);
  const [enabled, setEnabled] = useState(provider?.enabled ?? true);
  const [logOutThere, setLogOutThere] = useState(provider?.logOutThere ?? false);
  const needed = [texts.contract, texts.name, texts.issuer, texts.clientId, texts.scopes, texts.nameClaim, provider ? 'kept' : texts.clientSecret];
  const work = (clientSecret: string) => {
    const { contract, issuer, clientSecret: _, mappingClaim, secondFactor, ...plain } = texts;
    const settings = {
      ...plain,
      mappingClaim: mappingClaim.trim() || null,
      rules: rows.filter((row) => row.value.trim()).map(ruleOf),
      secondFactor: wordsOf(secondFactor),
      enabled,
      logOutThere,
      ...(clientSecret ? { clientSecret } : {}),
    };
    return provider ? bind(changeProvider, provider.id, settings) : bind(registerProvider, { ...settings, contract, issuer: issuer.trim() });
  };
  const send = async () => {
    await work(texts.clientSecret).perform();
    await onDone();
  };
  const field = (name: Exclude<keyof typeof texts, 'contract'>, extra: { type?: 'password'; disabled?: boolean; hint?: 'secretKept'; placeholder?: string } = {}): ReactNode => (
    <FormField label={t(`providers.${name}`)} description={t(`providers.hints.${extra.hint ?? name}`)}>
      <Input
        value={texts[name]}
        onChange={({ detail }) => setTexts({ ...texts, [name]: detail.value })}
        name={`provider-${name}`}
        type={extra.type ?? 'text'}
        disabled={extra.disabled ?? false}
        placeholder={extra.placeholder ?? ''}
        autoComplete={false}
        spellcheck={false}
      />
    </FormField>
  );
  const options = contracts.data?.map((one) => ({ value: one.contract.id, label: one.contract.name })) ?? [];
  const changeRow = (index: number, change: Partial<RuleRow>) => setRows(rows.map((row, at) => (at === index ? { ...row, ...change } : row)));
  return (
    <Dialog
      title={t(provider ? 'providers.change' : 'providers.register')}
      submit={t('common.save')}
      size="large"
      disabled={needed.some((text) => !text.trim())}
      failure={(error) => <Trouble error={error} />}
      acts={[work(texts.clientSecret ? variable('CLIENT_SECRET') : '').act]}
      onSubmit={send}
      onClose={onClose}
    >
      {provider && <Alert type="info">{t('providers.changeText')}</Alert>}
      <FormField label={t('providers.contract')}>
        <Select
          options={options}
          selectedOption={options.find((one) => one.value === texts.contract) ?? null}
          onChange={({ detail }) => setTexts({ ...texts, contract: detail.selectedOption.value ?? '' })}
          disabled={provider !== undefined}
          statusType={contracts.isPending ? 'loading' : 'finished'}
          placeholder={t('providers.choose')}
          filteringType="auto"
        />
      </FormField>
      {field('name')}
      {field('issuer', { disabled: provider !== undefined, placeholder: EXAMPLES.issuer })}
      {field('clientId')}
      {field('clientSecret', { type: 'password', ...(provider ? { hint: 'secretKept' as const } : {}) })}
      {field('scopes')}
      {field('nameClaim')}
      {field('mappingClaim', { placeholder: EXAMPLES.claim })}
      <FormField label={t('providers.rules')} description={t('providers.hints.rules')} stretch>
        <AttributeEditor<RuleRow>
          items={rows}
          addButtonText={t('providers.addRule')}
          removeButtonText={t('providers.removeRule')}
          empty={t('providers.noRules')}
          onAddButtonClick={() => setRows([...rows, { value: '', gives: 'viewer', group: '' }])}
          onRemoveButtonClick={({ detail }) => setRows(rows.filter((_, at) => at !== detail.itemIndex))}
          definition={[
            {
              label: t('providers.value'),
              control: (row, index) => <Input value={row.value} onChange={({ detail }) => changeRow(index, { value: detail.value })} spellcheck={false} />,
            },
            {
              label: t('providers.gives'),
              control: (row, index) => {
                const choices = GIVES.map((value) => ({ value, label: value === 'group' ? t('providers.inGroup') : t(`users.roles.${value}`) }));
                return (
                  <Select
                    options={choices}
                    selectedOption={choices.find((one) => one.value === row.gives) ?? null}
                    onChange={({ detail }) => changeRow(index, { gives: detail.selectedOption.value as Gives })}
                  />
                );
              },
            },
            {
              label: t('providers.group'),
              control: (row, index) => (
                <Input value={row.group} disabled={row.gives !== 'group'} onChange={({ detail }) => changeRow(index, { group: detail.value })} spellcheck={false} />
              ),
            },
          ]}
        />
      </FormField>
      {field('secondFactor', { placeholder: EXAMPLES.ways })}
      <Toggle
        checked={logOutThere}
        onChange={({ detail }) => setLogOutThere(detail.checked)}
        description={t('providers.hints.logOutThere', { address: provider?.postLogoutRedirectUri ?? `${window.location.origin}/` })}
      >
        {t('providers.logOutThere')}
      </Toggle>
      <Toggle checked={enabled} onChange={({ detail }) => setEnabled(detail.checked)}>
        {t('providers.enabled')}
      </Toggle>
    </Dialog>
  );
}

/** What is wrong with the settings, in the visitor's language. */
function Trouble({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const known = error instanceof ApiError ? REFUSED.find((code) => code === error.code) : undefined;
  return known ? <Alert type="error">{t(`providers.refused.${known}`)}</Alert> : <Failure error={error} />;
}
