// Makes a key pair (the private key is shown this once, to be saved) or takes in a public key that the visitor has already.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createKeyPair, type KeyPair } from '../../api/compute';
import { Dialog } from '../../ui/Dialog';
import { saveText } from '../../ui/saveText';

interface CreateKeyPairProps {
  importing: boolean;
  onClose: () => void;
  onCreated: (name: string) => void;
}

const NAME = /^[A-Za-z0-9 _.@-]{1,255}$/;

export function CreateKeyPair({ importing, onClose, onCreated }: CreateKeyPairProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [publicKey, setPublicKey] = useState('');
  const [made, setMade] = useState<KeyPair | null>(null);
  if (made) return <SavePrivateKey pair={made} onClose={onClose} />;
  const wellNamed = NAME.test(name.trim());
  return (
    <Dialog
      title={t(importing ? 'keyPairs.import' : 'keyPairs.create')}
      submit={t(importing ? 'keyPairs.importSubmit' : 'common.create')}
      disabled={!wellNamed || (importing && publicKey.trim() === '')}
      onClose={onClose}
      acts={[createKeyPair.describe(name.trim(), importing ? publicKey.trim() : undefined)]}
      onSubmit={async () => {
        const pair = await createKeyPair(name.trim(), importing ? publicKey.trim() : undefined);
        await client.invalidateQueries({ queryKey: ['keyPairs'] });
        onCreated(pair.name);
        if (pair.private_key) setMade(pair);
        else onClose();
      }}
    >
      <Box>{t(importing ? 'keyPairs.importText' : 'keyPairs.createText')}</Box>
      <FormField label={t('keyPairs.name')} constraintText={t('keyPairs.nameRule')} errorText={name && !wellNamed ? t('keyPairs.nameRule') : ''}>
        <Input value={name} onChange={({ detail }) => setName(detail.value)} autoFocus spellcheck={false} />
      </FormField>
      {importing && (
        <FormField label={t('keyPairs.publicKey')} description={t('keyPairs.publicKeyHint')} stretch>
          <Textarea
            value={publicKey}
            onChange={({ detail }) => setPublicKey(detail.value)}
            rows={5}
            spellcheck={false}
            placeholder="ssh-ed25519 AAAA…"
          />
        </FormField>
      )}
    </Dialog>
  );
}

function SavePrivateKey({ pair, onClose }: { pair: KeyPair; onClose: () => void }) {
  const { t } = useTranslation();
  const [saved, setSaved] = useState(false);
  return (
    <Modal
      visible
      header={t('keyPairs.saveTitle', { name: pair.name })}
      onDismiss={onClose}
      footer={
        <Box float="right">
          <Button variant={saved ? 'primary' : 'normal'} disabled={!saved} onClick={onClose}>
            {t('common.close')}
          </Button>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <Alert type="warning">{t('keyPairs.saveText')}</Alert>
        <Button
          variant={saved ? 'normal' : 'primary'}
          iconName="download"
          onClick={() => {
            saveText(`${pair.name}.pem`, pair.private_key ?? '');
            setSaved(true);
          }}
        >
          {t('keyPairs.save')}
        </Button>
        <Box variant="code">{t('keyPairs.use', { file: `${pair.name}.pem` })}</Box>
      </SpaceBetween>
    </Modal>
  );
}
