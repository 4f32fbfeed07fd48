// The key pairs with which one logs in to servers.
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { deleteKeyPair, type KeyPair } from '../../api/compute';
import { queries } from '../../api/queries';
import { useAsked } from '../../app/asked';
import { useCrumbs } from '../../app/crumbs';
import { DeleteDialog } from '../../ui/DeleteDialog';
import { Copied, Facts } from '../../ui/Facts';
import { ResourceTable, type Column } from '../../ui/ResourceTable';
import { CreateKeyPair } from './CreateKeyPair';

export default function KeyPairList() {
  const { t } = useTranslation();
  useCrumbs({ text: t('nav.keyPairs') });
  const client = useQueryClient();
  const pairs = useQuery(queries.keyPairs());
  const [selected, setSelected] = useState<readonly KeyPair[]>([]);
  const [open, setOpen] = useState<'create' | 'import' | 'delete' | null>(null);
  const columns = useMemo<readonly Column<KeyPair>[]>(
    () => [
      { id: 'name', header: t('keyPairs.name'), value: (pair) => pair.name, cell: (pair) => pair.name },
      { id: 'type', header: t('keyPairs.type'), value: (pair) => kindOf(pair), cell: (pair) => kindOf(pair) },
      { id: 'fingerprint', header: t('keyPairs.fingerprint'), value: (pair) => pair.fingerprint, cell: (pair) => <code>{pair.fingerprint}</code> },
    ],
    [t],
  );
  const close = () => setOpen(null);
  useAsked((ask, id) => {
    setSelected((pairs.data ?? []).filter((pair) => pair.name === id));
    if (ask === 'create' || ask === 'import' || ask === 'delete') setOpen(ask);
  }, pairs.isSuccess);
  const createButtons = (
    <SpaceBetween direction="horizontal" size="xs">
      <Button onClick={() => setOpen('import')}>{t('keyPairs.import')}</Button>
      <Button variant="primary" onClick={() => setOpen('create')}>
        {t('keyPairs.create')}
      </Button>
    </SpaceBetween>
  );
  return (
    <>
      <ResourceTable<KeyPair>
        id="keyPairs"
        title={t('nav.keyPairs')}
        description={t('keyPairs.text')}
        items={pairs.data}
        error={pairs.error}
        refreshing={false}
        onRefresh={() => void pairs.refetch()}
        columns={columns}
        trackBy={(pair) => pair.name}
        label={(pair) => pair.name}
        historyOf={(pair) => pair.name}
        selected={selected}
        onSelect={setSelected}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button disabled={selected.length === 0} onClick={() => setOpen('delete')}>
              {t('common.delete')}
            </Button>
            {createButtons}
          </SpaceBetween>
        }
        look={(pair) => (
          <Facts
            facts={[
              { label: t('keyPairs.fingerprint'), value: <Copied text={pair.fingerprint} what={t('keyPairs.fingerprint')} /> },
              { label: t('keyPairs.publicKey'), value: <Copied text={pair.public_key} what={t('keyPairs.publicKey')} /> },
            ]}
          />
        )}
        empty={{ title: t('keyPairs.empty.title'), text: t('keyPairs.empty.text'), action: createButtons }}
      />
      {(open === 'create' || open === 'import') && (
        <CreateKeyPair importing={open === 'import'} onClose={close} onCreated={() => undefined} />
      )}
      {open === 'delete' && (
        <DeleteDialog
          title={t('keyPairs.deleteTitle')}
          warning={t('keyPairs.deleteText')}
          items={selected}
          idOf={(pair) => pair.name}
          nameOf={(pair) => pair.name}
          typed
          onClose={close}
          acts={selected.map((pair) => deleteKeyPair.describe(pair.name))}
          remove={(pair) => deleteKeyPair(pair.name)}
          onGone={(gone) => {
            setSelected((before) => before.filter((pair) => !gone.includes(pair)));
            return client.invalidateQueries({ queryKey: ['keyPairs'] });
          }}
        />
      )}
    </>
  );
}

/** "ssh-ed25519" of "ssh-ed25519 AAAA… someone" */
function kindOf(pair: KeyPair): string {
  return pair.public_key.split(' ')[0] ?? '';
}
