// Whether the customer may know; nobody is to answer that by not looking, so neither answer is chosen before.
import FormField from '@cloudscape-design/components/form-field';
import RadioGroup from '@cloudscape-design/components/radio-group';
import { useTranslation } from 'react-i18next';

interface MayTellProps {
  value: string | null;
  errorText?: string;
  onChange: (value: string) => void;
}

export function MayTell({ value, errorText = '', onChange }: MayTellProps) {
  const { t } = useTranslation();
  return (
    <FormField label={t('evidence.mayTell')} description={t('evidence.mayTellHint')} errorText={errorText}>
      <RadioGroup
        value={value}
        onChange={({ detail }) => onChange(detail.value)}
        items={[
          { value: 'no', label: t('common.no') },
          { value: 'yes', label: t('common.yes') },
        ]}
        ariaLabel={t('evidence.mayTell')}
      />
    </FormField>
  );
}
