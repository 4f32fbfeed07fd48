// Makes a network with its address range and, if wished, a router that leads out of it.
import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { variable, keeping, type Act } from '../../api/act';
import {
  createNetwork,
  createRouter,
  createSubnet,
  deleteNetwork,
  deleteRouter,
  joinSubnet,
  type Network,
  type Router,
  type NewSubnet,
} from '../../api/network';
import { queries } from '../../api/queries';
import { Dialog } from '../../ui/Dialog';
import { parseRange } from '../securitygroups/rules';
import { freeRange } from './ranges';

interface CreateNetworkProps {
  onClose: () => void;
  onCreated: (network: Network) => void;
}

export function CreateNetwork({ onClose, onCreated }: CreateNetworkProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const networks = useQuery(queries.networks()).data ?? [];
  const subnets = useQuery(queries.subnets()).data ?? [];
  const external = networks.find((network) => network['router:external']);
  const [name, setName] = useState('network-1');
  const [typed, setTyped] = useState<string | null>(null);
  const [connect, setConnect] = useState(true);
  const cidr = typed ?? freeRange(subnets.map((subnet) => subnet.cidr));
  const range = parseRange(cidr);
  return (
    <Dialog
      acts={range && cidr.includes('/') ? describe(name.trim(), cidr.trim(), connect ? external : undefined) : []}
      title={t('networks.createTitle')}
      submit={t('common.create')}
      disabled={name.trim() === '' || range === null || !cidr.includes('/')}
      onClose={onClose}
      onSubmit={async () => {
        const network = await make(name.trim(), cidr.trim(), connect ? external : undefined);
        await Promise.all(
          ['networks', 'subnets', 'routers', 'ports'].map((key) => client.invalidateQueries({ queryKey: [key] })),
        );
        onCreated(network);
      }}
    >
      <FormField label={t('networks.name')}>
        <Input value={name} onChange={({ detail }) => setName(detail.value)} spellcheck={false} autoFocus />
      </FormField>
      <FormField
        label={t('networks.cidr')}
        description={t('networks.cidrHint')}
        errorText={range === null || !cidr.includes('/') ? t('networks.cidrWrong') : ''}
      >
        <Input value={cidr} onChange={({ detail }) => setTyped(detail.value)} spellcheck={false} />
      </FormField>
      {external && (
        <Checkbox checked={connect} onChange={({ detail }) => setConnect(detail.checked)} description={t('networks.connectHint')}>
          {t('networks.connect', { network: external.name })}
        </Checkbox>
      )}
    </Dialog>
  );
}

const rangeOf = (network: string, name: string, cidr: string): NewSubnet => ({
  network_id: network,
  name: `${name}-subnet`,
  ip_version: cidr.includes(':') ? 6 : 4,
  cidr,
  ...(cidr.includes(':') ? { ipv6_ra_mode: 'slaac', ipv6_address_mode: 'slaac' } : {}),
});

const wayOut = (name: string, external: Network) => ({ name: `${name}-router`, external_gateway_info: { network_id: external.id } });

/** The same, to be shown. */
function describe(name: string, cidr: string, external: Network | undefined): readonly Act[] {
  const made = [
    keeping(createNetwork.describe({ name }), 'NETWORK_ID'),
    keeping(createSubnet.describe(rangeOf(variable('NETWORK_ID'), name, cidr)), 'SUBNET_ID'),
  ];
  if (!external) return made;
  return [...made, keeping(createRouter.describe(wayOut(name, external)), 'ROUTER_ID'), joinSubnet.describe(variable('ROUTER_ID'), variable('SUBNET_ID'))];
}

/** Makes network, subnet and router; what was made before a refusal is taken back, so that nothing half-done stays. */
async function make(name: string, cidr: string, external: Network | undefined): Promise<Network> {
  const network = await createNetwork({ name });
  let router: Router | undefined;
  try {
    const subnet = await createSubnet(rangeOf(network.id, name, cidr));
    if (external) {
      router = await createRouter(wayOut(name, external));
      await joinSubnet(router.id, subnet.id);
    }
    return network;
  } catch (error) {
    if (router) await deleteRouter(router.id).catch(() => undefined);
    await deleteNetwork(network.id).catch(() => undefined);
    throw error;
  }
}
