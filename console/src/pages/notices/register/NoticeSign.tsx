// How it stands with a notice, in a sign and a word.
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useTranslation } from 'react-i18next';
import type { Notice } from '../../../api/notices';

const SIGNS = { waiting: 'pending', shown: 'success', over: 'stopped' } as const;

export const stateOf = (notice: Notice) => (notice.endedAt ? 'ended' : notice.state);

export function NoticeSign({ notice }: { notice: Notice }) {
  const { t } = useTranslation();
  return <StatusIndicator type={SIGNS[notice.state]}>{t(`noticeRegister.states.${stateOf(notice)}`)}</StatusIndicator>;
}
