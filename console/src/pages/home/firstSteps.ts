// What a new customer has done of what it takes to reach a first server.
import type { SecurityGroup } from '../../api/network';
import type { Topology } from '../../api/topology';

export const STEPS = ['network', 'keyPair', 'server', 'firewall', 'address'] as const;
export type Step = (typeof STEPS)[number];

export interface Facts {
  topology: Topology;
  keyPairs: number;
  groups: readonly SecurityGroup[];
}

/** Whether somebody outside of the groups themselves may reach anything. */
const isOpen = (group: SecurityGroup) => group.security_group_rules.some((rule) => rule.direction === 'ingress' && rule.remote_group_id === null);

export function stepsDone({ topology, keyPairs, groups }: Facts): Record<Step, boolean> {
  const own = new Set(topology.networks.filter((network) => network.own).map((network) => network.id));
  const shared = topology.networks.filter((network) => network.shared && !network.external).map((network) => network.id);
  return {
    network: topology.subnets.some((subnet) => own.has(subnet.networkId) || shared.includes(subnet.networkId)),
    keyPair: keyPairs > 0,
    server: topology.servers.length > 0,
    firewall: groups.some(isOpen),
    address: topology.floatingAddresses.some((address) => address.portId !== null) || plugged(topology),
  };
}

/** A server that stands on an external network itself needs no floating address. */
function plugged(topology: Topology): boolean {
  const external = new Set(topology.networks.filter((network) => network.external).map((network) => network.id));
  return topology.ports.some((port) => port.serverId !== null && external.has(port.networkId));
}

export const nextStep = (done: Record<Step, boolean>) => STEPS.find((step) => !done[step]);
