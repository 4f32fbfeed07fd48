// What of the history is shown; all of it stands in the page's address, so that it can be kept and sent to others.
import DateRangePicker, { type DateRangePickerProps } from '@cloudscape-design/components/date-range-picker';
import PropertyFilter, { type PropertyFilterProps } from '@cloudscape-design/components/property-filter';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useRegion } from '../../app/region';
import { offsetAt } from '../../ui/zone';
import type { HistoryFilter } from '../../api/history';

type Unit = DateRangePickerProps.TimeUnit;

/** milliseconds */
const UNITS: Partial<Record<Unit, number>> = {
  second: 1_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 7 * 86_400_000,
  month: 30 * 86_400_000,
  year: 365 * 86_400_000,
};
const PRESETS = [
  { key: '5-minute', amount: 5, unit: 'minute' },
  { key: 'hour', amount: 1, unit: 'hour' },
  { key: 'day', amount: 24, unit: 'hour' },
  { key: 'week', amount: 7, unit: 'day' },
  { key: 'month', amount: 30, unit: 'day' },
  { key: 'year', amount: 1, unit: 'year' },
] as const;

const PROPERTIES = ['actor', 'target', 'action', 'outcome', 'source'] as const;
type Property = (typeof PROPERTIES)[number];
const NAMES = [...PROPERTIES, 'text', 'period', 'since', 'until'] as const;
const OUTCOMES = ['success', 'failure'] as const;

interface Last {
  key: string;
  amount: number;
  unit: Unit;
}

/** "week", or "3-day" for what somebody chose himself. */
function lastOf(period: string | undefined): Last | undefined {
  const preset = PRESETS.find((each) => each.key === period);
  if (preset) return preset;
  const [, amount, unit] = /^(\d{1,5})-([a-z]+)$/.exec(period ?? '') ?? [];
  return amount && unit && unit in UNITS ? { key: period!, amount: Number(amount), unit: unit as Unit } : undefined;
}

export function useHistoryFilter() {
  const [address, setAddress] = useSearchParams();
  const [now] = useState(Date.now);
  const values = NAMES.map((name) => address.get(name) ?? '').join('\n');
  const filter: HistoryFilter = useMemo(() => {
    const [actor, target, action, outcome, source, text, period, since, until] = values.split('\n').map((value) => value || undefined);
    const last = lastOf(period);
    const from = last ? new Date(now - last.amount * (UNITS[last.unit] ?? 0)).toISOString() : since;
    return { actor, target, action, outcome, source, text, since: from, until: last ? undefined : until };
  }, [values, now]);
  const set = (changes: Record<string, string | undefined>) =>
    setAddress(
      (before) => {
        const next = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changes)) {
          if (value) next.set(name, value);
          else next.delete(name);
        }
        return next;
      },
      { replace: true },
    );
  return { filter, address, set, chosen: NAMES.some((name) => address.has(name)) };
}

export function HistoryFilters({ state }: { state: ReturnType<typeof useHistoryFilter> }) {
  const { t } = useTranslation();
  const { address, set } = state;
  const phrases: Record<string, string> = t('history.phrases', { returnObjects: true });
  const verbs: Record<string, string> = t('history.verbs', { returnObjects: true });
  const label = (name: Property) => (name === 'outcome' ? t('history.outcome') : t(`ledger.filters.${name}`));
  const inWords = (name: Property, value: string) =>
    name === 'outcome' && (value === 'success' || value === 'failure')
      ? t(`history.outcomes.${value}`)
      : name === 'action'
        ? value
            .split(',')
            .map((each) => phrases[each] ?? verbs[each] ?? each)
            .join(', ')
        : value;
  const tokens: PropertyFilterProps.Token[] = PROPERTIES.flatMap((name) => {
    const value = address.get(name);
    return value ? [{ propertyKey: name, operator: '=', value }] : [];
  });
  const text = address.get('text');
  if (text) tokens.push({ operator: ':', value: text });
  const choose = (query: PropertyFilterProps.Query) => {
    // The service knows one value of each; the newest counts. Words must all be in the event.
    const found: Record<string, string | undefined> = Object.fromEntries([...PROPERTIES, 'text'].map((name) => [name, undefined]));
    for (const { propertyKey, value } of query.tokens) {
      const given = String(value).trim();
      if (propertyKey) found[propertyKey] = given;
      else found.text = [found.text, given].filter(Boolean).join(' ');
    }
    set(found);
  };
  return (
    <div className="history-filters">
      <PropertyFilter
        query={{ tokens, operation: 'and' }}
        onChange={({ detail }) => choose(detail)}
        hideOperations
        expandToViewport
        filteringPlaceholder={t('ledger.filters.placeholder')}
        filteringAriaLabel={t('ledger.filters.words')}
        filteringProperties={PROPERTIES.map((key) => ({
          key,
          propertyLabel: label(key),
          groupValuesLabel: t('ledger.filters.values', { what: label(key) }),
          operators: [{ operator: '=', format: (value: unknown) => inWords(key, String(value)) }],
        }))}
        filteringOptions={[
          ...OUTCOMES.map((value) => ({ propertyKey: 'outcome', value, label: t(`history.outcomes.${value}`) })),
          ...[...Object.entries(phrases), ...Object.entries(verbs)]
            .filter(([value], index, all) => all.findIndex(([other]) => other === value) === index)
            .map(([value, name]) => ({ propertyKey: 'action', value, label: name })),
        ]}
      />
      <Period address={address} set={set} />
    </div>
  );
}

function Period({ address, set }: { address: URLSearchParams; set: (changes: Record<string, string | undefined>) => void }) {
  const { t } = useTranslation();
  const { timeZone } = useRegion();
  const last = lastOf(address.get('period') ?? undefined);
  const since = address.get('since');
  const until = address.get('until');
  const value: DateRangePickerProps.Value | null = last
    ? { type: 'relative', key: last.key, amount: last.amount, unit: last.unit }
    : since && until
      ? { type: 'absolute', startDate: since, endDate: until }
      : null;
  const named = (period: string) => (PRESETS.some((each) => each.key === period) ? t(`ledger.periods.${period as 'hour'}`) : '');
  const unit = (name: Unit) => t(`ledger.range.units.${name as 'day'}`);
  return (
    <DateRangePicker
      value={value}
      onChange={({ detail }) => {
        const range = detail.value;
        if (!range) set({ period: undefined, since: undefined, until: undefined });
        else if (range.type === 'relative')
          set({
            period: PRESETS.find((each) => each.key === range.key || (each.amount === range.amount && each.unit === range.unit))?.key ?? `${range.amount}-${range.unit}`,
            since: undefined,
            until: undefined,
          });
        else set({ period: undefined, since: range.startDate, until: range.endDate });
      }}
      relativeOptions={PRESETS.map(({ key, amount, unit: of }) => ({ key, amount, unit: of, type: 'relative' as const }))}
      isValidRange={(range) =>
        range?.type === 'absolute' && Date.parse(range.startDate) >= Date.parse(range.endDate)
          ? { valid: false, errorMessage: t('ledger.range.wrong') }
          : { valid: true }
      }
      placeholder={t('ledger.range.any')}
      ariaLabel={t('ledger.range.label')}
      expandToViewport
      getTimeOffset={(date) => offsetAt(date.getTime(), timeZone)}
      i18nStrings={{
        formatRelativeRange: (range) => named(range.key ?? '') || t('ledger.range.last', { amount: range.amount, unit: unit(range.unit) }),
        formatUnit: (name) => unit(name),
      }}
    />
  );
}
