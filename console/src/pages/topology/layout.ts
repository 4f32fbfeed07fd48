// Where each network, router and server stands in the topology picture: outer networks on top, then routers, networks, servers.
import type { Server } from '../../api/compute';
import type { Network, Port, Router, Subnet } from '../../api/network';

export interface Project {
  networks: readonly Network[];
  subnets: readonly Subnet[];
  routers: readonly Router[];
  servers: readonly Server[];
  ports: readonly Port[];
}

export interface Box {
  kind: 'network' | 'router' | 'server';
  id: string;
  name: string;
  detail: string;
  external: boolean;
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Line {
  key: string;
  x: number;
  from: number;
  to: number;
  label: string;
  /** where the line bends sideways, if it does */
  toX: number;
}

export interface Picture {
  boxes: Box[];
  lines: Line[];
  width: number;
  height: number;
}

const NODE = { width: 168, height: 56 };
const BAR = 44;
const GAP = 28;
const MARGIN = 24;
/** From the left edge of a box to its first line, and from one line to the next: room for an address beside each. */
const FIRST_LINE = 20;
const NEXT_LINE = 78;
const ROW = { external: 24, router: 124, network: 252, server: 360 } as const;
const SERVERS_PER_ROW = 3;

/** Lays the project's networks out from left to right, each as wide as the servers below it need. */
export function layOut(project: Project): Picture {
  const boxes: Box[] = [];
  const lines: Line[] = [];
  const shown = new Set<string>();
  const plugged = (deviceId: string) => project.ports.filter((port) => port.device_id === deviceId);
  const ranges = (network: Network) =>
    project.subnets
      .filter((subnet) => subnet.network_id === network.id)
      .map((subnet) => subnet.cidr)
      .join(', ');

  const inner = project.networks.filter((network) => !network['router:external']);
  const outer = project.networks.filter((network) => network['router:external']);
  const placed = new Map<string, Box>();
  let x = MARGIN;
  let bottom: number = ROW.network + BAR;
  for (const network of inner) {
    const members = project.servers.filter(
      (server) => !shown.has(server.id) && plugged(server.id).some((port) => port.network_id === network.id),
    );
    members.forEach((server) => shown.add(server.id));
    const columns = Math.max(1, Math.min(SERVERS_PER_ROW, members.length));
    const width = Math.max(2 * NODE.width, columns * NODE.width + (columns - 1) * GAP);
    const bar: Box = { kind: 'network', id: network.id, name: network.name, detail: ranges(network), external: false, x, y: ROW.network, width, height: BAR };
    boxes.push(bar);
    placed.set(network.id, bar);
    members.forEach((server, index) => {
      const left = x + (index % SERVERS_PER_ROW) * (NODE.width + GAP);
      const top = ROW.server + Math.floor(index / SERVERS_PER_ROW) * (NODE.height + 2 * GAP);
      const box: Box = { kind: 'server', id: server.id, name: server.name, detail: '', external: false, x: left, y: top, ...NODE };
      boxes.push(box);
      placed.set(server.id, box);
      bottom = Math.max(bottom, top + NODE.height);
    });
    x += width + 2 * GAP;
  }
  // A server's lines, to every network it is plugged into.
  for (const server of project.servers) {
    const box = placed.get(server.id);
    if (!box) continue;
    plugged(server.id).forEach((port, index) => {
      const bar = placed.get(port.network_id);
      if (!bar) return;
      const from = box.x + FIRST_LINE + index * NEXT_LINE;
      const toX = Math.min(Math.max(from, bar.x + 20), bar.x + bar.width - 20);
      lines.push({ key: port.id, x: from, from: box.y, to: bar.y + bar.height, toX, label: port.fixed_ips[0]?.ip_address ?? '' });
    });
  }
  // Routers above the first network they serve.
  let free = MARGIN;
  for (const router of project.routers) {
    const served = plugged(router.id).filter((port) => placed.has(port.network_id));
    const first = served.map((port) => placed.get(port.network_id)).sort((a, b) => (a?.x ?? 0) - (b?.x ?? 0))[0];
    const left = Math.max(free, first?.x ?? free);
    const box: Box = { kind: 'router', id: router.id, name: router.name, detail: '', external: false, x: left, y: ROW.router, ...NODE };
    boxes.push(box);
    placed.set(router.id, box);
    free = left + NODE.width + GAP;
    served.forEach((port, index) => {
      const bar = placed.get(port.network_id);
      if (!bar) return;
      const from = left + FIRST_LINE + index * NEXT_LINE;
      const toX = Math.min(Math.max(from, bar.x + 20), bar.x + bar.width - 20);
      lines.push({ key: port.id, x: toX, from: bar.y, to: ROW.router + NODE.height, toX: from, label: port.fixed_ips[0]?.ip_address ?? '' });
    });
  }
  const width = Math.max(x - 2 * GAP, free - GAP, MARGIN + 2 * NODE.width) + MARGIN;
  // The outer networks share the whole width.
  const share = outer.length > 0 ? (width - 2 * MARGIN - (outer.length - 1) * GAP) / outer.length : 0;
  outer.forEach((network, index) => {
    const left = MARGIN + index * (share + GAP);
    const bar: Box = { kind: 'network', id: network.id, name: network.name, detail: ranges(network), external: true, x: left, y: ROW.external, width: share, height: BAR };
    boxes.push(bar);
    placed.set(network.id, bar);
  });
  for (const router of project.routers) {
    const gateway = router.external_gateway_info;
    const bar = gateway ? placed.get(gateway.network_id) : undefined;
    const box = placed.get(router.id);
    if (!bar || !box) continue;
    const from = box.x + FIRST_LINE;
    const toX = Math.min(Math.max(from, bar.x + 20), bar.x + bar.width - 20);
    lines.push({
      key: `${router.id}-gateway`,
      x: from,
      from: box.y,
      to: bar.y + bar.height,
      toX,
      label: gateway?.external_fixed_ips?.[0]?.ip_address ?? '',
    });
  }
  return { boxes, lines, width, height: bottom + MARGIN };
}
