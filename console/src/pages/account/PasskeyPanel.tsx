// One's passkeys: what there are, making, renaming and removing one.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SecondFactor } from '../../api/account';
import { beginPasskey, makePasskey, passkeysSupported, registerPasskey, removePasskey, renamePasskey, type Passkey } from '../../api/passkeys';
import { Dialog } from '../../ui/Dialog';
import { useFormat } from '../../ui/useFormat';
import { ProofDialog } from './ProofDialog';
import { RecoveryCodeList } from './RecoveryCodeList';

/** As the service takes it. */
export const LONGEST_NAME = 64;

interface PasskeyPanelProps {
  factor: SecondFactor;
  onChanged: () => void;
}

export function PasskeyPanel({ factor, onChanged }: PasskeyPanelProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [adding, setAdding] = useState(false);
  const [renaming, setRenaming] = useState<Passkey | null>(null);
  const [removing, setRemoving] = useState<Passkey | null>(null);
  const [name, setName] = useState('');
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const possible = factor.passkeysPossible && passkeysSupported();
  const nameField = (
    <FormField label={t('account.passkeys.name')} description={t('account.passkeys.nameHint')}>
      <Input value={name} onChange={({ detail }) => setName(detail.value.slice(0, LONGEST_NAME))} name="passkey-name" spellcheck={false} />
    </FormField>
  );
  return (
    <>
      <Table
        header={
          <Header
            description={t(possible ? 'account.passkeys.text' : factor.passkeysPossible ? 'account.passkeys.trouble.unsupported' : 'account.passkeys.noName')}
            actions={
              <Button
                disabled={!possible}
                onClick={() => {
                  setName('');
                  setAdding(true);
                }}
              >
                {t('account.passkeys.add')}
              </Button>
            }
          >
            {t('account.passkeys.title')}
          </Header>
        }
        items={factor.passkeys}
        trackBy="id"
        empty={<Box textAlign="center">{t('account.passkeys.empty')}</Box>}
        columnDefinitions={[
          { id: 'name', header: t('account.passkeys.name'), isRowHeader: true, cell: (one) => one.name },
          { id: 'made', header: t('account.passkeys.made'), cell: (one) => format.time(one.createdAt) },
          {
            id: 'used',
            header: t('account.passkeys.used'),
            cell: (one) => (one.lastUsedAt ? format.time(one.lastUsedAt) : t('account.passkeys.neverUsed')),
          },
          { id: 'kept', header: t('account.passkeys.kept'), cell: (one) => t(one.backedUp ? 'account.passkeys.synced' : 'account.passkeys.oneDevice') },
          {
            id: 'actions',
            header: t('common.actions'),
            cell: (one) => (
              <SpaceBetween direction="horizontal" size="xs">
                <Button
                  variant="inline-link"
                  ariaLabel={t('account.passkeys.renameOf', { name: one.name })}
                  onClick={() => {
                    setName(one.name);
                    setRenaming(one);
                  }}
                >
                  {t('account.passkeys.rename')}
                </Button>
                <Button variant="inline-link" ariaLabel={t('account.passkeys.removeOf', { name: one.name })} onClick={() => setRemoving(one)}>
                  {t('account.passkeys.remove')}
                </Button>
              </SpaceBetween>
            ),
          },
        ]}
      />
      {adding && (
        <ProofDialog
          title={t('account.passkeys.add')}
          submit={t('account.factor.next')}
          second={factor}
          disabled={!name.trim()}
          onClose={() => setAdding(false)}
          onSubmit={async (proof) => {
            const made = await registerPasskey(name.trim(), await makePasskey(await beginPasskey(proof)));
            setAdding(false);
            if (made.recoveryCodes.length > 0) setCodes(made.recoveryCodes);
            onChanged();
          }}
        >
          <Box>{t('account.passkeys.addText')}</Box>
          {nameField}
        </ProofDialog>
      )}
      {renaming && (
        <Dialog
          title={t('account.passkeys.renameOf', { name: renaming.name })}
          submit={t('account.passkeys.rename')}
          size="small"
          disabled={!name.trim()}
          onClose={() => setRenaming(null)}
          onSubmit={async () => {
            await renamePasskey(renaming.id, name.trim());
            setRenaming(null);
            onChanged();
          }}
        >
          {nameField}
        </Dialog>
      )}
      {removing && (
        <ProofDialog
          title={t('account.passkeys.removeOf', { name: removing.name })}
          submit={t('account.passkeys.remove')}
          second={factor}
          onClose={() => setRemoving(null)}
          onSubmit={async (proof) => {
            await removePasskey(removing.id, proof);
            setRemoving(null);
            onChanged();
          }}
        >
          <Box>{t('account.passkeys.removeText')}</Box>
        </ProofDialog>
      )}
      {codes && (
        <Modal visible header={t('account.codes.title')} onDismiss={() => setCodes(null)}>
          <RecoveryCodeList codes={codes} onKept={() => setCodes(null)} />
        </Modal>
      )}
    </>
  );
}
