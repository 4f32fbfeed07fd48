// What an event says, in the reader's language; an action or a kind that has no words here is shown as it was recorded.
import type { StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { HistoryEvent } from '../../api/history';

const OUTCOMES = { success: 'success', failure: 'error', pending: 'pending', unknown: 'info' } as const satisfies Record<
  string,
  StatusIndicatorProps.Type
>;

/** The type of an initiator that is a schedule of the customer's. */
const SCHEDULE = 'service/compute/schedule';

type Outcome = keyof typeof OUTCOMES;
const known = (outcome: string): Outcome => (outcome in OUTCOMES ? (outcome as Outcome) : 'unknown');

/** "compute/server" → "server" */
const kindOf = (event: HistoryEvent) => event.target.type.split('/').at(-1) ?? '';

export function useEventText() {
  const { t } = useTranslation();
  return useMemo(() => {
    const phrases: Record<string, string> = t('history.phrases', { returnObjects: true });
    const verbs: Record<string, string> = t('history.verbs', { returnObjects: true });
    const kinds: Record<string, string> = t('history.kinds', { returnObjects: true });
    return {
      action: (event: HistoryEvent) => {
        const phrase = phrases[event.action];
        if (phrase) return phrase;
        if (event.target.type === 'service/request') return t('history.refused', { action: event.action });
        const verb = verbs[event.action];
        const kind = kinds[kindOf(event)];
        return verb && kind ? t('history.actionText', { verb, kind }) : [event.action, kind].filter((part) => part).join(' ');
      },
      outcome: (event: HistoryEvent) => t(`history.outcomes.${known(event.outcome)}`),
      sign: (event: HistoryEvent): StatusIndicatorProps.Type => OUTCOMES[known(event.outcome)],
      who: (event: HistoryEvent) => {
        const name = event.initiator.name || event.initiator.id;
        return event.initiator.type === SCHEDULE ? t('schedules.by', { name }) : name;
      },
      /** Ports and others may have an empty name. */
      target: (event: HistoryEvent) => event.target.name || event.target.id,
    };
  }, [t]);
}
