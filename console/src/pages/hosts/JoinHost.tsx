// The command by which one more machine becomes a host: made here, shown once.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { makeJoinCommand, type JoinCommand } from '../../api/hosts';
import { Dialog } from '../../ui/Dialog';
import { useFormat } from '../../ui/useFormat';

export function JoinHost({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [made, setMade] = useState<JoinCommand | null>(null);
  if (!made) {
    return (
      <Dialog title={t('hosts.join')} submit={t('hosts.makeCommand')} onClose={onClose} acts={[makeJoinCommand.describe()]} onSubmit={async () => setMade(await makeJoinCommand())}>
        <Box>{t('hosts.joinText')}</Box>
      </Dialog>
    );
  }
  return (
    <Modal
      visible
      size="large"
      header={t('hosts.join')}
      onDismiss={onClose}
      footer={
        <Box float="right">
          <Button variant="primary" onClick={onClose}>
            {t('common.close')}
          </Button>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <Box>{t('hosts.commandText')}</Box>
        <Box variant="code">
          <span style={{ wordBreak: 'break-all' }}>{made.command}</span>
        </Box>
        <CopyToClipboard
          copyButtonText={t('hosts.copy')}
          copySuccessText={t('hosts.copied')}
          copyErrorText={t('hosts.notCopied')}
          textToCopy={made.command}
        />
        <Alert type="info">{t('hosts.commandOnce', { time: format.time(made.expiresAt) })}</Alert>
      </SpaceBetween>
    </Modal>
  );
}
