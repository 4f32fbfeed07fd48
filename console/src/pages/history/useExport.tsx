// A history on its way to a file: it goes on, with its progress shown, while the visitor is on another page.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';
import { exportHistory, type ExportFormat, type HistoryFilter } from '../../api/history';
import { useLanguage } from '../../app/language';
import { useNotices } from '../../app/notices';
import { usePieces } from '../../app/unfinished';
import { RouteLink } from '../../ui/RouteLink';
import { saveBlob } from '../../ui/saveText';
import { useFormat } from '../../ui/useFormat';

export function useExport() {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { show, dismiss, failed } = useNotices();
  const form = useFormat();
  const pieces = usePieces();
  return async (filter: HistoryFilter, project: string | undefined, format: ExportFormat) => {
    const id = crypto.randomUUID();
    const cancel = new AbortController();
    const name = `unkai-history.${format}`;
    const whole = !Object.values(filter).some(Boolean);
    const known = (of: number) => whole && of > 0 && format !== 'pdf';
    const progress = ({ lines, bytes, of }: { lines: number; bytes: number; of: number }) =>
      show({
        id,
        type: 'in-progress',
        loading: true,
        content: (
          <ProgressBar
            variant="flash"
            value={known(of) ? Math.min(100, Math.floor((100 * lines) / of)) : 0}
            label={t('ledger.export.title')}
            description={
              format === 'pdf'
                ? t('ledger.export.bytes', { size: form.bytes(bytes) })
                : t(known(of) ? 'ledger.export.runningOf' : 'ledger.export.running', { events: lines, of })
            }
          />
        ),
        action: <Button onClick={() => cancel.abort()}>{t('common.cancel')}</Button>,
      });
    progress({ lines: 0, bytes: 0, of: 0 });
    pieces.begun(id, 'export', name);
    try {
      saveBlob(name, await exportHistory({ ...filter, project, format, language }, progress, cancel.signal));
      show({ id, type: 'success', dismissible: true, header: t('ledger.export.done', { file: name }), content: <Check name={name} format={format} /> });
    } catch (error) {
      dismiss(id);
      if (!cancel.signal.aborted) failed(t('ledger.export.failed'), error);
    } finally {
      pieces.ended(id);
    }
  };
}

/** How the file is checked. */
function Check({ name, format }: { name: string; format: ExportFormat }) {
  const { t } = useTranslation();
  if (format !== 'jsonl') return t('ledger.export.noCheck');
  return (
    <SpaceBetween size="xs">
      <Box color="inherit">{t('ledger.export.check')}</Box>
      <Box color="inherit" variant="code">{`./unkai verify ${name} --key ledger.pem`}</Box>
      <Box color="inherit">
        {t('ledger.export.key')} <RouteLink to="/ledger">{t('ledger.toPublic')}</RouteLink>
      </Box>
    </SpaceBetween>
  );
}
