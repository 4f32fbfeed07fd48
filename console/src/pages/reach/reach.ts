// Could one reach another: the way that a packet takes through the project's networks, and what each place on it says. Worked out from what the public APIs
// show, as the service builds its networks; nothing is sent.
import type { Server } from '../../api/compute';
import type { FloatingAddress, Network, Port, Router, Subnet } from '../../api/network';
import { holds, parseIp, type Ip } from './ip';
import { judge, type Groups, type Judgement, type Packet, type Protocol } from './judge';

export interface Estate extends Groups {
  servers: readonly Pick<Server, 'id' | 'name' | 'status'>[];
  networks: readonly Network[];
  subnets: readonly Subnet[];
  routers: readonly Router[];
  floating: readonly FloatingAddress[];
}

export type From = { kind: 'internet' } | { kind: 'address'; address: string } | { kind: 'server'; id: string };

export interface Question {
  from: From;
  /** The server's address that is called, fixed or floating. */
  to: { server: string; address: string };
  protocol: Protocol;
  port: number | null;
}

export type StepName =
  | 'off'
  | 'portOff'
  | 'networkOff'
  | 'noPort'
  | 'version'
  | 'sameSubnet'
  | 'routed'
  | 'noRouter'
  | 'routerOff'
  | 'noReturn'
  | 'routes'
  | 'noWayOut'
  | 'noSnat'
  | 'out'
  | 'floating'
  | 'external'
  | 'private'
  | 'unguarded'
  | 'egressOpen'
  | 'egressClosed'
  | 'ingressOpen'
  | 'ingressClosed'
  | 'ingressPartly'
  | 'noGroups'
  | 'unseen'
  | 'replyOpen'
  | 'replyClosed';

export interface Step {
  name: StepName;
  verdict: 'pass' | 'stop' | 'partly' | 'unknown';
  values: Record<string, string>;
  /** The place that says it. */
  to?: string;
}

export type Verdict = 'yes' | 'no' | 'partly' | 'unknown';

export interface Answer {
  verdict: Verdict;
  steps: Step[];
}

/** Statuses in which the guest runs. */
const RUNS = new Set(['ACTIVE', 'RESCUE', 'VERIFY_RESIZE', 'REBOOT', 'HARD_REBOOT', 'PASSWORD', 'MIGRATING']);

interface End {
  port: Port;
  subnet: Subnet | undefined;
  ip: Ip;
}

/** The addresses by which a server can be called: its fixed ones, then its floating ones. */
export function addressesOf(estate: Estate, server: string): { address: string; floating: boolean }[] {
  const ports = estate.ports.filter((port) => port.device_id === server);
  return [
    ...ports.flatMap((port) => port.fixed_ips.map((fixed) => ({ address: fixed.ip_address, floating: false }))),
    ...estate.floating.filter((one) => ports.some((port) => port.id === one.port_id)).map((one) => ({ address: one.floating_ip_address, floating: true })),
  ];
}

export function reach(estate: Estate, question: Question): Answer {
  const steps = new Way(estate, question).steps();
  const has = (verdict: Step['verdict']) => steps.some((step) => step.verdict === verdict);
  return { verdict: has('stop') ? 'no' : has('unknown') ? 'unknown' : has('partly') ? 'partly' : 'yes', steps };
}

class Way {
  private readonly found: Step[] = [];

  constructor(
    private readonly estate: Estate,
    private readonly question: Question,
  ) {}

  private add(verdict: Step['verdict'], name: StepName, values: Record<string, string> = {}, to?: string): void {
    this.found.push({ name, verdict, values, ...(to === undefined ? {} : { to }) });
  }

  steps(): Step[] {
    const { from, to } = this.question;
    const target = this.end(to.server, to.address);
    if (!target) {
      this.add('stop', 'noPort', { server: this.nameOf(to.server), address: to.address }, `/servers/${to.server}/network`);
      return this.found;
    }
    const source = from.kind === 'server' ? from.id : from.kind === 'address' ? this.ownerOf(from.address) : null;
    this.alive(to.server);
    if (source !== null) this.fromServer(source, target);
    else this.fromOutside(from.kind === 'address' ? parseIp(from.address) : null, target);
    return this.found;
  }

  private nameOf(server: string): string {
    return this.estate.servers.find((one) => one.id === server)?.name ?? server;
  }

  /** The project's server that has the address itself. */
  private ownerOf(address: string): string | null {
    const ip = parseIp(address);
    const port = this.estate.ports.find((one) => one.fixed_ips.some((fixed) => parseIp(fixed.ip_address)?.value === ip?.value));
    return port?.device_owner.startsWith('compute') ? port.device_id : null;
  }

  private alive(server: string): void {
    const status = this.estate.servers.find((one) => one.id === server)?.status;
    if (status !== undefined && !RUNS.has(status)) this.add('stop', 'off', { server: this.nameOf(server) }, `/servers/${server}`);
    for (const port of this.estate.ports.filter((one) => one.device_id === server && one.admin_state_up === false)) {
      this.add('stop', 'portOff', { server: this.nameOf(server), address: port.fixed_ips[0]?.ip_address ?? port.id }, `/servers/${server}/network`);
    }
  }

  /** The port that has the address, be it by a floating one. */
  private end(server: string, address: string): End | null {
    const floating = this.estate.floating.find((one) => one.floating_ip_address === address);
    for (const port of this.estate.ports.filter((one) => one.device_id === server)) {
      const fixed = port.fixed_ips.find((one) => one.ip_address === (floating ? floating.fixed_ip_address : address));
      const ip = fixed && parseIp(fixed.ip_address);
      if (ip && (!floating || floating.port_id === port.id)) return { port, subnet: this.subnet(fixed.subnet_id), ip };
    }
    return null;
  }

  private subnet(id: string): Subnet | undefined {
    return this.estate.subnets.find((one) => one.id === id);
  }

  private called(): FloatingAddress | undefined {
    return this.estate.floating.find((one) => one.floating_ip_address === this.question.to.address);
  }

  /** The router that the subnet's servers send everything else to. */
  private routerOf(subnet: Subnet | undefined): Router | undefined {
    if (!subnet?.gateway_ip) return undefined;
    const port = this.estate.ports.find(
      (one) => one.device_owner.startsWith('network:router_interface') && one.fixed_ips.some((fixed) => fixed.subnet_id === subnet.id && fixed.ip_address === subnet.gateway_ip),
    );
    return port && this.estate.routers.find((router) => router.id === port.device_id);
  }

  private joins(router: Router, subnet: Subnet | undefined): boolean {
    return this.estate.ports.some((port) => port.device_id === router.id && port.fixed_ips.some((fixed) => fixed.subnet_id === subnet?.id));
  }

  private networkOf(id: string): Network | undefined {
    return this.estate.networks.find((network) => network.id === id);
  }

  private fromServer(server: string, target: End): void {
    this.alive(server);
    const name = this.nameOf(server);
    const version = target.ip.version;
    const mine: End[] = this.estate.ports
      .filter((port) => port.device_id === server)
      .flatMap((port) => port.fixed_ips.map((fixed) => ({ port, subnet: this.subnet(fixed.subnet_id), ip: parseIp(fixed.ip_address)! })))
      .filter((end) => end.ip?.version === version);
    const floating = this.called();
    const beside = floating ? undefined : mine.find((end) => end.subnet !== undefined && end.subnet.id === target.subnet?.id);
    const source = beside ?? mine.find((end) => end.subnet?.gateway_ip) ?? mine[0];
    if (!source) {
      this.add('stop', 'version', { server: name, version: `IPv${version}` }, `/servers/${server}/network`);
      return;
    }
    const goal = floating ? parseIp(floating.floating_ip_address)! : target.ip;
    this.egress(source.port, goal, name);
    const seenAs = floating ? this.outAndIn(source, name, floating) : beside ? this.beside(source) : this.routed(source, target);
    this.ingress(target.port, seenAs, version);
    this.replies(source.port, target.port, goal, seenAs, version);
  }

  private beside(source: End): Ip {
    const network = this.networkOf(source.port.network_id);
    this.add('pass', 'sameSubnet', { subnet: source.subnet?.cidr ?? '', network: network?.name ?? source.port.network_id }, `/networks/${source.port.network_id}`);
    return source.ip;
  }

  private routed(source: End, target: End): Ip {
    const from = source.subnet?.cidr ?? '';
    const to = target.subnet?.cidr ?? '';
    const router = this.routerOf(source.subnet);
    if (!router || !this.joins(router, target.subnet)) {
      const another = router?.routes?.some((route) => holds(route.destination, target.ip)) ?? false;
      if (another) this.add('unknown', 'routes', { router: router?.name ?? '' }, '/routers');
      else this.add('stop', 'noRouter', { from, to }, '/routers');
      return source.ip;
    }
    if (router.admin_state_up === false) this.add('stop', 'routerOff', { router: router.name }, '/routers');
    else this.add('pass', 'routed', { router: router.name, from, to }, '/routers');
    const back = this.routerOf(target.subnet);
    if (back?.id !== router.id) {
      if (back && (this.joins(back, source.subnet) || back.routes?.some((route) => holds(route.destination, source.ip)))) this.add('pass', 'routed', { router: back.name, from: to, to: from }, '/routers');
      else this.add('stop', 'noReturn', { subnet: to, from }, `/networks/${target.port.network_id}`);
    }
    return source.ip;
  }

  /** By the internet's side: out by the source's router, in by the floating address. Gives the address that it is seen with. */
  private outAndIn(source: End, name: string, floating: FloatingAddress): Ip | null {
    const own = this.estate.floating.find((one) => one.port_id === source.port.id && one.fixed_ip_address === source.ip.text);
    let seenAs: Ip | null = own ? parseIp(own.floating_ip_address) : null;
    const router = this.routerOf(source.subnet);
    const direct = this.networkOf(source.port.network_id)?.['router:external'] ?? false;
    if (direct) seenAs = source.ip;
    else if (!router?.external_gateway_info) this.add('stop', 'noWayOut', { server: name, subnet: source.subnet?.cidr ?? '' }, '/routers');
    else if (router.admin_state_up === false) this.add('stop', 'routerOff', { router: router.name }, '/routers');
    else if (!own && router.external_gateway_info.enable_snat === false) this.add('stop', 'noSnat', { router: router.name }, '/routers');
    else {
      seenAs ??= parseIp(router.external_gateway_info.external_fixed_ips?.find((fixed) => !fixed.ip_address.includes(':'))?.ip_address ?? '');
      this.add('pass', 'out', { router: router.name, address: seenAs?.text ?? '' }, '/routers');
    }
    this.inward(floating);
    return seenAs;
  }

  private inward(floating: FloatingAddress): void {
    const router = this.estate.routers.find((one) => one.id === floating.router_id);
    if (router?.admin_state_up === false) this.add('stop', 'routerOff', { router: router.name }, '/routers');
    else this.add('pass', 'floating', { address: floating.floating_ip_address, fixed: floating.fixed_ip_address ?? '' }, '/floating-addresses');
  }

  private fromOutside(ip: Ip | null, target: End): void {
    const floating = this.called();
    const { version } = target.ip;
    if (ip && ip.version !== version) {
      this.add('stop', 'version', { server: ip.text, version: `IPv${version}` });
      return;
    }
    if (floating) this.inward(floating);
    else if (this.networkOf(target.port.network_id)?.['router:external']) this.add('pass', 'external', { address: target.ip.text }, `/networks/${target.port.network_id}`);
    else this.add('stop', 'private', { address: target.ip.text }, '/floating-addresses');
    this.ingress(target.port, ip, version);
    this.replies(null, target.port, target.ip, ip, version);
  }

  /** Both ends may be on one network, which is off once. */
  private carried(port: Port): void {
    const network = this.networkOf(port.network_id);
    if (network?.admin_state_up === false && !this.found.some((step) => step.name === 'networkOff' && step.to === `/networks/${network.id}`)) {
      this.add('stop', 'networkOff', { network: network.name || network.id }, `/networks/${network.id}`);
    }
  }

  private egress(port: Port, goal: Ip, server: string): void {
    this.carried(port);
    this.tell(judge(port, this.packet('egress', goal, goal.version), this.estate), 'egress', port, server);
  }

  private ingress(port: Port, seenAs: Ip | null, version: 4 | 6): void {
    this.carried(port);
    this.tell(judge(port, this.packet('ingress', seenAs, version), this.estate), 'ingress', port, this.nameOf(this.question.to.server));
  }

  private packet(direction: Packet['direction'], remote: Ip | null, version: 4 | 6): Packet {
    return { direction, remote, version, protocol: this.question.protocol, port: this.question.protocol === 'icmp' ? null : this.question.port };
  }

  private tell(said: Judgement, side: 'egress' | 'ingress', port: Port, server: string): void {
    const place = `/servers/${port.device_id}/network`;
    switch (said.verdict) {
      case 'unguarded':
        return this.add('pass', 'unguarded', { server }, place);
      case 'open':
        return this.add('pass', side === 'egress' ? 'egressOpen' : 'ingressOpen', { server, group: said.group.name }, `/security-groups/${said.group.id}`);
      case 'partly':
        return this.add('partly', 'ingressPartly', { server, group: said.group.name, ranges: this.rangesOf(said) }, `/security-groups/${said.group.id}`);
      case 'unknown':
        return this.add('unknown', 'unseen', { server, groups: said.groups.join(', ') }, place);
      case 'closed': {
        if (said.groups.length === 0) return this.add('stop', 'noGroups', { server }, place);
        const [only] = said.groups;
        const groups = said.groups.map((group) => group.name).join(', ');
        return this.add('stop', side === 'egress' ? 'egressClosed' : 'ingressClosed', { server, groups }, said.groups.length === 1 ? `/security-groups/${only!.id}` : place);
      }
    }
  }

  private rangesOf({ rules }: Extract<Judgement, { verdict: 'partly' }>): string {
    const names = rules.map((rule) => rule.remote_ip_prefix ?? this.estate.addressGroups.find((group) => group.id === rule.remote_address_group_id)?.name ?? '');
    return [...new Set(names)].filter((name) => name !== '').join(', ');
  }

  /** A group that keeps no connections in mind refuses answers as it refuses everything. */
  private replies(source: Port | null, target: Port, goal: Ip, seenAs: Ip | null, version: 4 | 6): void {
    const forgets = (port: Port, packet: Packet) => {
      const said = judge(port, packet, this.estate);
      return said.verdict === 'open' && said.group.stateful === false;
    };
    const back = (port: Port, direction: Packet['direction'], remote: Ip | null) => {
      const said = judge(port, { ...this.packet(direction, remote, version), reply: true, port: null }, this.estate);
      const open = said.verdict === 'open' || said.verdict === 'unguarded' || said.verdict === 'partly';
      this.add(open ? 'pass' : said.verdict === 'unknown' ? 'unknown' : 'stop', open ? 'replyOpen' : 'replyClosed', { server: this.nameOf(port.device_id) }, `/servers/${port.device_id}/network`);
    };
    if (forgets(target, this.packet('ingress', seenAs, version))) back(target, 'egress', seenAs);
    if (source && forgets(source, this.packet('egress', goal, goal.version))) back(source, 'ingress', goal);
  }
}
