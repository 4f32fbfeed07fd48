// A small cloud in memory that answers the console as the real one does; for tests and for work on the pages.
import { GROUPS } from '../../src/app/places.ts';
import type { SourceRule } from '../../src/api/access';
import type { Way } from '../../src/api/vpn';
import type { KeyPair, Server } from '../../src/api/compute';
import type { Backups } from '../../src/api/backups';
import type { Certificate } from '../../src/api/certificates';
import type { BreakGlass, HostAccess } from '../../src/api/breakGlass';
import type { Disclosure, Entry, Hold, Secrecy, WholePackage } from '../../src/api/evidence';
import type { Host } from '../../src/api/hosts';
import type { Session, Viewing, ViewWish } from '../../src/api/session';
import type { HistoryEvent, Round } from '../../src/api/history';
import type { DestinationWish } from '../../src/api/forwarding';
import type { Audit, Kept } from '../../src/api/ledger';
import type { Image } from '../../src/api/image';
import type { NoticeWish } from '../../src/api/notices';
import type { OverdueServer } from '../../src/api/overdue';
import type { FloatingAddress, Network, Port, Router, SecurityGroup, Subnet } from '../../src/api/network';
import type { Holdings, Users } from '../../src/api/users';
import { FakeAccess, type MadeBody } from './access.ts';
import { FakeVpn } from './vpn.ts';
import { FakeAccount } from './account.ts';
import { FakeChanges } from './changes.ts';
import { FakeContract } from './contract.ts';
import { FakeForwarding } from './forwarding.ts';
import { historyRoutes } from './history.ts';
import { FakeMail } from './mail.ts';
import { networkRoutes } from './network.ts';
import { FakeNotices } from './notices.ts';
import { operationChanges } from './operation.ts';
import { FakePlans } from './plans.ts';
import { FakeProviders } from './providers.ts';
import { FakeSchedules } from './schedules.ts';
import { serverRoutes } from './servers.ts';
import { userRoutes } from './users.ts';
import proof from './proof.json' with { type: 'json' };
import * as seed from './seed.ts';

export interface FakeRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  body: unknown;
  /** What the header X-Unkai-Reason says, percent-encoded. */
  reason?: string;
}

export interface FakeAnswer {
  status: number;
  body?: unknown;
}

/** A way that requests take, with what answers there; the first that fits. */
export type Route = [method: string, path: RegExp, handler: Handler];

type Handler = (request: FakeRequest, ...ids: string[]) => FakeAnswer;

export const refusal = (status: number, kind: string, message: string): FakeAnswer => ({ status, body: { [kind]: { code: status, message } } });

export class FakeCloud {
  loggedIn = true;
  /** Whether no request gets through. */
  unreachable = false;
  readonly changes = new FakeChanges();
  /** What is refused for some other reason than a real one. */
  refuses: (request: FakeRequest) => FakeAnswer | null = () => null;
  servers: Server[] = seed.servers();
  images: Image[] = seed.images();
  keys: KeyPair[] = seed.keys();
  networks: Network[] = seed.networks();
  subnets: Subnet[] = seed.subnets();
  /** The event there is not kept any more. */
  droppedPlace = -1;
  /** of the whole history */
  sealedEvents = 100;
  ports: Port[] = seed.ports();
  routers: Router[] = seed.routers();
  floating: FloatingAddress[] = seed.floating();
  groups: SecurityGroup[] = seed.groups();
  events: HistoryEvent[] = seed.events();
  hosts: Host[] = seed.hosts();
  readonly contract = new FakeContract();
  readonly account = new FakeAccount();
  /** Those of the actions that an operator may do which the console asks for. */
  rights: string[] = [
    ...GROUPS.flatMap((group) => group.places.map((place) => place.action ?? [])).flat(),
    'account:read',
    'session:view',
    'network:firewall-log:export',
    'account:exception:list',
    'account:exception:change',
    'hosts:host:manage',
    'history:event:list-all',
    'history:retention:show',
    'history:retention:change',
    'history:event:export',
    'history:forwarding:manage',
    'history:forwarding:operate',
    'image:image:publicize',
    'application:decide',
    'mail:outbox:change',
    'operation:certificate:retry',
    'mail:outbox:open',
    'notice:publish',
    'evidence:hold:list',
    'evidence:hold:make',
    'evidence:hold:end',
    'evidence:disclosure:record',
    'evidence:disclosure:change',
    'evidence:package:make',
    'evidence:package:handle',
    'operation:break-glass:request',
    'operation:break-glass:decide',
    'operation:break-glass:end',
    'operation:break-glass:review',
    'portal-access:update',
    'identity-provider:change',
    'user:role:grant',
    'user:create',
    'user:update',
    'user:remove',
    'user:password:send',
    'account:second-factor:remove',
    'compute:server:act',
    'compute:server:create',
    'compute:quota:show',
    'network:quota:show',
    'compute:console-visit:list',
    'image:image:create',
    'network:network:create',
    'network:router:create',
    'network:floatingip:create',
    'network:floatingip:update',
    'network:port:update',
    'network:log:update',
    'network:security-group:create',
    'compute:server:update',
    'compute:schedule:manage',
    'source-rule:update',
  ];
  rounds: Round[] = [proof.proof.round.round];
  retention: Kept[] = [
    { class: 'access', days: 365, leastDays: 30, oldest: '2026-04-01T00:00:00Z', nextDrop: '2027-05-01T00:00:00Z', held: [] },
    { class: 'security', days: 365, leastDays: 30, oldest: '2026-04-01T00:00:00Z', nextDrop: '2027-05-01T00:00:00Z', held: ['case-17'] },
    { class: 'platform', days: 30, leastDays: 30, oldest: null, nextDrop: null, held: [] },
    { class: 'operation', days: 365, leastDays: 30, oldest: null, nextDrop: null, held: [] },
  ];

  audit: Audit = { passes: 4, lastPass: new Date().toISOString(), events: 101, findings: [] };
  overdue: OverdueServer[] = [];
  backups: Backups = seed.backups();
  certificates: Certificate[] = seed.certificates();
  breakGlass: BreakGlass = { setting: 'open', cases: [], logIns: [] };
  hostAccess: HostAccess = { grants: [], logIns: [] };
  evidence: { holds: Hold[]; disclosures: Disclosure[]; changes: Entry[]; secrecy: Secrecy[]; packages: WholePackage[] } = { holds: [], disclosures: [], changes: [], secrecy: [], packages: [] };
  readonly schedules = new FakeSchedules();
  readonly access = new FakeAccess();
  readonly vpn = new FakeVpn();
  readonly mail = new FakeMail();
  readonly notices = new FakeNotices();
  readonly plans = new FakePlans();
  readonly forwarding = new FakeForwarding();
  users: Users = seed.users();
  readonly providers = new FakeProviders();
  holdings: Holdings = seed.holdings();
  /** Whether the visitor has shown not long ago who he is. */
  proved = true;
  /** How long a server takes from one state to the next, in milliseconds. */
  pace = 3_000;
  /** Every request that was answered, oldest first. */
  readonly seen: FakeRequest[] = [];

  constructor(readonly now: () => number = Date.now) {}

  answer(request: FakeRequest): FakeAnswer {
    this.seen.push(request);
    const isPublic = /^\/service\/v1\/(session|plans|ledger\/key|ledger\/rounds|ledger\/subscription[a-z-]*|application|applications|application-verifications|first-credentials|password-resets|password-issues|address-confirmations)(\/|$)/.test(request.path);
    if (!this.loggedIn && !isPublic) return { status: 401, body: { error: { code: 401, message: 'Log in first.', title: 'Unauthorized' } } };
    const refused = this.refuses(request);
    if (refused) return refused;
    for (const [method, pattern, handler] of this.routes) {
      const match = method === request.method ? pattern.exec(request.path) : null;
      if (match) return handler(request, ...match.slice(1));
    }
    return refusal(404, 'itemNotFound', `There is no ${request.method} ${request.path} here.`);
  }

  /** The view as customer that the session is now. */
  viewing: Viewing | null = null;
  /** What such a view may ask for. */
  viewRights: readonly string[] = ['compute:server:list', 'compute:server:show', 'topology:show', 'network:network:list', 'network:security-group:list', 'history:event:list', 'contract:show', 'compute:quota:show', 'network:quota:show'];

  session(): Session {
    const own = seed.session();
    return this.viewing ? { ...own, project: { id: 'p9', name: this.viewing.contract }, expires: this.viewing.until, viewing: this.viewing } : own;
  }

  private view({ contract, project, minutes }: ViewWish): FakeAnswer {
    this.viewing = { id: 'v1', contract: contract ?? project ?? '', until: new Date(this.now() + (minutes ?? 30) * 60_000).toISOString() };
    return { status: 200, body: this.session() };
  }

  private endView(): FakeAnswer {
    this.viewing = null;
    return this.loggedIn ? { status: 200, body: this.session() } : { status: 204 };
  }

  /** Whether the contract's plan has the provider look after its users, which asks for the reason. */
  wantsReason = false;
  /** Whether a customer's things are closed to the provider's people without an approved access. */
  wantsAccess = false;

  private readonly routes: Route[] = [
    ...historyRoutes(this),
    ...networkRoutes(this),
    ...operationChanges(this),
    ...serverRoutes(this),
    ...userRoutes(this),
    ['GET', /^\/service\/v1\/session$/, () => (this.loggedIn ? { status: 200, body: this.session() } : { status: 401, body: { detail: 'Log in.' } })],
    ['POST', /^\/service\/v1\/session$/, ({ body }) => this.logIn(body as { password: string; code?: string })],
    ['POST', /^\/service\/v1\/session\/second-factor$/, ({ body }) => this.account.begin(body as { password: string })],
    ['PUT', /^\/service\/v1\/session\/second-factor$/, ({ body }) => this.account.confirm(body as { code: string })],
    ['POST', /^\/service\/v1\/session\/view$/, ({ body }) => this.view(body as ViewWish)],
    ['DELETE', /^\/service\/v1\/session\/view$/, () => this.endView()],
    ['GET', /^\/service\/v1\/account$/, () => ({ status: 200, body: this.account.read() })],
    [
      'POST',
      /^\/service\/v1\/account\/address$/,
      ({ body }) => this.account.askAddress(body as { address: { email: string }; proof: { password: string } }),
    ],
    ['POST', /^\/service\/v1\/address-confirmations$/, ({ body }) => this.account.confirmAddress((body as { token: string }).token)],
    [
      'POST',
      /^\/service\/v1\/account\/password$/,
      ({ body }) => this.account.changePassword((body as { password: { present: string; fresh: string } }).password),
    ],
    ['POST', /^\/service\/v1\/account\/second-factor$/, ({ body }) => this.account.begin((body as { proof: { password: string } }).proof)],
    ['PUT', /^\/service\/v1\/account\/second-factor$/, ({ body }) => this.account.confirm((body as { proof: { code: string } }).proof)],
    [
      'POST',
      /^\/service\/v1\/account\/second-factor\/removal$/,
      ({ body }) => this.account.remove((body as { proof: { password: string; code: string } }).proof),
    ],
    ['GET', /^\/service\/v1\/second-factor-exceptions$/, () => ({ status: 200, body: { roles: this.account.factorRoles, exceptions: this.account.exceptions } })],
    ['DELETE', /^\/service\/v1\/second-factor-exceptions\/([^/]+)$/, (_, id) => this.account.endException(id)],
    ['DELETE', /^\/service\/v1\/session$/, () => this.logOut()],
    ['GET', /^\/service\/v1\/sessions$/, ({ query }) => this.access.list(query)],
    ['DELETE', /^\/service\/v1\/sessions$/, () => (this.proved ? this.access.endOthers() : this.proofTooOld())],
    ['POST', /^\/service\/v1\/session\/proof$/, ({ body }) => this.prove(body as { password?: string; code?: string; passkey?: unknown })],
    ['POST', /^\/service\/v1\/session\/proof\/challenge$/, () => ({ status: 200, body: { publicKey: seed.passkeyRequest() } })],
    ['DELETE', /^\/service\/v1\/sessions\/([^/]+)$/, (_, id) => this.access.end(id)],
    ['GET', /^\/service\/v1\/identity-providers$/, () => this.providers.all()],
    ['POST', /^\/service\/v1\/identity-providers$/, ({ body }) => this.providers.register(body as Parameters<FakeProviders['register']>[0])],
    ['PUT', /^\/service\/v1\/identity-providers\/([^/]+)$/, ({ body }, id) => this.providers.change(id, body as Parameters<FakeProviders['change']>[1])],
    ['DELETE', /^\/service\/v1\/identity-providers\/([^/]+)$/, (_, id) => this.providers.remove(id)],
    ['POST', /^\/service\/v1\/identity-providers\/([^/]+)\/check$/, () => this.providers.check()],
    ['POST', /^\/service\/v1\/session\/provider$/, ({ body }) => this.providers.begin(body as { key: string })],
    ['PUT', /^\/service\/v1\/session\/provider$/, ({ body }) => this.entered(this.providers.finish(body as { state: string }))],
    ['PUT', /^\/service\/v1\/session\/provider\/second-factor$/, ({ body }) => this.entered(this.providers.second(body as { state: string }))],
    ['GET', /^\/service\/v1\/vpn-sessions$/, ({ query }) => this.vpn.list(query)],
    ['DELETE', /^\/service\/v1\/vpn-sessions\/([^/]+)$/, (_, id) => this.vpn.end(id)],
    ['GET', /^\/service\/v1\/portal-access$/, () => this.vpn.own()],
    ['GET', /^\/service\/v1\/portal-access\/contracts$/, () => this.vpn.all()],
    ['PUT', /^\/service\/v1\/portal-access$/, ({ query, body }) => this.vpn.change(query, body as { portalAccess: Way })],
    ['GET', /^\/service\/v1\/source-rules$/, () => this.access.readRules()],
    ['PUT', /^\/service\/v1\/source-rules$/, ({ body }) => this.access.changeRules(body as { rules: SourceRule[] })],
    ['PUT', /^\/service\/v1\/source-rules\/tunnels$/, ({ body }) => this.access.changeTunnels(body as { prefixes: string[] })],
    ['GET', /^\/identity\/v3\/users\/u1\/application_credentials$/, () => ({ status: 200, body: { application_credentials: this.access.own } })],
    ['POST', /^\/identity\/v3\/users\/u1\/application_credentials$/, ({ body }) => (this.proved ? this.access.make((body as { application_credential: MadeBody }).application_credential) : this.proofTooOld())],
    ['DELETE', /^\/identity\/v3\/users\/u1\/application_credentials\/([^/]+)$/, (_, id) => this.access.drop(id)],
    ['GET', /^\/service\/v1\/application-credentials$/, () => this.access.credentials()],
    [
      'PUT',
      /^\/service\/v1\/application-credentials\/([^/]+)\/sources$/,
      ({ body }, id) => this.access.limit(id, body as { prefixes: string[] }),
    ],
    ['GET', /^\/service\/v1\/manual\/(ja|en)$/, () => ({ status: 200, body: {} })],
    ['GET', /^\/service\/v1\/notices$/, () => ({ status: 200, body: { notices: this.notices.own } })],
    ['POST', /^\/service\/v1\/notices\/reading$/, () => this.notices.read()],
    ['POST', /^\/service\/v1\/notices\/([^/]+)\/reading$/, (_, id) => this.notices.read(id)],
    ['GET', /^\/service\/v1\/notice-register$/, () => ({ status: 200, body: { notices: this.notices.register.map((one) => one.notice) } })],
    ['GET', /^\/service\/v1\/notice-register\/contracts$/, () => ({ status: 200, body: { contracts: this.notices.contracts } })],
    ['GET', /^\/service\/v1\/notice-register\/([^/]+)$/, (_, id) => this.notices.show(id)],
    ['POST', /^\/service\/v1\/notice-register$/, ({ body }) => this.notices.publish(body as NoticeWish)],
    ['PUT', /^\/service\/v1\/notice-register\/([^/]+)$/, ({ body }, id) => this.notices.correct(id, body as NoticeWish & { reason: string })],
    ['PUT', /^\/service\/v1\/notice-register\/([^/]+)\/end$/, ({ body }, id) => this.notices.end(id, (body as { reason: string }).reason)],
    ['GET', /^\/service\/v1\/overdue-work$/, () => ({ status: 200, body: { servers: this.overdue } })],
    ['GET', /^\/network\/v2.0\/quotas\/[^/]+\/details$/, () => ({ status: 200, body: { quota: { floatingip: { limit: 5, used: this.floating.length }, network: { limit: -1, used: 2 } } } })],
    ['GET', /^\/service\/v1\/rights$/, () => ({ status: 200, body: { actions: this.viewing ? this.viewRights : this.rights } })],
    ['GET', /^\/service\/v1\/forwarding\/destinations$/, () => this.forwarding.list()],
    ['POST', /^\/service\/v1\/forwarding\/destinations$/, ({ body }) => this.forwarding.add(body as DestinationWish)],
    ['POST', /^\/service\/v1\/forwarding\/checks$/, () => ({ status: 200, body: this.forwarding.trial })],
    ['GET', /^\/service\/v1\/forwarding\/destinations\/([^/]+)$/, (_, id) => this.forwarding.show(id)],
    ['DELETE', /^\/service\/v1\/forwarding\/destinations\/([^/]+)$/, () => ({ status: 204 })],
    ['PUT', /^\/service\/v1\/forwarding\/destinations\/([^/]+)\/pause$/, (_, id = '') => this.forwarding.change(id, { state: 'paused' })],
    ['DELETE', /^\/service\/v1\/forwarding\/destinations\/([^/]+)\/pause$/, (_, id = '') => this.forwarding.change(id, { state: 'active' })],
    ['POST', /^\/service\/v1\/forwarding\/destinations\/([^/]+)\/attempt$/, (_, id) => this.forwarding.tried(id)],
    ['POST', /^\/service\/v1\/forwarding\/destinations\/([^/]+)\/test$/, () => ({ status: 200, body: {} })],
    ['POST', /^\/service\/v1\/forwarding\/destinations\/([^/]+)\/secret$/, (_, id) => ({ status: 200, body: { destination: this.forwarding.show(id).body, secret: 'whsec_bmV3' } })],
    ['POST', /^\/service\/v1\/ledger\/subscriptions$/, () => ({ status: 202 })],
    ['POST', /^\/service\/v1\/ledger\/subscription-(verifications|endings)$/, () => ({ status: 204 })],
    ['GET', /^\/service\/v1\/break-glass$/, () => ({ status: 200, body: this.breakGlass })],
    ['GET', /^\/service\/v1\/evidence\/holds$/, () => ({ status: 200, body: { holds: this.evidence.holds } })],
    ['GET', /^\/service\/v1\/evidence\/disclosures$/, () => ({ status: 200, body: { disclosures: this.evidence.disclosures } })],
    ['GET', /^\/service\/v1\/evidence\/disclosures\/([^/]+)$/, (_, id) => ({ status: 200, body: this.wholeDisclosure(id ?? '') })],
    ['GET', /^\/service\/v1\/evidence\/packages$/, () => ({ status: 200, body: { packages: this.evidence.packages.map((one) => one.evidence) } })],
    ['GET', /^\/service\/v1\/evidence\/packages\/[^/]+$/, () => ({ status: 200, body: this.evidence.packages[0] })],
    ['POST', /^\/service\/v1\/evidence\/(holds|disclosures|packages)$/, () => ({ status: 201, body: {} })],
    ['PUT', /^\/service\/v1\/evidence\/(holds|disclosures)\/[^/]+(\/[a-z]+){0,2}$/, () => ({ status: 200, body: {} })],
    ['POST', /^\/service\/v1\/evidence\/disclosures\/[^/]+\/packages$/, () => ({ status: 200, body: {} })],
    ['DELETE', /^\/service\/v1\/evidence\/disclosures\/[^/]+\/secrecy$/, () => ({ status: 200, body: {} })],
    ['PUT', /^\/service\/v1\/break-glass\/log-ins\/[^/]+\/review$/, () => ({ status: 200, body: {} })],
    ['GET', /^\/service\/v1\/hosts\/[^/]+\/access$/, () => ({ status: 200, body: this.hostAccess })],
    [
      'POST',
      /^\/service\/v1\/certificates\/edge\/retry$/,
      () => {
        this.certificates[0] = { ...this.certificates[0]!, failure: undefined, nextTryAt: undefined, triedAt: new Date().toISOString() };
        return { status: 204, body: undefined };
      },
    ],
    ['GET', /^\/service\/v1\/certificates$/, () => ({ status: 200, body: { certificates: this.certificates } })],
    ['GET', /^\/service\/v1\/backups$/, () => ({ status: 200, body: this.backups })],
    ['POST', /^\/service\/v1\/applications$/, () => ({ status: 202 })],
    ['POST', /^\/service\/v1\/application-verifications$/, () => this.contract.verify()],
    ['GET', /^\/service\/v1\/application$/, () => this.contract.show()],
    ['POST', /^\/service\/v1\/application\/consent$/, () => this.contract.agree()],
    ['GET', /^\/service\/v1\/applications$/, () => this.contract.list()],
    ['GET', /^\/service\/v1\/applications\/([^/]+)$/, () => this.contract.show()],
    ['POST', /^\/service\/v1\/applications\/([^/]+)\/approval$/, () => this.contract.approve()],
    ['GET', /^\/service\/v1\/contract$/, () => this.contract.own()],
    ['POST', /^\/service\/v1\/first-credentials\/reading$/, () => this.contract.seal()],
    ['POST', /^\/service\/v1\/first-credentials$/, () => this.contract.open()],
    ['GET', /^\/service\/v1\/(identity-)?mails$/, (_, ofIdentity) => this.mail.list(ofIdentity)],
    ['GET', /^\/service\/v1\/mails\/([^/]+)$/, (_, id) => this.mail.show(id)],
    ['POST', /^\/service\/v1\/mails\/([^/]+)\/opening$/, (_, id) => this.mail.open(id)],
    ['POST', /^\/service\/v1\/mails\/([^/]+)\/retry$/, (_, id) => this.mail.retry(id)],
    ['POST', /^\/service\/v1\/password-resets$/, () => ({ status: 202, body: { accepted: true } })],
    ['POST', /^\/service\/v1\/password-resets\/use$/, ({ body }) => this.account.reset(body as { token: string; password: string })],
    ['POST', /^\/service\/v1\/password-issues\/open$/, ({ body }) => this.account.open(body as { token: string })],
    ['GET', /^\/service\/v1\/plans$/, () => this.plans.list()],
    ['POST', /^\/service\/v1\/plans$/, ({ body }) => this.plans.publish(String(body))],
    ['GET', /^\/service\/v1\/plans\/([^/]+)$/, (_, id) => this.plans.versions(id)],
    ['PUT', /^\/service\/v1\/plans\/([^/]+)\/offer$/, ({ body }, id) => this.plans.offer(id, (body as { offered: boolean }).offered)],
    ['GET', /^\/service\/v1\/servers\/[^/]+\/placement$/, () => ({ status: 200, body: { searches: seed.searches() } })],
    ['GET', /^\/service\/v1\/servers\/[^/]+\/protection$/, () => ({ status: 200, body: { deleteProtection: false } })],
    ['GET', /^\/service\/v1\/servers\/[^/]+\/console-visits$/, () => ({ status: 200, body: { visits: seed.visits(), next: null } })],
    ['GET', /^\/compute\/v2.1\/flavors\/detail$/, () => ({ status: 200, body: { flavors: seed.flavors() } })],
    ['GET', /^\/compute\/v2.1\/os-keypairs$/, () => ({ status: 200, body: { keypairs: this.keys.map((keypair) => ({ keypair })) } })],
    ['POST', /^\/compute\/v2.1\/os-keypairs$/, ({ body }) => this.createKey((body as { keypair: KeyPair }).keypair)],
    ['DELETE', /^\/compute\/v2.1\/os-keypairs\/([^/]+)$/, (_, name) => this.remove('keys', (key) => key.name === name)],
    ['PUT', /^\/service\/v1\/hosts\/([^/]+)\/maintenance$/, ({ body }, id) => this.maintain(id, body as { reason: string; drain: boolean })],
    ['DELETE', /^\/service\/v1\/hosts\/([^/]+)\/maintenance$/, (_, id) => this.maintain(id, null)],
    ['GET', /^\/service\/v1\/hosts\/([^/]+)\/drain$/, () => ({ status: 200, body: seed.drain() })],
    ['GET', /^\/service\/v1\/hosts$/, () => ({ status: 200, body: { hosts: this.hosts } })],
    ['GET', /^\/image\/v2\/images$/, () => ({ status: 200, body: { images: this.images } })],
    ['POST', /^\/image\/v2\/images$/, ({ body }) => this.createImage(body as Image)],
    ['PUT', /^\/image\/v2\/images\/([^/]+)\/file$/, (_, id) => this.fill(id)],
    ['DELETE', /^\/image\/v2\/images\/([^/]+)$/, (_, id) => this.remove('images', (image) => image.id === id)],
    ['PUT', /^\/network\/v2.0\/networks\/([^/]+)$/, ({ body }, id) => this.change(this.networks, id, (body as { network: object }).network)],
    ['PUT', /^\/network\/v2.0\/subnets\/([^/]+)$/, ({ body }, id) => this.change(this.subnets, id, (body as { subnet: object }).subnet)],
    ['PUT', /^\/network\/v2.0\/routers\/([^/]+)$/, ({ body }, id) => this.change(this.routers, id, (body as { router: object }).router)],
    ['PUT', /^\/network\/v2.0\/security-groups\/([^/]+)$/, ({ body }, id) => this.change(this.groups, id, (body as { security_group: object }).security_group)],
    ['PATCH', /^\/image\/v2\/images\/([^/]+)$/, ({ body }, id) => this.patchImage(id, body as { op: string; path: string; value?: string }[])],
    ['DELETE', /^\/network\/v2.0\/networks\/([^/]+)$/, (_, id) => this.remove('networks', (network) => network.id === id)],
    ['GET', /^\/identity\/v3\/projects$/, () => ({ status: 200, body: { projects: [{ id: 'p1', name: 'kumo' }] } })],
  ];

  private proofTooOld(): FakeAnswer {
    return { status: 403, body: { title: 'Forbidden', status: 403, code: 'ProofTooOld', detail: 'Before this, show once more who you are.' } };
  }

  private prove({ password, code, passkey }: { password?: string; code?: string; passkey?: unknown }): FakeAnswer {
    if (!passkey && password !== this.account.password && code !== this.account.code) {
      return { status: 400, body: { title: 'Bad Request', status: 400, code: code ? 'WrongCode' : 'WrongPassword', detail: 'It is wrong.' } };
    }
    this.proved = true;
    return { status: 200, body: seed.session() };
  }

  private wholeDisclosure(id: string) {
    const packages = this.evidence.packages.map((one) => one.evidence).filter((one) => one.disclosure === id);
    return { disclosure: this.evidence.disclosures.find((one) => one.id === id), changes: this.evidence.changes, secrecy: this.evidence.secrecy, packages };
  }

  private maintain(id: string | undefined, body: { reason: string; drain: boolean } | null): FakeAnswer {
    const change: Partial<Host> = { state: body ? 'maintenance' : 'up', maintenanceReason: body?.reason ?? null, drain: body?.drain ? 'draining' : null };
    this.hosts = this.hosts.map((host) => (host.id === id ? { ...host, ...change } : host));
    return { status: 200, body: this.hosts.find((host) => host.id === id) };
  }

  private logIn(body: { password: string; code?: string }): FakeAnswer {
    const refused = this.account.logIn(body);
    if (refused) return refused;
    this.loggedIn = true;
    return { status: 200, body: seed.session() };
  }

  private entered(answer: FakeAnswer): FakeAnswer {
    this.loggedIn ||= answer.status === 200;
    return answer;
  }

  /** Where the contract's identity provider logs people out, or null. */
  leave: string | null = null;

  private logOut(): FakeAnswer {
    this.loggedIn = false;
    return this.leave ? { status: 200, body: { leave: this.leave } } : { status: 204 };
  }

  private change(list: readonly { id: string }[], id: string | undefined, change: object): FakeAnswer {
    const thing = list.find((each) => each.id === id);
    if (!thing) return { status: 404, body: { NeutronError: { type: 'x', message: 'It does not exist.', detail: '' } } };
    Object.assign(thing, change);
    return { status: 200, body: {} };
  }

  private patchImage(id: string | undefined, changes: { op: string; path: string; value?: string }[]): FakeAnswer {
    return this.change(this.images, id, Object.fromEntries(changes.map(({ path, value }) => [path.slice(1), value])));
  }

  private createKey(wanted: KeyPair): FakeAnswer {
    const made: KeyPair = { ...wanted, fingerprint: 'SHA256:Zm9vYmFyYmF6', public_key: wanted.public_key ?? 'ssh-ed25519 AAAA' };
    this.keys.push(made);
    return { status: 201, body: { keypair: wanted.public_key ? made : { ...made, private_key: 'PRIVATE' } } };
  }

  private createImage(wanted: Image): FakeAnswer {
    const image = seed.image({ ...wanted, id: crypto.randomUUID(), status: 'queued', size: null });
    this.images.push(image);
    return { status: 201, body: image };
  }

  private fill(id: string | undefined): FakeAnswer {
    const image = this.images.find((each) => each.id === id);
    if (image) Object.assign(image, { status: 'active', size: 1_048_576 });
    return { status: 204 };
  }

  private remove<K extends 'keys' | 'images' | 'networks'>(kind: K, which: (item: this[K][number]) => boolean): FakeAnswer {
    const items = this[kind] as this[K][number][];
    const index = items.findIndex(which);
    if (index < 0) return refusal(404, 'itemNotFound', 'It does not exist.');
    items.splice(index, 1);
    return { status: 204 };
  }
}
