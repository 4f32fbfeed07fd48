// How each contract is reached; the operator decides it here.
import Button from '@cloudscape-design/components/button';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '../../api/queries';
import { changePortalAccess, type PortalAccess } from '../../api/vpn';
import { Dialog } from '../../ui/Dialog';
import { ResourceTable, type Column } from '../../ui/ResourceTable';

export function PortalAccessTable() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const contracts = useQuery(queries.portalAccessOfAll());
  const [selected, setSelected] = useState<readonly PortalAccess[]>([]);
  const [changing, setChanging] = useState(false);
  const columns = useMemo<readonly Column<PortalAccess>[]>(() => {
    const way = (one: PortalAccess) => t(`vpn.ways.${one.portalAccess}`);
    return [
      { id: 'contract', header: t('vpn.contract'), value: (one) => one.contract.name, cell: (one) => one.contract.name },
      { id: 'way', header: t('vpn.way'), value: way, cell: way },
      { id: 'tunnels', header: t('vpn.tunnels'), value: (one) => one.tunnels ?? '', cell: (one) => one.tunnels ?? '–' },
    ];
  }, [t]);
  const chosen = selected[0];
  const next = chosen?.portalAccess === 'ssl-vpn' ? 'internet' : 'ssl-vpn';
  return (
    <>
      <ResourceTable<PortalAccess>
        id="portalAccess"
        variant="container"
        title={t('vpn.contracts')}
        description={t('vpn.contractsText')}
        items={contracts.data}
        error={contracts.error}
        refreshing={contracts.isRefetching}
        onRefresh={() => void contracts.refetch()}
        columns={columns}
        trackBy={(one) => one.contract.id}
        label={(one) => one.contract.name}
        selected={selected}
        onSelect={setSelected}
        actions={
          <Button disabled={selected.length !== 1} onClick={() => setChanging(true)}>
            {t('vpn.change')}
          </Button>
        }
        empty={{ title: t('vpn.noContracts.title'), text: t('vpn.noContracts.text') }}
      />
      {changing && chosen && (
        <Dialog
          title={t(`vpn.changeTo.${next}.title`, { contract: chosen.contract.name })}
          submit={t('vpn.change')}
          onClose={() => setChanging(false)}
          acts={[changePortalAccess.describe(chosen.contract.id, next)]}
          onSubmit={async () => {
            await changePortalAccess(chosen.contract.id, next);
            await client.invalidateQueries({ queryKey: ['portal-access'] });
            setSelected([]);
            setChanging(false);
          }}
        >
          {t(`vpn.changeTo.${next}.text`)}
        </Dialog>
      )}
    </>
  );
}
