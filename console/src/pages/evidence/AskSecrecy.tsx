// Asks that the customer is not told of a request before a day.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import DatePicker from '@cloudscape-design/components/date-picker';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { askSecrecy } from '../../api/evidence';
import { Dialog } from '../../ui/Dialog';
import { beginOf } from './days';

/** What the service takes; the day after tomorrow's beginning is never in the past, wherever one is. */
const LONGEST_DAYS = 180;
const DAY = 86_400_000;

export function AskSecrecy({ id, onClose, onDone }: { id: string; onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation();
  const [day, setDay] = useState('');
  const [ground, setGround] = useState('');
  return (
    <Dialog
      title={t('evidence.disclosures.steps.askSecrecy')}
      submit={t('evidence.disclosures.steps.askSecrecy')}
      disabled={!day || !ground.trim()}
      onClose={onClose}
      acts={day ? [askSecrecy.describe(id, beginOf(day), ground.trim())] : []}
      onSubmit={async () => {
        await askSecrecy(id, beginOf(day), ground.trim());
        onDone();
      }}
    >
      <Box>{t('evidence.secrecy.text')}</Box>
      <FormField label={t('evidence.secrecy.until')} description={t('evidence.secrecy.longest', { days: LONGEST_DAYS })}>
        <DatePicker
          value={day}
          onChange={({ detail }) => setDay(detail.value)}
          placeholder={t('evidence.day')}
          isDateEnabled={(date) => date.getTime() > Date.now() && date.getTime() <= Date.now() + LONGEST_DAYS * DAY}
        />
      </FormField>
      <FormField label={t('evidence.secrecy.ground')} description={t('evidence.secrecy.groundHint')}>
        <Input value={ground} onChange={({ detail }) => setGround(detail.value.slice(0, 200))} name="secrecy-ground" />
      </FormField>
      <Alert type="warning">{t('evidence.secrecy.ends')}</Alert>
    </Dialog>
  );
}
