// One package: its parts as they come, who had it in hands, and what can be done with it now.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Modal from '@cloudscape-design/components/modal';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bind, type Bound } from '../../api/act';
import { destroyPackage, giveUpPackage, noteCustody, packageFile } from '../../api/evidence';
import { open } from '../../api/http';
import { queries } from '../../api/queries';
import { useMay } from '../../app/rights';
import { Failure } from '../../ui/Failure';
import { saveBlob } from '../../ui/saveText';
import { useFormat } from '../../ui/useFormat';
import { Waiting } from '../../ui/Waiting';
import { Ask } from './Ask';
import { Entries } from './Entries';
import { RequestLink } from './RequestLink';
import { useObstacle } from './useObstacle';

const PART_SIGNS = { wanted: 'in-progress', done: 'success', missing: 'warning' } as const;

type Step = 'giveUp' | 'read' | 'handOver' | 'destroy';

export function PackageDetails({ id, onClose, onDone }: { id: string; onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useMay();
  const obstacle = useObstacle();
  const [step, setStep] = useState<Step | null>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const answer = useQuery(queries.package(id));
  const whole = answer.data;
  const one = whole?.evidence;
  const ready = whole?.parts.filter((part) => part.state !== 'wanted').length ?? 0;
  const save = async () => {
    setBusy(true);
    setFailure(null);
    try {
      saveBlob(`unkai-evidence-${one?.name ?? ''}.tar`, await (await open(packageFile(id))).blob());
      onDone();
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  const take = (words: string, first: string): Bound => {
    switch (step) {
      case 'giveUp':
        return bind(giveUpPackage, id, words);
      case 'destroy':
        return bind(destroyPackage, id, words);
      case 'handOver':
        return bind(noteCustody, id, 'hand-over', first, words);
      default:
        return bind(noteCustody, id, 'read', '', words);
    }
  };
  const steps: Step[] = one?.state === 'collecting' ? ['giveUp'] : one?.state === 'sealed' ? ['read', 'handOver', 'destroy'] : [];
  return (
    <Modal visible size="max" header={one ? `${one.name} (${one.reference})` : ''} onDismiss={onClose} footer={<Button onClick={onClose}>{t('common.close')}</Button>}>
      {answer.isPending && <Waiting />}
      <Failure error={answer.error} onRetry={() => void answer.refetch()} />
      {whole && one && (
        <SpaceBetween size="l">
          {one.obstacle && <Alert type="warning">{obstacle(one.obstacle)}</Alert>}
          <Failure error={failure} />
          {may('evidence:package:handle') && (
            <SpaceBetween direction="horizontal" size="xs">
              {one.state === 'sealed' && (
                <Button variant="primary" loading={busy} onClick={() => void save()}>
                  {t('evidence.packages.download')}
                </Button>
              )}
              {steps.map((what) => (
                <Button key={what} onClick={() => setStep(what)}>
                  {t(`evidence.packages.handling.${what}`)}
                </Button>
              ))}
            </SpaceBetween>
          )}
          {one.state === 'collecting' && (
            <ProgressBar label={t('evidence.packages.progress')} value={(100 * ready) / Math.max(1, whole.parts.length)} additionalInfo={t('evidence.packages.progressText', { ready, all: whole.parts.length })} />
          )}
          {one.state === 'sealed' && <Box>{t('evidence.packages.check')}</Box>}
          <KeyValuePairs
            columns={3}
            items={[
              { label: t('servers.status'), value: t(`evidence.packages.states.${one.state}`) },
              { label: t('breakGlass.project'), value: <code>{one.project}</code> },
              { label: t('evidence.packages.server'), value: one.server ? <code>{one.server}</code> : '–' },
              { label: t('breakGlass.reason'), value: one.reason },
              { label: t('evidence.mayTell'), value: t(one.mayTell ? 'common.yes' : 'common.no') },
              { label: t('evidence.packages.disclosure'), value: one.disclosure ? <RequestLink id={one.disclosure} /> : '–' },
              ...(one.toldLater ? [{ label: t('evidence.packages.history'), value: one.toldAt ? t('evidence.packages.historyTold', { time: format.time(one.toldAt) }) : t('evidence.packages.historyLater') }] : []),
              { label: t('evidence.packages.keepUntil'), value: one.keepUntil ? format.time(one.keepUntil) : '–' },
            ]}
          />
          <Table
            variant="embedded"
            items={whole.parts}
            trackBy="name"
            wrapLines
            columnDefinitions={[
              { id: 'name', header: t('evidence.packages.part'), isRowHeader: true, minWidth: 160, cell: (part) => <code>{part.name}</code> },
              { id: 'kind', header: t('evidence.packages.kind'), minWidth: 150, cell: (part) => t(`evidence.packages.kinds.${part.kind}`) },
              {
                id: 'state',
                header: t('servers.status'),
                minWidth: 150,
                cell: (part) => (
                  <>
                    <StatusIndicator type={PART_SIGNS[part.state]}>{t(`evidence.packages.partStates.${part.state}`)}</StatusIndicator>
                    {part.obstacle && <Box fontSize="body-s">{obstacle(part.obstacle)}</Box>}
                  </>
                ),
              },
              { id: 'size', header: t('evidence.packages.size'), minWidth: 90, cell: (part) => (part.size ? format.bytes(part.size) : '–') },
              { id: 'hash', header: t('evidence.packages.hash'), minWidth: 180, cell: (part) => <span style={{ overflowWrap: 'anywhere', fontFamily: 'monospace' }}>{part.sha256 ?? '–'}</span> },
            ]}
          />
          <Entries title={t('evidence.packages.custody')} entries={whole.custody} />
          {step && (
            <Ask
              title={t(`evidence.packages.handling.${step}`)}
              text={t(`evidence.packages.handlingText.${step}`)}
              label={t('evidence.note')}
              {...(step === 'handOver' ? { first: t('evidence.disclosures.handedTo') } : {})}
              onClose={() => setStep(null)}
              does={take}
              onDone={onDone}
            />
          )}
        </SpaceBetween>
      )}
    </Modal>
  );
}
