// The history as a file: which form, how far it has come, and how to check it.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { exportHistory, type ExportFormat, type HistoryFilter } from '../../api/history';
import { Failure } from '../../ui/Failure';
import { RouteLink } from '../../ui/RouteLink';
import { saveBlob } from '../../ui/saveText';

const FORMATS: readonly ExportFormat[] = ['jsonl', 'csv'];

interface ExportDialogProps {
  filter: HistoryFilter;
  project?: string | undefined;
  onClose: () => void;
}

export function ExportDialog({ filter, project, onClose }: ExportDialogProps) {
  const { t } = useTranslation();
  const [format, setFormat] = useState<ExportFormat>('jsonl');
  const [lines, setLines] = useState<{ come: number; of: number } | null>(null);
  const [saved, setSaved] = useState<string | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const chosen = Object.values(filter).some(Boolean);
  const busy = lines !== null && !saved && !failure;

  const run = async () => {
    const controller = new AbortController();
    stop.current = controller;
    setFailure(null);
    setSaved(null);
    setLines({ come: 0, of: 0 });
    try {
      const name = `unkai-history.${format}`;
      const blob = await exportHistory({ ...filter, project, format }, (come, of) => setLines({ come, of }), controller.signal);
      saveBlob(name, blob);
      setSaved(name);
    } catch (error) {
      if (!controller.signal.aborted) setFailure(error);
    }
  };

  return (
    <Modal
      visible
      header={t('ledger.export.title')}
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              {t(saved ? 'common.close' : 'common.cancel')}
            </Button>
            <Button variant="primary" loading={busy} onClick={() => void run()}>
              {t('ledger.export.run')}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <Box>{t(chosen ? 'ledger.export.some' : 'ledger.export.all')}</Box>
        <RadioGroup
          value={format}
          onChange={({ detail }) => setFormat(FORMATS.find((each) => each === detail.value) ?? 'jsonl')}
          items={FORMATS.map((value) => ({ value, label: t(`ledger.export.formats.${value}`), description: t(`ledger.export.about.${value}`) }))}
          ariaLabel={t('ledger.export.title')}
        />
        <Failure error={failure} header={t('ledger.export.failed')} />
        {busy && (
          <ProgressBar
            {...(lines.of > 0 && !chosen ? { value: Math.min(100, Math.round((100 * lines.come) / lines.of)) } : { value: 0 })}
            label={t('ledger.export.running', { events: lines.come })}
          />
        )}
        {saved && (
          <Alert type="success" header={t('ledger.export.done', { file: saved })}>
            {format === 'jsonl' ? (
              <SpaceBetween size="xs">
                <Box>{t('ledger.export.check')}</Box>
                <Box variant="code">{`./unkai verify ${saved} --key ledger.pem`}</Box>
                <Box>
                  {t('ledger.export.key')} <RouteLink to="/ledger">{t('ledger.toPublic')}</RouteLink>
                </Box>
              </SpaceBetween>
            ) : (
              t('ledger.export.noCheck')
            )}
          </Alert>
        )}
      </SpaceBetween>
    </Modal>
  );
}
