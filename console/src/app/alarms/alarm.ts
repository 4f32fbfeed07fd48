// Something that waits for the visitor, or does not work: what, what to do next, and where.
import type { StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';

export interface Alarm {
  key: string;
  sign: Extract<StatusIndicatorProps.Type, 'error' | 'warning' | 'pending' | 'info'>;
  text: string;
  /** What to do about it. */
  next: string;
  to: string;
  /** Since when, or until when, in words. */
  time?: string;
}

const ORDER: readonly Alarm['sign'][] = ['error', 'warning', 'pending', 'info'];

/** What cannot wait first. */
export const inOrder = (alarms: readonly Alarm[]): Alarm[] => [...alarms].sort((left, right) => ORDER.indexOf(left.sign) - ORDER.indexOf(right.sign));
