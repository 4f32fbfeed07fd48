// A new credential with its secret, which is shown this once; and the files that clients read it from.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';
import type { MadeCredential } from '../../api/credentials';
import { saveText } from '../../ui/saveText';
import { cloudsYaml, openrc } from './cloudFiles';

interface SecretShownProps {
  made: MadeCredential;
  /** The one whose place it takes. */
  old?: string | undefined;
  onClose: () => void;
}

export function SecretShown({ made, old, onClose }: SecretShownProps) {
  const { t } = useTranslation();
  const copied = (what: string, text: string) => (
    <CopyToClipboard variant="inline" textToCopy={text} textToDisplay={text} copyButtonAriaLabel={t('common.copy', { what })} copySuccessText={t('common.copied')} copyErrorText={t('common.copyFailed')} />
  );
  return (
    <Modal
      visible
      size="large"
      header={t('credentials.madeTitle', { name: made.name })}
      onDismiss={onClose}
      footer={
        <Box float="right">
          <Button variant="primary" onClick={onClose}>
            {t('credentials.kept')}
          </Button>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <Alert type="warning">{t('credentials.once')}</Alert>
        <KeyValuePairs
          columns={1}
          items={[
            { label: t('common.id'), value: copied(t('common.id'), made.id) },
            { label: t('credentials.secret'), value: copied(t('credentials.secret'), made.secret) },
          ]}
        />
        <SpaceBetween direction="horizontal" size="xs">
          <Button iconName="download" onClick={() => saveText('clouds.yaml', cloudsYaml(made))}>
            {t('credentials.cloudsYaml')}
          </Button>
          <Button iconName="download" onClick={() => saveText('unkai-openrc.sh', openrc(made))}>
            {t('credentials.openrc')}
          </Button>
        </SpaceBetween>
        <Box color="text-body-secondary">{t('credentials.files')}</Box>
        {old !== undefined && <Alert type="info">{t('credentials.thenDelete', { name: old })}</Alert>}
      </SpaceBetween>
    </Modal>
  );
}
