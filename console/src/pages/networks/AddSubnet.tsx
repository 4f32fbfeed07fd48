// Adds an address range to a network.
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createSubnet, type Network, type NewSubnet } from '../../api/network';
import { queries } from '../../api/queries';
import { Dialog } from '../../ui/Dialog';
import { isIpv4, isIpv6, parseRange } from '../securitygroups/rules';
import { freeRange } from './ranges';

export function AddSubnet({ network, onClose }: { network: Network; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const subnets = useQuery(queries.subnets()).data ?? [];
  const [typed, setTyped] = useState<string | null>(null);
  const [dns, setDns] = useState('');
  const cidr = typed ?? freeRange(subnets.map((subnet) => subnet.cidr));
  const range = cidr.includes('/') ? parseRange(cidr) : null;
  const servers = dns.split(/[\s,]+/).filter((address) => address !== '');
  const dnsWrong = servers.some((address) => !isIpv4(address) && !isIpv6(address));
  const ipv6 = range?.ethertype === 'IPv6';
  const wish: NewSubnet = {
    network_id: network.id,
    name: `${network.name}-${subnets.filter((subnet) => subnet.network_id === network.id).length + 1}`,
    ip_version: ipv6 ? 6 : 4,
    cidr: cidr.trim(),
    ...(servers.length > 0 ? { dns_nameservers: servers } : {}),
    ...(ipv6 ? { ipv6_ra_mode: 'slaac', ipv6_address_mode: 'slaac' } : {}),
  };
  return (
    <Dialog
      title={t('networks.addSubnet')}
      submit={t('common.add')}
      disabled={range === null || dnsWrong}
      onClose={onClose}
      acts={[createSubnet.describe(wish)]}
      onSubmit={async () => {
        await createSubnet(wish);
        await Promise.all(['subnets', 'networks'].map((key) => client.invalidateQueries({ queryKey: [key] })));
        onClose();
      }}
    >
      <FormField label={t('networks.cidr')} description={t('networks.cidrHint')} errorText={range === null ? t('networks.cidrWrong') : ''}>
        <Input value={cidr} onChange={({ detail }) => setTyped(detail.value)} spellcheck={false} autoFocus />
      </FormField>
      <FormField label={t('networks.dns')} description={t('networks.dnsHint')} errorText={dnsWrong ? t('networks.dnsWrong') : ''}>
        <Input value={dns} onChange={({ detail }) => setDns(detail.value)} spellcheck={false} />
      </FormField>
    </Dialog>
  );
}
