// What was asked, as it came in: for recording a request and for putting it right.
import DatePicker from '@cloudscape-design/components/date-picker';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useTranslation } from 'react-i18next';
import { CHANNELS } from '../../api/evidence';

const TEXTS = ['requester', 'theirNumber', 'legalBasis', 'project'] as const;
/** What an answer is about: it stays as soon as one is proposed. */
const SETTLED: readonly string[] = ['legalBasis', 'project'];

export interface RequestDraft {
  requester: string;
  theirNumber: string;
  legalBasis: string;
  project: string;
  channel: (typeof CHANNELS)[number];
  /** "2026-01-31" */
  day: string;
  scope: string;
}

export const isWhole = (draft: RequestDraft) => !!(draft.requester.trim() && draft.legalBasis.trim() && draft.project.trim() && draft.scope.trim() && draft.day);

interface RequestFieldsProps {
  draft: RequestDraft;
  settled?: boolean;
  onChange: (draft: RequestDraft) => void;
}

export function RequestFields({ draft, settled = false, onChange }: RequestFieldsProps) {
  const { t } = useTranslation();
  return (
    <SpaceBetween size="m">
      {TEXTS.map((field) => (
        <FormField key={field} label={t(`evidence.disclosures.${field}`)} description={t(`evidence.disclosures.hints.${field}`)}>
          <Input
            value={draft[field]}
            disabled={settled && SETTLED.includes(field)}
            onChange={({ detail }) => onChange({ ...draft, [field]: detail.value.slice(0, field === 'requester' || field === 'legalBasis' ? 200 : 64) })}
            name={`disclosure-${field}`}
            spellcheck={false}
          />
        </FormField>
      ))}
      <FormField label={t('evidence.disclosures.channel')}>
        <Select
          selectedOption={{ value: draft.channel, label: t(`evidence.disclosures.channels.${draft.channel}`) }}
          options={CHANNELS.map((value) => ({ value, label: t(`evidence.disclosures.channels.${value}`) }))}
          onChange={({ detail }) => onChange({ ...draft, channel: CHANNELS.find((one) => one === detail.selectedOption.value) ?? 'other' })}
        />
      </FormField>
      <FormField label={t('evidence.disclosures.receivedAt')}>
        <DatePicker value={draft.day} onChange={({ detail }) => onChange({ ...draft, day: detail.value })} placeholder={t('evidence.day')} />
      </FormField>
      <FormField label={t('evidence.disclosures.scope')} description={t('evidence.disclosures.hints.scope')}>
        <Textarea value={draft.scope} disabled={settled} onChange={({ detail }) => onChange({ ...draft, scope: detail.value.slice(0, 1000) })} name="disclosure-scope" rows={3} />
      </FormField>
    </SpaceBetween>
  );
}
