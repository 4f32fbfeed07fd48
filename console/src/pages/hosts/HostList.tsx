// The operator's hosts: are they there, and how full are they.
import Box from '@cloudscape-design/components/box';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Hypervisor } from '../../api/compute';
import { queries } from '../../api/queries';
import { useCrumbs } from '../../app/crumbs';
import { ResourceTable, type Column } from '../../ui/ResourceTable';
import { useFormat } from '../../ui/useFormat';

export default function HostList() {
  const { t } = useTranslation();
  useCrumbs({ text: t('nav.hosts') });
  const hosts = useQuery(queries.hypervisors());
  const columns = useColumns();
  return (
    <ResourceTable<Hypervisor>
      id="hosts"
      title={t('nav.hosts')}
      description={t('hosts.text')}
      items={hosts.data}
      error={hosts.error}
      refreshing={false}
      onRefresh={() => void hosts.refetch()}
      columns={columns}
      trackBy={(host) => host.id}
      label={(host) => host.hypervisor_hostname}
      empty={{ title: t('hosts.empty.title'), text: t('hosts.empty.text') }}
    />
  );
}

function useColumns(): readonly Column<Hypervisor>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(() => {
    const state = (host: Hypervisor) => (host.state !== 'up' ? 'down' : host.status === 'enabled' ? 'up' : 'disabled');
    const usage = (used: number, all: number, text: (value: number) => string) => (
      <div className="usage">
        <ProgressBar value={all > 0 ? Math.min(100, (100 * used) / all) : 0} ariaLabel={t('hosts.used')} />
        <Box color="text-body-secondary" fontSize="body-s">
          {t('hosts.usedOf', { used: text(used), all: text(all) })}
        </Box>
      </div>
    );
    return [
      { id: 'name', header: t('hosts.name'), value: (host) => host.hypervisor_hostname, cell: (host) => host.hypervisor_hostname },
      {
        id: 'state',
        header: t('servers.status'),
        value: (host) => t(`hosts.states.${state(host)}`),
        cell: (host) => (
          <StatusIndicator type={({ up: 'success', down: 'error', disabled: 'stopped' } as const)[state(host)]}>
            {t(`hosts.states.${state(host)}`)}
          </StatusIndicator>
        ),
      },
      { id: 'servers', header: t('nav.servers'), value: (host) => host.running_vms, cell: (host) => host.running_vms },
      { id: 'vcpus', header: t('quota.vcpus'), value: (host) => host.vcpus_used, cell: (host) => usage(host.vcpus_used, host.vcpus, String) },
      { id: 'ram', header: t('quota.ram'), value: (host) => host.memory_mb_used, cell: (host) => usage(host.memory_mb_used, host.memory_mb, format.mib) },
      { id: 'disk', header: t('hosts.disk'), value: (host) => host.local_gb_used, cell: (host) => usage(host.local_gb_used, host.local_gb, format.gib) },
      { id: 'type', header: t('hosts.type'), value: (host) => host.hypervisor_type, cell: (host) => host.hypervisor_type },
      { id: 'address', header: t('hosts.address'), value: (host) => host.host_ip, cell: (host) => host.host_ip, hidden: true },
    ];
  }, [format, t]);
}
