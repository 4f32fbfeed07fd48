// Adds a rule: a common service by name or ports of one's own, and the addresses or the group it is for.
import Alert from '@cloudscape-design/components/alert';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createRule, type Rule, type SecurityGroup } from '../../api/network';
import { Dialog } from '../../ui/Dialog';
import { draftRules, emptyRule, PRESET_NAMES, problemOfRule, type RuleDraft } from './ruleDraft';

interface AddRuleProps {
  group: SecurityGroup;
  groups: readonly SecurityGroup[];
  direction: Rule['direction'];
  onClose: () => void;
}

export function AddRule({ group, groups, direction, onClose }: AddRuleProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [draft, setDraft] = useState<RuleDraft>(emptyRule);
  const change = (part: Partial<RuleDraft>) => setDraft((before) => ({ ...before, ...part }));
  const problem = problemOfRule(draft);
  const kinds = [
    ...PRESET_NAMES.map((preset) => ({ value: preset, label: t(`securityGroups.presets.${preset}`) })),
    { value: 'customTcp', label: t('securityGroups.presets.customTcp') },
    { value: 'customUdp', label: t('securityGroups.presets.customUdp') },
  ];
  const remotes = [
    { value: 'anywhere', label: t('securityGroups.anywhere') },
    { value: 'range', label: t('securityGroups.range') },
    { value: 'group', label: t('securityGroups.group') },
  ];
  const members = groups.map((each) => ({ value: each.id, label: each.name }));
  const custom = draft.kind === 'customTcp' || draft.kind === 'customUdp';
  return (
    <Dialog
      title={t(direction === 'ingress' ? 'securityGroups.addIngress' : 'securityGroups.addEgress')}
      submit={t('common.add')}
      disabled={problem !== null}
      onClose={onClose}
      acts={problem === null ? draftRules(draft, group.id, direction).map((rule) => createRule.describe(rule)) : []}
      onSubmit={async () => {
        for (const rule of draftRules(draft, group.id, direction)) await createRule(rule);
        await client.invalidateQueries({ queryKey: ['securityGroups'] });
        onClose();
      }}
    >
      <FormField label={t('securityGroups.what')}>
        <Select
          options={kinds}
          selectedOption={kinds.find((kind) => kind.value === draft.kind) ?? null}
          onChange={({ detail }) => change({ kind: detail.selectedOption.value as RuleDraft['kind'] })}
        />
      </FormField>
      {custom && (
        <FormField
          label={t('securityGroups.ports')}
          description={t('securityGroups.portsHint')}
          errorText={draft.ports && problem === 'ports' ? t('securityGroups.portsWrong') : ''}
        >
          <Input value={draft.ports} onChange={({ detail }) => change({ ports: detail.value })} placeholder="8000-8080" spellcheck={false} />
        </FormField>
      )}
      <FormField label={t(direction === 'ingress' ? 'securityGroups.from' : 'securityGroups.to')}>
        <Select
          options={remotes}
          selectedOption={remotes.find((remote) => remote.value === draft.remote) ?? null}
          onChange={({ detail }) => change({ remote: detail.selectedOption.value as RuleDraft['remote'] })}
        />
      </FormField>
      {draft.remote === 'range' && (
        <FormField
          label={t('securityGroups.range')}
          description={t('securityGroups.rangeHint')}
          errorText={draft.range && problem === 'range' ? t('securityGroups.rangeWrong') : ''}
        >
          <Input value={draft.range} onChange={({ detail }) => change({ range: detail.value })} placeholder="198.51.100.0/24" spellcheck={false} />
        </FormField>
      )}
      {draft.remote === 'group' && (
        <FormField label={t('securityGroups.group')} description={t('securityGroups.groupHint')}>
          <Select
            options={members}
            selectedOption={members.find((member) => member.value === draft.groupId) ?? null}
            onChange={({ detail }) => change({ groupId: detail.selectedOption.value ?? null })}
            placeholder={t('common.choose')}
          />
        </FormField>
      )}
      <FormField label={t('servers.description')}>
        <Input value={draft.description} onChange={({ detail }) => change({ description: detail.value })} />
      </FormField>
      {direction === 'ingress' && draft.remote === 'anywhere' && <Alert type="warning">{t('securityGroups.anywhereWarning')}</Alert>}
    </Dialog>
  );
}
