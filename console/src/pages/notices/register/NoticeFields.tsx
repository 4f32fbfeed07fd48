// What a notice says, to whom and how long: for writing one and for putting it right.
import Checkbox from '@cloudscape-design/components/checkbox';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import DatePicker from '@cloudscape-design/components/date-picker';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Multiselect from '@cloudscape-design/components/multiselect';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import TimeInput from '@cloudscape-design/components/time-input';
import { useTranslation } from 'react-i18next';
import { KINDS, type NoticeContract } from '../../../api/notices';
import { TEXT, TITLE, type Clock, type Draft } from './draft';

const WORDS = ['ja', 'en'] as const;

interface NoticeFieldsProps {
  draft: Draft;
  contracts: readonly NoticeContract[];
  onChange: (draft: Draft) => void;
}

export function NoticeFields({ draft, contracts, onChange }: NoticeFieldsProps) {
  const { t } = useTranslation();
  const set = (part: Partial<Draft>) => onChange({ ...draft, ...part });
  const options = contracts.map((one) => ({ value: one.project, label: one.company, description: one.name }));
  return (
    <SpaceBetween size="m">
      <FormField label={t('noticeRegister.kind')}>
        <SegmentedControl
          label={t('noticeRegister.kind')}
          selectedId={draft.kind}
          options={KINDS.map((id) => ({ id, text: t(`notices.kinds.${id}`) }))}
          onChange={({ detail }) => set({ kind: KINDS.find((kind) => kind === detail.selectedId) ?? draft.kind })}
        />
      </FormField>
      <Checkbox checked={draft.important} description={t('noticeRegister.importantText')} onChange={({ detail }) => set({ important: detail.checked })}>
        {t('notices.important')}
      </Checkbox>
      {WORDS.map((language) => {
        const title = language === 'ja' ? 'titleJa' : 'titleEn';
        const text = language === 'ja' ? 'textJa' : 'textEn';
        return (
          <SpaceBetween key={language} size="xs">
            <FormField label={t(`noticeRegister.${title}`)}>
              <Input value={draft[title]} name={`notice-title-${language}`} onChange={({ detail }) => set({ [title]: detail.value.slice(0, TITLE) })} />
            </FormField>
            <FormField label={t(`noticeRegister.${text}`)} constraintText={t('noticeRegister.characters', { count: draft[text].length, most: TEXT })}>
              <Textarea value={draft[text]} rows={4} name={`notice-text-${language}`} onChange={({ detail }) => set({ [text]: detail.value.slice(0, TEXT) })} />
            </FormField>
          </SpaceBetween>
        );
      })}
      <FormField label={t('noticeRegister.audience')}>
        <RadioGroup
          value={draft.everyone ? 'everyone' : 'chosen'}
          items={[
            { value: 'everyone', label: t('noticeRegister.everyone'), description: t('noticeRegister.everyoneText') },
            { value: 'chosen', label: t('noticeRegister.chosen'), description: t('noticeRegister.chosenText') },
          ]}
          onChange={({ detail }) => set({ everyone: detail.value === 'everyone' })}
        />
      </FormField>
      {!draft.everyone && (
        <FormField label={t('noticeRegister.contracts')}>
          <Multiselect
            filteringType="auto"
            options={options}
            selectedOptions={options.filter((option) => draft.projects.includes(option.value))}
            placeholder={t('common.choose')}
            empty={t('noticeRegister.noContracts')}
            onChange={({ detail }) => set({ projects: detail.selectedOptions.flatMap((option) => option.value ?? []) })}
          />
        </FormField>
      )}
      <ColumnLayout columns={2} minColumnWidth={240}>
        <Moment label={t('noticeRegister.from')} hint={t('noticeRegister.fromText')} value={draft.from} onChange={(from) => set({ from })} />
        <Moment label={t('noticeRegister.until')} hint={t('noticeRegister.untilText')} value={draft.until} onChange={(until) => set({ until })} />
      </ColumnLayout>
    </SpaceBetween>
  );
}

function Moment({ label, hint, value, onChange }: { label: string; hint: string; value: Clock; onChange: (value: Clock) => void }) {
  const { t } = useTranslation();
  return (
    <FormField label={label} description={hint}>
      <SpaceBetween direction="horizontal" size="xs">
        <DatePicker value={value.day} placeholder={t('evidence.day')} ariaLabel={label} onChange={({ detail }) => onChange({ ...value, day: detail.value })} />
        <TimeInput value={value.time} format="hh:mm" placeholder={t('noticeRegister.time')} ariaLabel={t('noticeRegister.timeOf', { what: label })} onChange={({ detail }) => onChange({ ...value, time: detail.value })} />
      </SpaceBetween>
    </FormField>
  );
}
