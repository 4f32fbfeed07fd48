// Everything that is recorded of one event.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Modal from '@cloudscape-design/components/modal';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useTranslation } from 'react-i18next';
import type { HistoryEvent } from '../../api/history';
import { useFormat } from '../../ui/useFormat';
import { useEventText } from './useEventText';

export function EventDetails({ event, onClose }: { event: HistoryEvent; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const describe = useEventText();
  const none = t('common.none');
  return (
    <Modal
      visible
      size="large"
      header={describe.action(event)}
      onDismiss={onClose}
      footer={
        <Box float="right">
          <Button onClick={onClose}>{t('common.close')}</Button>
        </Box>
      }
    >
      <KeyValuePairs
        columns={2}
        items={[
          { label: t('history.time'), value: format.time(event.time) },
          { label: t('history.outcome'), value: <StatusIndicator type={describe.sign(event)}>{describe.outcome(event)}</StatusIndicator> },
          { label: t('history.who'), value: describe.who(event) },
          { label: t('history.from'), value: event.initiator.address ?? none },
          { label: t('history.agent'), value: event.initiator.agent ?? none },
          { label: t('history.target'), value: describe.target(event) },
          { label: t('history.targetId'), value: event.target.id },
          { label: t('history.recordedAction'), value: event.action },
          { label: t('history.reason'), value: event.reason ?? none },
          ...(event.methods ? [{ label: t('history.methods'), value: event.methods }] : []),
          ...(event.provider ? [{ label: t('history.provider'), value: event.provider }] : []),
          { label: t('history.request'), value: event.requestId ?? none },
          { label: t('history.event'), value: event.id },
        ]}
      />
    </Modal>
  );
}
