// Everything that is recorded of one event, and its proof.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { readEvent, type HistoryEvent } from '../../api/history';
import { ApiError } from '../../api/http';
import { useSession } from '../../app/session';
import { Failure } from '../../ui/Failure';
import { RouteLink } from '../../ui/RouteLink';
import { useFormat } from '../../ui/useFormat';
import { EventChanges } from './EventChanges';
import { factName, type Names } from './eventNames';
import { EventProof } from './EventProof';
import { EventValue } from './EventValue';
import { useEventText } from './useEventText';
import { useResource } from './useResource';
import { reasonWords } from '../../i18n/reasons';

/** Facts that stand with who it was. */
const ABOVE = new Set(['methods', 'method', 'provider']);

/** How often an event that is not sealed yet is looked at again. */
const SOON = 10_000;

export function EventDetails({ event, onClose }: { event: HistoryEvent; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const describe = useEventText();
  const session = useSession();
  const none = t('common.none');
  const project = event.log === session.project?.id ? undefined : event.log;
  const whole = useQuery({
    queryKey: ['history-event', event.log, event.place],
    queryFn: ({ signal }) => readEvent(event.place, project, signal),
    refetchInterval: (query) => (query.state.data && !query.state.data.proof ? SOON : false),
  });
  // Its time of keeping was over between the list and now: no failure.
  const dropped = whole.error instanceof ApiError && whole.error.code === 'EventDropped';
  const resource = useResource(event, project === undefined);
  const scope = project === undefined ? '' : `project=${encodeURIComponent(project)}&`;
  const names: Names = t('history.facts', { returnObjects: true });
  const facts = Object.entries(whole.data?.attachments ?? {}).filter(([name]) => !ABOVE.has(name));
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
      <SpaceBetween size="l">
        <KeyValuePairs
          columns={2}
          items={[
            { label: t('history.time'), value: format.time(event.time) },
            { label: t('history.outcome'), value: <StatusIndicator type={describe.sign(event)}>{describe.outcome(event)}</StatusIndicator> },
            {
              label: t('history.who'),
              value: <RouteLink to={`/history?${scope}actor=${encodeURIComponent(event.initiator.id)}`}>{describe.who(event)}</RouteLink>,
            },
            { label: t('history.from'), value: event.initiator.address ?? none },
            { label: t('history.agent'), value: event.initiator.agent ?? none },
            { label: t('history.target'), value: describe.target(event) },
            {
              label: t('history.targetId'),
              value: <RouteLink to={`/history?${scope}target=${encodeURIComponent(event.target.id)}`}>{event.target.id}</RouteLink>,
            },
            ...(resource
              ? [
                  {
                    label: t('history.resource'),
                    value: resource.there ? <RouteLink to={resource.page}>{t('history.toResource', { name: describe.target(event) })}</RouteLink> : t('history.gone'),
                  },
                ]
              : []),
            { label: t('history.recordedAction'), value: event.action },
            { label: t('history.reason'), value: event.reason ? reasonWords(event.reason) : none },
            ...(event.methods ? [{ label: t('history.methods'), value: <EventValue name="methods" value={event.methods} own={false} /> }] : []),
            ...(event.provider ? [{ label: t('history.provider'), value: event.provider }] : []),
            { label: t('history.request'), value: event.requestId ?? none },
            { label: t('history.event'), value: event.id },
          ]}
        />
        {whole.data && whole.data.changes.length > 0 && <EventChanges changes={whole.data.changes} own={project === undefined} />}
        {facts.length > 0 && (
          <SpaceBetween size="s">
            <Box variant="h3">{t('ledger.facts')}</Box>
            <KeyValuePairs columns={2} items={facts.map(([name, value]) => ({
                label: factName(name, event.action, names),
                value: <EventValue name={name} value={value} action={event.action} own={project === undefined} />,
              }))} />
          </SpaceBetween>
        )}
        {dropped ? <Alert type="info">{t('failure.named.EventDropped')}</Alert> : <Failure error={whole.error} onRetry={() => void whole.refetch()} />}
        {whole.isPending ? <StatusIndicator type="loading">{t('common.loading')}</StatusIndicator> : whole.data && <EventProof whole={whole.data} />}
      </SpaceBetween>
    </Modal>
  );
}
