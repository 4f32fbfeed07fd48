// What is known of one host.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Modal from '@cloudscape-design/components/modal';
import { useTranslation } from 'react-i18next';
import type { Host } from '../../api/hosts';
import { useFormat } from '../../ui/useFormat';
import { useMay } from '../../app/rights';
import { HostAccess } from './HostAccess';
import { HostSign } from './HostSign';

export function HostDetails({ host, onClose }: { host: Host; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useMay();
  const { facts } = host;
  const none = t('common.none');
  const first = host.timeToFirstGuestSeconds;
  return (
    <Modal
      visible
      size="large"
      header={host.name}
      onDismiss={onClose}
      footer={
        <Box float="right">
          <Button onClick={onClose}>{t('common.close')}</Button>
        </Box>
      }
    >
      <KeyValuePairs
        columns={2}
        items={[
          { label: t('servers.status'), value: <HostSign host={host} /> },
          { label: t('hosts.reason'), value: host.maintenanceReason || none },
          { label: t('hosts.zone'), value: host.zone },
          { label: t('hosts.owner'), value: host.project ?? t('hosts.everybody') },
          { label: t('hosts.lastSeen'), value: format.time(host.lastSeen) },
          { label: t('hosts.joined'), value: format.time(host.joinedAt) },
          { label: t('hosts.timeToFirstGuest'), value: first == null ? none : t('hosts.seconds', { seconds: first.toFixed(1) }) },
          ...(host.certificateEndsAt ? [{ label: t('hosts.certificateEnds'), value: format.time(host.certificateEndsAt) }] : []),
          { label: t('hosts.gateway'), value: t(host.gateway ? 'hosts.yes' : 'hosts.no') },
          { label: t('hosts.acceleration'), value: [facts.acceleration?.toUpperCase(), facts.accelerationNote].filter(Boolean).join(' – ') || none },
          { label: t('hosts.cpu'), value: facts.cpuModel || none },
          { label: t('hosts.clock'), value: t('hosts.seconds', { seconds: (facts.clockOffsetSeconds ?? 0).toFixed(6) }) },
          { label: t('hosts.hypervisor'), value: `QEMU ${facts.hypervisorVersion ?? ''}, libvirt ${facts.libvirtVersion ?? ''}` },
          { label: t('hosts.kernel'), value: facts.kernel || none },
          { label: t('hosts.node'), value: facts.nodeVersion || none },
          { label: t('common.id'), value: host.id },
        ]}
      />
      {may('operation:break-glass:list') && (
        <Box margin={{ top: 'l' }}>
          <HostAccess host={host.id} />
        </Box>
      )}
    </Modal>
  );
}
