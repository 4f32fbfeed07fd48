// The routers that join the project's networks with each other and with the outside.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { deleteRouter, leaveSubnet, type Router } from '../../api/network';
import { queries } from '../../api/queries';
import { useAsked } from '../../app/asked';
import { useCrumbs } from '../../app/crumbs';
import { DeleteDialog } from '../../ui/DeleteDialog';
import { ResourceTable, type Column } from '../../ui/ResourceTable';
import { StateSign, states } from '../networks/StateSign';
import { useInterfaces } from './interfaces';
import { RouterLook } from './RouterLook';
import { CreateRouter, JoinNetwork, LeaveNetwork, SetGateway } from './RouterDialogs';

type Open = 'create' | 'gateway' | 'join' | 'leave' | 'delete';

export default function RouterList() {
  const { t } = useTranslation();
  useCrumbs({ text: t('nav.routers') });
  const client = useQueryClient();
  const routers = useQuery(queries.routers());
  const interfaces = useInterfaces();
  const columns = useColumns();
  const [selected, setSelected] = useState<readonly string[]>([]);
  const [open, setOpen] = useState<Open | null>(null);
  const chosen = (routers.data ?? []).filter((router) => selected.includes(router.id));
  const only = chosen.length === 1 ? chosen[0] : undefined;
  const close = () => setOpen(null);
  useAsked((ask, id) => {
    setSelected(id ? [id] : []);
    if (ask !== 'show') setOpen(ask as Open);
  }, routers.isSuccess);
  const refresh = () => Promise.all(['routers', 'ports', 'networks'].map((key) => client.invalidateQueries({ queryKey: [key] })));
  const done = async () => {
    await refresh();
    close();
  };
  return (
    <>
      <ResourceTable<Router>
        id="routers"
        title={t('nav.routers')}
        description={t('routers.text')}
        items={routers.data}
        error={routers.error}
        refreshing={false}
        onRefresh={() => void routers.refetch()}
        columns={columns}
        trackBy={(router) => router.id}
        historyOf={(router) => router.id}
        label={(router) => router.name}
        selected={chosen}
        onSelect={(items) => setSelected(items.map((item) => item.id))}
        look={(router) => <RouterLook router={router} />}
        change="network:router:create"
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <ButtonDropdown
              expandToViewport
              disabled={!only}
              items={[
                { id: 'join', text: t('routers.join') },
                { id: 'leave', text: t('routers.leave'), disabled: !only || interfaces(only.id).length === 0, disabledReason: t('routers.noInterfaces') },
                { id: 'gateway', text: t('routers.gateway') },
              ]}
              onItemClick={({ detail }) => setOpen(detail.id as Open)}
            >
              {t('servers.actions.more')}
            </ButtonDropdown>
            <Button disabled={chosen.length === 0} onClick={() => setOpen('delete')}>
              {t('common.delete')}
            </Button>
            <Button variant="primary" onClick={() => setOpen('create')}>
              {t('routers.create')}
            </Button>
          </SpaceBetween>
        }
        empty={{
          title: t('routers.empty.title'),
          text: t('routers.empty.text'),
          action: <Button onClick={() => setOpen('create')}>{t('routers.create')}</Button>,
        }}
      />
      {open === 'create' && <CreateRouter onDone={done} onClose={close} />}
      {open === 'gateway' && only && <SetGateway router={only} onDone={done} onClose={close} />}
      {open === 'join' && only && <JoinNetwork router={only} onDone={done} onClose={close} />}
      {open === 'leave' && only && <LeaveNetwork router={only} onDone={done} onClose={close} />}
      {open === 'delete' && (
        <DeleteDialog
          title={t('routers.deleteTitle')}
          warning={t('routers.deleteText')}
          items={chosen}
          idOf={(router) => router.id}
          nameOf={(router) => router.name || router.id}
          typed
          onClose={close}
          acts={chosen.flatMap((router) => [...interfaces(router.id).map(({ subnetId }) => leaveSubnet.describe(router.id, subnetId)), deleteRouter.describe(router.id)])}
          remove={async (router) => {
            for (const { subnetId } of interfaces(router.id)) await leaveSubnet(router.id, subnetId);
            await deleteRouter(router.id);
          }}
          onGone={refresh}
        />
      )}
    </>
  );
}

function useColumns(): readonly Column<Router>[] {
  const { t } = useTranslation();
  const networks = useQuery(queries.networks()).data;
  const interfaces = useInterfaces();
  return useMemo(() => {
    const gateway = (router: Router) => {
      const id = router.external_gateway_info?.network_id;
      return id ? (networks?.find((network) => network.id === id)?.name ?? id) : '';
    };
    const joined = (router: Router) =>
      interfaces(router.id)
        .map((each) => each.networkName)
        .join(', ');
    return [
      { id: 'name', header: t('routers.name'), value: (router) => router.name, cell: (router) => router.name || router.id },
      {
        id: 'status',
        header: t('servers.status'),
        value: (router) => router.status,
        words: states(t),
        cell: (router) => <StateSign status={router.status} />,
      },
      {
        id: 'gateway',
        header: t('routers.gateway'),
        value: gateway,
        cell: (router) => (
          <>
            {gateway(router) || '–'}
            <Box color="text-body-secondary" fontSize="body-s">
              {router.external_gateway_info?.external_fixed_ips?.map((ip) => ip.ip_address).join(', ')}
            </Box>
          </>
        ),
      },
      { id: 'networks', header: t('nav.networks'), value: joined, cell: (router) => joined(router) || '–' },
      { id: 'id', header: t('common.id'), value: (router) => router.id, cell: (router) => router.id, hidden: true },
    ];
  }, [interfaces, networks, t]);
}
