// What of the history is shown; all of it stands in the page's address, so that it can be kept and sent to others.
import Button from '@cloudscape-design/components/button';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { HistoryFilter } from '../../api/history';

const HOURS = { hour: 1, day: 24, week: 7 * 24, month: 30 * 24, year: 365 * 24 } as const;
type Period = keyof typeof HOURS;

const NAMES = ['outcome', 'period', 'actor', 'target', 'action', 'since', 'until'] as const;
type Name = (typeof NAMES)[number];
const OUTCOMES = ['success', 'failure'] as const;
const TYPED = ['actor', 'target', 'action'] as const;

export function useHistoryFilter() {
  const [address, setAddress] = useSearchParams();
  const [now] = useState(Date.now);
  const values = NAMES.map((name) => address.get(name) ?? '').join('\n');
  const filter: HistoryFilter = useMemo(() => {
    const [outcome, period, actor, target, action, since, until] = values.split('\n').map((value) => value || undefined);
    const hours = HOURS[period as Period];
    return { outcome, actor, target, action, since: hours ? new Date(now - hours * 3_600_000).toISOString() : since, until };
  }, [values, now]);
  const set = (name: Name, value: string) =>
    setAddress(
      (before) => {
        const next = new URLSearchParams(before);
        if (value) next.set(name, value);
        else next.delete(name);
        return next;
      },
      { replace: true },
    );
  const clear = () => setAddress(new URLSearchParams(), { replace: true });
  return { filter, address, set, clear, chosen: NAMES.some((name) => address.has(name)) };
}

export function HistoryFilters({ state }: { state: ReturnType<typeof useHistoryFilter> }) {
  const { t } = useTranslation();
  const { address, set, clear, chosen } = state;
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <Choice
        label={t('history.outcome')}
        value={address.get('outcome')}
        options={OUTCOMES.map((value) => ({ value, label: t(`history.outcomes.${value}`) }))}
        onChange={(value) => set('outcome', value)}
      />
      <Choice
        label={t('ledger.period')}
        value={address.get('period')}
        options={(Object.keys(HOURS) as Period[]).map((value) => ({ value, label: t(`ledger.periods.${value}`) }))}
        onChange={(value) => set('period', value)}
      />
      {TYPED.map((name) => (
        <Typed key={name} label={t(`ledger.filters.${name}`)} value={address.get(name) ?? ''} onChange={(value) => set(name, value)} />
      ))}
      {chosen && <Button onClick={clear}>{t('ledger.filters.clear')}</Button>}
    </SpaceBetween>
  );
}

interface ChoiceProps {
  label: string;
  value: string | null;
  options: { value: string; label: string }[];
  onChange: (value: string) => void;
}

function Choice({ label, value, options, onChange }: ChoiceProps) {
  const { t } = useTranslation();
  const any = { value: '', label: t('firewall.any', { what: label }) };
  return (
    <Select
      selectedOption={options.find((option) => option.value === value) ?? any}
      options={[any, ...options]}
      ariaLabel={label}
      expandToViewport
      onChange={({ detail }) => onChange(detail.selectedOption.value ?? '')}
    />
  );
}

/** Looks for what was typed when the field is left or Enter is pressed. */
function Typed({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const done = () => {
    if (text.trim() !== value) onChange(text.trim());
  };
  return (
    <Input
      value={text}
      placeholder={label}
      ariaLabel={label}
      type="search"
      onChange={({ detail }) => {
        setText(detail.value);
        if (detail.value === '' && value) onChange('');
      }}
      onBlur={done}
      onKeyDown={({ detail }) => {
        if (detail.key === 'Enter') done();
      }}
    />
  );
}
