// In which form the history is exported.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PDF_MOST, readSealed, type ExportFormat, type HistoryFilter } from '../../api/history';
import { useFormat } from '../../ui/useFormat';
import { useExport } from './useExport';

const FORMATS: readonly ExportFormat[] = ['jsonl', 'csv', 'pdf'];

interface ExportDialogProps {
  filter: HistoryFilter;
  project?: string | undefined;
  onClose: () => void;
}

export function ExportDialog({ filter, project, onClose }: ExportDialogProps) {
  const { t } = useTranslation();
  const [format, setFormat] = useState<ExportFormat>('jsonl');
  const write = useFormat();
  const run = useExport();
  const chosen = Object.values(filter).some(Boolean);
  const sealed = useQuery({ queryKey: ['history-sealed', project ?? ''], queryFn: ({ signal }) => readSealed(project, signal), staleTime: 60_000, retry: false });
  const tooMany = !chosen && (sealed.data ?? 0) > PDF_MOST;
  return (
    <Modal
      visible
      header={t('ledger.export.title')}
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button
              variant="primary"
              disabled={format === 'pdf' && tooMany}
              onClick={() => {
                void run(filter, project, format);
                onClose();
              }}
            >
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
        {format === 'pdf' && tooMany && (
          <Alert type="warning">{t('ledger.export.tooMany', { events: write.number(sealed.data ?? 0) })}</Alert>
        )}
        {format === 'pdf' && chosen && (sealed.data ?? 0) > PDF_MOST && <Alert type="info">{t('ledger.export.perhapsMany')}</Alert>}
      </SpaceBetween>
    </Modal>
  );
}
