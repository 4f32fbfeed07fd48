// The rule of the whole contract and those of its roles, shown and changed together: a change counts only as a whole.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Textarea from '@cloudscape-design/components/textarea';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changeSourceRules, type SourceRules } from '../../api/access';
import { queries } from '../../api/queries';
import { Dialog } from '../../ui/Dialog';
import { Failure } from '../../ui/Failure';
import { useFormat } from '../../ui/useFormat';
import { Waiting } from '../../ui/Waiting';
import { prefixesOf, textOf } from './prefixes';
import { SourceFailure } from './SourceFailure';

/** "contract" stands for the rule of all. */
const SUBJECTS = ['contract', 'manager', 'member', 'reader', 'billing'] as const;
type Subject = (typeof SUBJECTS)[number];

const roleOf = (subject: Subject) => (subject === 'contract' ? null : subject);
const ruleOf = (rules: SourceRules, subject: Subject) => rules.rules.find((rule) => rule.role === roleOf(subject));

export function ContractSources() {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: rules, error, refetch } = useQuery(queries.sourceRules());
  const [editing, setEditing] = useState(false);
  if (!rules) return error ? <Failure error={error} onRetry={() => void refetch()} /> : <Waiting />;
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={t('sources.yourAddress', { address: rules.yourAddress })}
          actions={<Button onClick={() => setEditing(true)}>{t('common.edit')}</Button>}
        >
          {t('sources.ofContract', { contract: rules.contract.name })}
        </Header>
      }
    >
      <KeyValuePairs
        columns={4}
        items={SUBJECTS.map((subject) => {
          const rule = ruleOf(rules, subject);
          return {
            label: t(`sources.subjects.${subject}`),
            value: rule ? (
              <>
                {rule.prefixes.map((prefix) => (
                  <div key={prefix}>
                    <code>{prefix}</code>
                  </div>
                ))}
                <Box color="text-body-secondary" fontSize="body-s">
                  {t('sources.changed', { by: rule.changedBy, at: format.time(rule.changedAt) })}
                </Box>
              </>
            ) : (
              t('sources.everywhere')
            ),
          };
        })}
      />
      {editing && <EditSources rules={rules} onClose={() => setEditing(false)} />}
    </Container>
  );
}

function EditSources({ rules, onClose }: { rules: SourceRules; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [texts, setTexts] = useState(() =>
    Object.fromEntries(SUBJECTS.map((subject) => [subject, textOf(ruleOf(rules, subject)?.prefixes ?? [])])),
  );
  const wanted = SUBJECTS.map((subject) => ({ role: roleOf(subject), prefixes: prefixesOf(texts[subject] ?? '') }));
  // A rule that this page does not show stays as it is.
  const others = rules.rules.filter((rule) => !SUBJECTS.some((subject) => roleOf(subject) === rule.role));
  const all = [...wanted, ...others.map(({ role, prefixes }) => ({ role, prefixes }))].filter((rule) => rule.prefixes.length > 0);
  const send = async () => {
    client.setQueryData(queries.sourceRules().queryKey, await changeSourceRules(all));
    onClose();
  };
  return (
    <Dialog
      title={t('sources.editTitle')}
      submit={t('common.save')}
      size="large"
      failure={(error) => <SourceFailure error={error} lockOut={t('sources.lockOut', { address: rules.yourAddress })} />}
      acts={[changeSourceRules.describe(all)]}
      onSubmit={send}
      onClose={onClose}
    >
      <Box>{t('sources.editText', { address: rules.yourAddress })}</Box>
      {SUBJECTS.map((subject) => (
        <FormField key={subject} label={t(`sources.subjects.${subject}`)} description={t(`sources.hints.${subject}`)}>
          <Textarea
            value={texts[subject] ?? ''}
            onChange={({ detail }) => setTexts({ ...texts, [subject]: detail.value })}
            placeholder={t('sources.everywhere')}
            rows={3}
            spellcheck={false}
          />
        </FormField>
      ))}
    </Dialog>
  );
}
