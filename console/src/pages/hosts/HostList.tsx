// The hosts: are they there, how full are they, what are they. Who runs the service sees all, and a service operator also changes them.
import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { endMaintenance, removeHost, undedicateHost, type Host } from '../../api/hosts';
import { queries } from '../../api/queries';
import { useAsked } from '../../app/asked';
import { useCrumbs } from '../../app/crumbs';
import { CommandsButton } from '../../ui/CommandsButton';
import { DeleteDialog } from '../../ui/DeleteDialog';
import { Failure } from '../../ui/Failure';
import { ResourceTable } from '../../ui/ResourceTable';
import { DedicateHost } from './DedicateHost';
import { DrainProgress } from './DrainProgress';
import { HostDetails } from './HostDetails';
import { JoinHost } from './JoinHost';
import { MaintainHost } from './MaintainHost';
import { useHostColumns } from './useHostColumns';

export default function HostList({ operator, mayChange }: { operator: boolean; mayChange: boolean }) {
  const { t } = useTranslation();
  const title = t(operator ? 'nav.hosts' : 'nav.ownHosts');
  useCrumbs({ text: title });
  const client = useQueryClient();
  const hosts = useQuery(queries.hosts());
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const [open, setOpen] = useState<'join' | 'maintain' | 'drain' | 'progress' | 'dedicate' | 'remove' | 'details' | null>(null);
  const [error, setError] = useState<unknown>(null);
  const columns = useHostColumns(operator, (host) => {
    setSelectedId(host.id);
    setOpen('details');
  });
  const selected = hosts.data?.find((host) => host.id === selectedId);
  const close = () => setOpen(null);
  useAsked((ask, id) => {
    if (id) setSelectedId(id);
    setOpen(ask === 'show' ? 'details' : 'join');
  }, hosts.isSuccess);
  const refresh = () => client.invalidateQueries({ queryKey: ['hosts'] });
  const atOnce = async (change: () => Promise<unknown>) => {
    setError(null);
    try {
      await change();
    } catch (refused) {
      setError(refused);
    }
    await refresh();
  };
  const atOnceActs = (host: Host) => [
    ...(resting(host) ? [{ text: t('hosts.resume'), acts: [endMaintenance.describe(host.id)] }] : []),
    ...(host.project && host.guests === 0 ? [{ text: t('hosts.share'), acts: [undedicateHost.describe(host.id)] }] : []),
  ];
  const act = (action: string) => {
    if (!selected) return;
    if (action === 'resume') void atOnce(() => endMaintenance(selected.id));
    else if (action === 'share') void atOnce(() => undedicateHost(selected.id));
    else setOpen(action as 'maintain' | 'drain' | 'progress' | 'dedicate' | 'remove');
  };
  return (
    <SpaceBetween size="s">
      <Failure error={error} />
      <ResourceTable<Host>
        id={operator ? 'operatorHosts' : 'ownHosts'}
        title={title}
        description={operator ? t('hosts.text') : hosts.data?.length ? t('hosts.ownText') : undefined}
        items={hosts.data}
        error={hosts.error}
        refreshing={false}
        onRefresh={() => void hosts.refetch()}
        columns={columns}
        trackBy={(host) => host.id}
        historyOf={(host) => host.id}
        label={(host) => host.name}
        empty={{ title: t('hosts.empty.title'), text: t(operator ? 'hosts.empty.text' : 'hosts.empty.ownText') }}
        {...(mayChange
          ? {
              selected: selected ? [selected] : [],
              onSelect: (items: Host[]) => setSelectedId(items.at(-1)?.id ?? null),
              actions: (
                <SpaceBetween direction="horizontal" size="xs">
                  {selected && <CommandsButton actions={atOnceActs(selected)} />}
                  <ButtonDropdown
                    expandToViewport
                    data-testid="host-actions"
                    disabled={!selected}
                    onItemClick={({ detail }) => act(detail.id)}
                    items={[
                      selected && resting(selected)
                        ? { id: 'resume', text: t('hosts.resume') }
                        : { id: 'maintain', text: t('hosts.maintain') },
                      selected?.drain
                        ? { id: 'progress', text: t('hosts.drain.show') }
                        : { id: 'drain', text: t('hosts.drain.begin'), disabled: selected?.guests === 0 },
                      selected?.project
                        ? { id: 'share', text: t('hosts.share'), disabled: selected.guests > 0 }
                        : { id: 'dedicate', text: t('hosts.dedicate'), disabled: (selected?.guests ?? 0) > 0 },
                      { id: 'remove', text: t('hosts.remove'), disabled: (selected?.guests ?? 0) > 0 },
                    ]}
                  >
                    {t('common.actions')}
                  </ButtonDropdown>
                  <Button variant="primary" onClick={() => setOpen('join')}>
                    {t('hosts.join')}
                  </Button>
                </SpaceBetween>
              ),
            }
          : {})}
      />
      {open === 'join' && <JoinHost onClose={close} />}
      {(open === 'maintain' || open === 'drain') && selected && (
        <MaintainHost
          host={selected}
          drains={open === 'drain'}
          onClose={close}
          onDone={async (drain) => {
            await refresh();
            setOpen(drain ? 'progress' : null);
          }}
        />
      )}
      {open === 'progress' && selected && <DrainProgress host={selected} onClose={close} onChanged={refresh} />}
      {open === 'dedicate' && selected && <DedicateHost host={selected} onClose={close} onDone={refresh} />}
      {open === 'details' && selected && <HostDetails host={selected} onClose={close} />}
      {open === 'remove' && selected && (
        <DeleteDialog
          title={t('hosts.removeTitle')}
          warning={t('hosts.removeText')}
          items={[selected]}
          idOf={(host) => host.id}
          nameOf={(host) => host.name}
          typed
          onClose={close}
          acts={[removeHost.describe(selected.id)]}
          remove={(host) => removeHost(host.id)}
          onGone={refresh}
        />
      )}
    </SpaceBetween>
  );
}

const resting = (host: Host) => host.state === 'maintenance' || host.maintenanceReason != null;
