// How it stands with a mail.
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import { useTranslation } from 'react-i18next';
import type { Mail } from '../../api/mail';

const SIGNS = { waiting: 'pending', sent: 'success', failed: 'error', here: 'stopped' } as const satisfies Record<string, StatusIndicatorProps.Type>;

/** Without a relay a mail does not wait to be sent, it stays. */
export const standing = (mail: Mail, relay: string | null) => (mail.state === 'waiting' && relay === null ? 'here' : mail.state);

export function MailSign({ mail, relay }: { mail: Mail; relay: string | null }) {
  const { t } = useTranslation();
  const shown = standing(mail, relay);
  return <StatusIndicator type={SIGNS[shown]}>{t(`mail.states.${shown}`)}</StatusIndicator>;
}
