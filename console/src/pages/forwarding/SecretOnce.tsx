// The secret of a webhook, which is shown once.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';

export function SecretOnce({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      visible
      header={t('forwarding.secret')}
      onDismiss={onClose}
      footer={
        <Box float="right">
          <Button variant="primary" onClick={onClose}>
            {t('forwarding.secretKept')}
          </Button>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <Alert type="warning">{t('forwarding.secretOnce')}</Alert>
        <CopyToClipboard
          variant="inline"
          textToCopy={secret}
          textToDisplay={secret}
          copyButtonAriaLabel={t('forwarding.copySecret')}
          copySuccessText={t('forwarding.copied')}
          copyErrorText={t('forwarding.notCopied')}
        />
      </SpaceBetween>
    </Modal>
  );
}
