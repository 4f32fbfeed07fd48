// Asks for a schedule, new or changed, and says in words when it will act.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Checkbox from '@cloudscape-design/components/checkbox';
import DatePicker from '@cloudscape-design/components/date-picker';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import RadioGroup from '@cloudscape-design/components/radio-group';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import TimeInput from '@cloudscape-design/components/time-input';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { regionNow, TIME_ZONES } from '../../../app/region';
import { bind } from '../../../api/act';
import { changeSchedule, createSchedule, DAYS, DOES, settingOf, type Does, type Schedule, type ScheduleSetting } from '../../../api/schedules';
import { Dialog } from '../../../ui/Dialog';
import { useScheduleText } from './useScheduleText';

const WORKDAYS = DAYS.slice(0, 5);
const MOST_KEPT = 100;

const proposal = (): ScheduleSetting => ({
  name: '',
  action: 'stop',
  days: [...WORKDAYS],
  date: null,
  time: '19:00',
  timeZone: regionNow().timeZone,
  keep: null,
  enabled: true,
});

interface ScheduleFormProps {
  server: string;
  /** To be changed; without it a new one is made. */
  schedule?: Schedule;
  onClose: () => void;
}

export function ScheduleForm({ server, schedule, onClose }: ScheduleFormProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const text = useScheduleText();
  const [setting, setSetting] = useState<ScheduleSetting>(() => (schedule ? settingOf(schedule) : proposal()));
  const change = (part: Partial<ScheduleSetting>) => setSetting((before) => ({ ...before, ...part }));
  const once = setting.date !== null;
  const keepWrong = setting.action === 'snapshot' && !(setting.keep !== null && setting.keep >= 1 && setting.keep <= MOST_KEPT);
  const timeWrong = !/^\d\d:\d\d$/.test(setting.time);
  const wrong = timeWrong || keepWrong || (once ? setting.date === '' : setting.days.length === 0);
  const name = setting.name.trim() || t(`schedules.does.${setting.action}`);
  const actions = DOES.map((value) => ({ value, label: t(`schedules.does.${value}`), description: t(`schedules.doesText.${value}`) }));
  const wanted = { ...setting, name };
  const { act, perform } = schedule ? bind(changeSchedule, server, schedule.id, wanted) : bind(createSchedule, server, wanted);
  return (
    <Dialog
      title={t(schedule ? 'schedules.changeTitle' : 'schedules.addTitle')}
      submit={t(schedule ? 'common.save' : 'common.add')}
      disabled={wrong}
      onClose={onClose}
      acts={[act]}
      onSubmit={async () => {
        await perform();
        await client.invalidateQueries({ queryKey: ['servers', server] });
        onClose();
      }}
    >
      <FormField label={t('schedules.action')}>
        <Select
          options={actions}
          selectedOption={actions.find((each) => each.value === setting.action) ?? null}
          onChange={({ detail }) => {
            const action = detail.selectedOption.value as Does;
            change({ action, keep: action === 'snapshot' ? 7 : null });
          }}
        />
      </FormField>
      {setting.action === 'snapshot' && (
        <FormField label={t('schedules.keep')} description={t('schedules.keepHint')} errorText={keepWrong ? t('schedules.keepWrong', { most: MOST_KEPT }) : ''}>
          <Input
            type="number"
            value={setting.keep === null ? '' : String(setting.keep)}
            onChange={({ detail }) => change({ keep: detail.value === '' ? null : Number(detail.value) })}
          />
        </FormField>
      )}
      <FormField label={t('schedules.repeat')}>
        <RadioGroup
          value={once ? 'once' : 'weekly'}
          onChange={({ detail }) => change(detail.value === 'once' ? { days: [], date: '' } : { days: [...WORKDAYS], date: null })}
          items={[
            { value: 'weekly', label: t('schedules.everyWeek') },
            { value: 'once', label: t('schedules.onDate') },
          ]}
        />
      </FormField>
      {once ? (
        <FormField label={t('schedules.date')}>
          <DatePicker value={setting.date ?? ''} onChange={({ detail }) => change({ date: detail.value })} placeholder={t('schedules.datePlaceholder')} />
        </FormField>
      ) : (
        <FormField label={t('schedules.days')} errorText={setting.days.length === 0 ? t('schedules.daysWrong') : ''}>
          <SpaceBetween size="xs">
            <SpaceBetween direction="horizontal" size="m">
              {DAYS.map((day) => (
                <Checkbox
                  key={day}
                  checked={setting.days.includes(day)}
                  ariaLabel={t(`schedules.long.${day}`)}
                  onChange={({ detail }) => change({ days: DAYS.filter((each) => (each === day ? detail.checked : setting.days.includes(each))) })}
                >
                  {t(`schedules.short.${day}`)}
                </Checkbox>
              ))}
            </SpaceBetween>
            <SpaceBetween direction="horizontal" size="m">
              <Button variant="inline-link" onClick={() => change({ days: [...WORKDAYS] })}>
                {t('schedules.workdays')}
              </Button>
              <Button variant="inline-link" onClick={() => change({ days: [...DAYS] })}>
                {t('schedules.everyDay')}
              </Button>
            </SpaceBetween>
          </SpaceBetween>
        </FormField>
      )}
      <FormField label={t('schedules.time')} errorText={timeWrong ? t('schedules.timeWrong') : ''}>
        <TimeInput format="hh:mm" value={setting.time} onChange={({ detail }) => change({ time: detail.value })} placeholder={t('schedules.timePlaceholder')} />
      </FormField>
      <FormField label={t('schedules.zone')}>
        <Select
          filteringType="auto"
          options={TIME_ZONES.map((value) => ({ value, label: value }))}
          selectedOption={{ value: setting.timeZone, label: setting.timeZone }}
          onChange={({ detail }) => change({ timeZone: detail.selectedOption.value ?? setting.timeZone })}
          filteringPlaceholder={t('table.search')}
          virtualScroll
        />
      </FormField>
      <FormField label={t('servers.name')} description={t('schedules.nameHint')}>
        <Input value={setting.name} placeholder={name} onChange={({ detail }) => change({ name: detail.value })} />
      </FormField>
      {!wrong && <Box color="text-body-secondary">{t('schedules.summary', { when: text.when(setting), zone: setting.timeZone, does: text.does(setting) })}</Box>}
    </Dialog>
  );
}
