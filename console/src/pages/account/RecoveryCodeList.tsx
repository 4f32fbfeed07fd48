// The codes for a lost device: shown this once, to be printed or kept as a file.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';
import { saveText } from '../../ui/saveText';

interface RecoveryCodeListProps {
  codes: readonly string[];
  onKept: () => void;
}

export function RecoveryCodeList({ codes, onKept }: RecoveryCodeListProps) {
  const { t } = useTranslation();
  const text = codes.join('\n');
  return (
    <SpaceBetween size="m">
      <Alert type="warning" header={t('account.codes.once')}>
        {t('account.codes.text')}
      </Alert>
      <Box variant="code">
        <ul className="recovery-codes">
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
      </Box>
      <SpaceBetween direction="horizontal" size="xs">
        <CopyToClipboard
          copyButtonText={t('account.codes.copy')}
          copySuccessText={t('common.copied')}
          copyErrorText={t('common.copyFailed')}
          textToCopy={text}
        />
        <Button iconName="download" onClick={() => saveText('unkai-recovery-codes.txt', `${text}\n`)}>
          {t('account.codes.save')}
        </Button>
        <Button variant="primary" onClick={onKept}>
          {t('account.codes.kept')}
        </Button>
      </SpaceBetween>
    </SpaceBetween>
  );
}
