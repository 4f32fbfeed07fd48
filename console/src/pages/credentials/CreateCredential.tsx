// Makes an application credential, or one that takes another's place.
import Alert from '@cloudscape-design/components/alert';
import AttributeEditor from '@cloudscape-design/components/attribute-editor';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Multiselect from '@cloudscape-design/components/multiselect';
import Select from '@cloudscape-design/components/select';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keeping, variable } from '../../api/act';
import { limitApplicationCredential } from '../../api/access';
import { createCredential, type AccessRule, type Credential, type MadeCredential } from '../../api/credentials';
import { useSession } from '../../app/session';
import { Dialog } from '../../ui/Dialog';
import { isKnown, nameOf } from '../users/roles';
import { emptyDraft, isWhole, LIVES, METHODS, problemOfRule, SERVICES, successor, wishOf, type Draft } from './wish';

interface CreateCredentialProps {
  /** The one whose place it takes, with where that may be used from. */
  old?: { credential: Credential; prefixes: readonly string[] } | undefined;
  onMade: (made: MadeCredential) => void;
  onClose: () => void;
}

export function CreateCredential({ old, onMade, onClose }: CreateCredentialProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const session = useSession();
  const [draft, setDraft] = useState<Draft>(() => (old ? successor(old.credential) : emptyDraft()));
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const roles = useRoles();
  const lives = LIVES.map((days) => ({ value: String(days), label: days === 0 ? t('credentials.noEnd') : t('credentials.days', { days }) }));
  return (
    <Dialog
      title={old ? t('credentials.rotateTitle', { name: old.credential.name }) : t('credentials.create')}
      submit={t('common.create')}
      size="large"
      disabled={!isWhole(draft)}
      onClose={onClose}
      acts={[
        keeping(createCredential.describe(session.user.id, wishOf(draft)), 'CREDENTIAL_ID'),
        ...(old && old.prefixes.length > 0 ? [limitApplicationCredential.describe(variable('CREDENTIAL_ID'), old.prefixes)] : []),
      ]}
      onSubmit={async () => {
        const made = await createCredential(session.user.id, wishOf(draft));
        // Its secret is told now or never: where its addresses could not be limited, it is shown all the same, and the list says so.
        if (old && old.prefixes.length > 0) await limitApplicationCredential(made.id, old.prefixes).catch(() => undefined);
        await client.invalidateQueries({ queryKey: ['applicationCredentials'] });
        onMade(made);
      }}
    >
      {old && <Alert type="info">{t('credentials.rotateText', { name: old.credential.name })}</Alert>}
      <FormField label={t('servers.name')} description={t('credentials.nameHint')}>
        <Input value={draft.name} onChange={({ detail }) => change({ name: detail.value })} autoFocus={!old} spellcheck={false} />
      </FormField>
      <FormField label={t('servers.description')}>
        <Input value={draft.description} onChange={({ detail }) => change({ description: detail.value })} />
      </FormField>
      <FormField label={t('credentials.roles')} description={t('credentials.rolesHint', { project: session.project?.name ?? '' })}>
        <Multiselect
          options={roles}
          selectedOptions={roles.filter((role) => draft.roles.some((chosen) => nameOf(chosen) === nameOf(role.value)))}
          onChange={({ detail }) => change({ roles: detail.selectedOptions.map((option) => option.value ?? '') })}
          placeholder={t('credentials.allRoles')}
          expandToViewport
        />
      </FormField>
      <FormField label={t('credentials.life')}>
        <Select options={lives} selectedOption={lives.find((life) => life.value === String(draft.days)) ?? null} onChange={({ detail }) => change({ days: Number(detail.selectedOption.value) })} expandToViewport />
      </FormField>
      {draft.days === 0 && <Alert type="warning">{t('credentials.noEndWarning')}</Alert>}
      <ExpandableSection headerText={t('credentials.rules', { count: draft.rules.length })} defaultExpanded={draft.rules.length > 0}>
        <Rules rules={draft.rules} onChange={(rules) => change({ rules })} />
      </ExpandableSection>
    </Dialog>
  );
}

/** What the visitor may give, by our names, each once. */
function useRoles(): { value: string; label: string }[] {
  const { t } = useTranslation();
  const { roles } = useSession();
  const once = new Map(roles.map((role) => [nameOf(role), role]));
  return [...once].map(([name, role]) => ({ value: role, label: isKnown(name) ? t(`users.roles.${name}`) : name }));
}

function Rules({ rules, onChange }: { rules: readonly AccessRule[]; onChange: (rules: AccessRule[]) => void }) {
  const { t } = useTranslation();
  const replace = (at: number, part: Partial<AccessRule>) => onChange(rules.map((rule, index) => (index === at ? { ...rule, ...part } : rule)));
  const choice = (names: readonly string[], value: string, set: (value: string) => void) => (
    <Select options={names.map((name) => ({ value: name, label: name }))} selectedOption={{ value, label: value }} onChange={({ detail }) => set(detail.selectedOption.value ?? value)} expandToViewport />
  );
  return (
    <AttributeEditor<AccessRule>
      items={rules}
      empty={t('credentials.noRules')}
      additionalInfo={t('credentials.pathHint')}
      addButtonText={t('credentials.addRule')}
      removeButtonText={t('common.delete')}
      onAddButtonClick={() => onChange([...rules, { service: 'compute', method: 'GET', path: '/v2.1/servers' }])}
      onRemoveButtonClick={({ detail }) => onChange(rules.filter((_, index) => index !== detail.itemIndex))}
      definition={[
        { label: t('credentials.service'), control: (rule, at) => choice(SERVICES, rule.service, (service) => replace(at, { service })) },
        { label: t('credentials.method'), control: (rule, at) => choice(METHODS, rule.method, (method) => replace(at, { method })) },
        {
          label: t('credentials.path'),
          control: (rule, at) => <Input value={rule.path} onChange={({ detail }) => replace(at, { path: detail.value })} ariaLabel={t('credentials.path')} spellcheck={false} />,
          errorText: (rule) => problemOfRule(rule) && t('credentials.pathWrong'),
        },
      ]}
    />
  );
}
