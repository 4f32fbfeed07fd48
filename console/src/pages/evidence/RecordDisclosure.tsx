// Writes a request down as it came in.
import DatePicker from '@cloudscape-design/components/date-picker';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import RadioGroup from '@cloudscape-design/components/radio-group';
import Select from '@cloudscape-design/components/select';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CHANNELS, recordDisclosure } from '../../api/evidence';
import { Dialog } from '../../ui/Dialog';

const TEXTS = ['requester', 'theirNumber', 'legalBasis', 'project'] as const;

export function RecordDisclosure({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation();
  const [texts, setTexts] = useState<Record<(typeof TEXTS)[number], string>>({ requester: '', theirNumber: '', legalBasis: '', project: '' });
  const [channel, setChannel] = useState<(typeof CHANNELS)[number]>('letter');
  const [day, setDay] = useState('');
  const [scope, setScope] = useState('');
  const [mayTell, setMayTell] = useState<string | null>(null);
  const complete = texts.requester.trim() && texts.legalBasis.trim() && texts.project.trim() && scope.trim() && day && mayTell;
  return (
    <Dialog
      title={t('evidence.disclosures.record')}
      submit={t('evidence.disclosures.record')}
      disabled={!complete}
      size="large"
      onClose={onClose}
      onSubmit={async () => {
        await recordDisclosure({
          requester: texts.requester.trim(),
          theirNumber: texts.theirNumber.trim(),
          legalBasis: texts.legalBasis.trim(),
          project: texts.project.trim(),
          channel,
          receivedAt: `${day}T00:00:00Z`,
          scope: scope.trim(),
          mayTell: mayTell === 'yes',
        });
        onClose();
        onDone();
      }}
    >
      {TEXTS.map((field) => (
        <FormField key={field} label={t(`evidence.disclosures.${field}`)} description={t(`evidence.disclosures.hints.${field}`)}>
          <Input value={texts[field]} onChange={({ detail }) => setTexts({ ...texts, [field]: detail.value.slice(0, 200) })} name={`disclosure-${field}`} spellcheck={false} />
        </FormField>
      ))}
      <FormField label={t('evidence.disclosures.channel')}>
        <Select
          selectedOption={{ value: channel, label: t(`evidence.disclosures.channels.${channel}`) }}
          options={CHANNELS.map((value) => ({ value, label: t(`evidence.disclosures.channels.${value}`) }))}
          onChange={({ detail }) => setChannel(CHANNELS.find((one) => one === detail.selectedOption.value) ?? 'other')}
        />
      </FormField>
      <FormField label={t('evidence.disclosures.receivedAt')}>
        <DatePicker value={day} onChange={({ detail }) => setDay(detail.value)} placeholder={t('evidence.day')} />
      </FormField>
      <FormField label={t('evidence.disclosures.scope')} description={t('evidence.disclosures.hints.scope')}>
        <Textarea value={scope} onChange={({ detail }) => setScope(detail.value.slice(0, 1000))} name="disclosure-scope" rows={3} />
      </FormField>
      <FormField label={t('evidence.mayTell')} description={t('evidence.mayTellHint')}>
        <RadioGroup
          value={mayTell}
          onChange={({ detail }) => setMayTell(detail.value)}
          items={[
            { value: 'no', label: t('common.no') },
            { value: 'yes', label: t('common.yes') },
          ]}
          ariaLabel={t('evidence.mayTell')}
        />
      </FormField>
    </Dialog>
  );
}
