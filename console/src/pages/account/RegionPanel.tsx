// How this browser writes times and numbers for the visitor.
import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Select from '@cloudscape-design/components/select';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../app/language';
import { changeRegion, TIME_ZONES, useRegion, type Region } from '../../app/region';
import { formatDay, formatNumber, formatTime } from '../../ui/format';

const DATES = ['language', 'iso'] as const;
const NUMBERS = ['language', 'de', 'fr'] as const;
const EXAMPLE = 1_234.5;

export function RegionPanel() {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const region = useRegion();
  const [now] = useState(() => new Date().toISOString());
  const dates = DATES.map((value) => ({ value, label: formatDay(now, language, { ...region, dates: value }) }));
  const numbers = NUMBERS.map((value) => ({ value, label: formatNumber(EXAMPLE, language, { ...region, numbers: value }) }));
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <Container
      header={
        <Header variant="h2" description={t('account.region.text')}>
          {t('account.region.title')}
        </Header>
      }
    >
      <ColumnLayout columns={3}>
        <FormField label={t('account.region.zone')} constraintText={t('account.region.now', { time: formatTime(now, language, region) })}>
          <Select
            filteringType="auto"
            virtualScroll
            options={TIME_ZONES.map((value) => ({ value, label: value, ...(value === here ? { description: t('account.region.here') } : {}) }))}
            selectedOption={{ value: region.timeZone, label: region.timeZone }}
            onChange={({ detail }) => changeRegion({ timeZone: detail.selectedOption.value ?? region.timeZone })}
            filteringPlaceholder={t('table.search')}
            filteringAriaLabel={t('table.search')}
          />
        </FormField>
        <FormField label={t('account.region.dates')}>
          <Select
            options={dates}
            selectedOption={dates.find((each) => each.value === region.dates) ?? null}
            onChange={({ detail }) => changeRegion({ dates: detail.selectedOption.value as Region['dates'] })}
          />
        </FormField>
        <FormField label={t('account.region.numbers')}>
          <Select
            options={numbers}
            selectedOption={numbers.find((each) => each.value === region.numbers) ?? null}
            onChange={({ detail }) => changeRegion({ numbers: detail.selectedOption.value as Region['numbers'] })}
          />
        </FormField>
      </ColumnLayout>
    </Container>
  );
}
