// A host in the list: state and room, room as bars.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Host, Room } from '../../api/hosts';
import type { Column } from '../../ui/ResourceTable';
import { useFormat } from '../../ui/useFormat';
import { HostSign, hostWord } from './HostSign';

export function useHostColumns(operator: boolean, onOpen: (host: Host) => void): readonly Column<Host>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(() => {
    const bar = (room: Room, text: (value: number) => string) => (
      <div className="usage">
        <ProgressBar value={room.total > 0 ? Math.min(100, (100 * room.used) / room.total) : 0} ariaLabel={t('hosts.used')} />
        <Box color="text-body-secondary" fontSize="body-s">
          {t('hosts.usedOf', { used: text(room.used), all: text(room.total) })}
        </Box>
      </div>
    );
    const columns: Column<Host>[] = [
      {
        id: 'name',
        header: t('hosts.name'),
        value: (host) => host.name,
        cell: (host) => (
          <Button variant="inline-link" onClick={() => onOpen(host)} ariaLabel={t('hosts.detailsOf', { name: host.name })}>
            {host.name}
          </Button>
        ),
      },
      { id: 'state', header: t('servers.status'), value: (host) => t(`hosts.states.${hostWord(host)}`), cell: (host) => <HostSign host={host} /> },
      { id: 'zone', header: t('hosts.zone'), value: (host) => host.zone, cell: (host) => host.zone },
      { id: 'guests', header: t('nav.servers'), value: (host) => host.guests, cell: (host) => host.guests },
      { id: 'vcpus', header: t('quota.vcpus'), value: (host) => host.vcpus.used, cell: (host) => bar(host.vcpus, String) },
      { id: 'ram', header: t('quota.ram'), value: (host) => host.memoryMib.used, cell: (host) => bar(host.memoryMib, format.mib) },
      { id: 'disk', header: t('hosts.disk'), value: (host) => host.diskGib.used, cell: (host) => bar(host.diskGib, format.gib) },
    ];
    if (operator) {
      columns.push({ id: 'project', header: t('hosts.owner'), value: (host) => host.project ?? '', cell: (host) => host.project ?? t('hosts.everybody') });
    }
    return columns;
  }, [format, onOpen, operator, t]);
}
