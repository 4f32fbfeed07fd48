// What the pages read: one query per kind of resource, each with its key and its polling rule.
import { keepPreviousData, queryOptions, type QueryClient } from '@tanstack/react-query';
import { readFactorRule, readAccount } from './account';
import { readBackups } from './backups';
import { readCertificates } from './certificates';
import { readBreakGlass, readHostAccess } from './breakGlass';
import { disclosuresOf, holdsOn, listDisclosures, listHolds, listPackages, packagesOf, readDisclosure, readPackage } from './evidence';
import { ApiError } from './http';
import { listApplicationCredentials, listSessions, readSourceRules } from './access';
import { listFaulty, listFlavors, listKeyPairs, listResized, listServerPage, listServers, readLimits, readServer } from './compute';
import { listOwnCredentials } from './credentials';
import { readHistory } from './history';
import { listHosts, showDrain } from './hosts';
import { listImages, type Image } from './image';
import { listApplications, readApplication, readContract } from './contract';
import { listMails, type MailSource } from './mail';
import {
  listAddressGroups,
  listFloatingAddresses,
  listNetworks,
  listPorts,
  listRouters,
  listSecurityGroups,
  listSubnets,
  readSecurityGroup,
} from './network';
import { listNoticeContracts, listNotices, listOwnNotices, showNotice } from './notices';
import { listOverdue } from './overdue';
import { readDestinations } from './forwarding';
import { readAudit } from './ledger';
import { readPlacement } from './placement';
import { listPlans, listVersions } from './plans';
import { readNetworkQuota } from './quotas';
import { readRights, type Session } from './session';
import { readTopology } from './topology';
import { listUsers, readHoldings } from './users';
import { listProviders } from './providers';
import { listPortalAccess, listVpnSessions, readPortalAccess } from './vpn';
import { CALM, followed, pollImages, pollServers, QUICK, SELDOM } from './polling';

/** The project that the session is for. */
const projectOf = (client: QueryClient) => client.getQueryData<Session>(['session'])?.project?.id ?? '';

/** Of a list that may be longer. */
export const MOST_HELD = 500;

export const queries = {
  ownNotices: () => queryOptions({ queryKey: ['notices'], queryFn: ({ signal }) => listOwnNotices(signal), refetchInterval: () => followed(SELDOM) }),
  noticeRegister: () => queryOptions({ queryKey: ['noticeRegister'], queryFn: ({ signal }) => listNotices(signal), refetchInterval: () => followed(SELDOM) }),
  registeredNotice: (id: string) => queryOptions({ queryKey: ['noticeRegister', id], queryFn: ({ signal }) => showNotice(id, signal) }),
  noticeContracts: () => queryOptions({ queryKey: ['noticeContracts'], queryFn: ({ signal }) => listNoticeContracts(signal), staleTime: SELDOM }),
  destinations: () => queryOptions({ queryKey: ['forwarding', ''], queryFn: ({ signal }) => readDestinations(undefined, signal), refetchInterval: () => followed(CALM) }),
  audit: () => queryOptions({ queryKey: ['ledger-audit'], queryFn: ({ signal }) => readAudit(signal), refetchInterval: SELDOM }),
  account: () => queryOptions({ queryKey: ['account'], queryFn: ({ signal }) => readAccount(signal) }),
  exceptions: () => queryOptions({ queryKey: ['exceptions'], queryFn: ({ signal }) => readFactorRule(signal) }),
  servers: () =>
    queryOptions({
      queryKey: ['servers'],
      queryFn: ({ signal }) => listServers(signal),
      refetchInterval: (query) => pollServers(query.state.data),
    }),
  /** The newest servers: all of them, or as many as the browser should hold. */
  newestServers: () =>
    queryOptions({
      queryKey: ['servers', 'newest'],
      queryFn: ({ signal }) => listServerPage({ limit: MOST_HELD, filters: [] }, signal),
      refetchInterval: (query) => (query.state.data?.more ? SELDOM : pollServers(query.state.data?.items)),
    }),
  server: (id: string) =>
    queryOptions({
      queryKey: ['servers', id],
      queryFn: ({ signal }) => readServer(id, signal),
      refetchInterval: (query) => {
        if (query.state.error instanceof ApiError && query.state.error.status === 404) return false;
        return pollServers(query.state.data && [query.state.data]);
      },
    }),
  topology: () => queryOptions({ queryKey: ['servers', 'topology'], queryFn: ({ signal }) => readTopology(signal), refetchInterval: () => followed(CALM) }),
  faultyServers: () => queryOptions({ queryKey: ['servers', 'faulty'], queryFn: ({ signal }) => listFaulty(signal), refetchInterval: () => followed(CALM) }),
  resizedServers: () => queryOptions({ queryKey: ['servers', 'resized'], queryFn: ({ signal }) => listResized(signal), refetchInterval: () => followed(CALM) }),
  networkQuota: () =>
    queryOptions({ queryKey: ['networkQuota'], queryFn: ({ client, signal }) => readNetworkQuota(projectOf(client), signal), refetchInterval: SELDOM }),
  overdue: () => queryOptions({ queryKey: ['overdue'], queryFn: ({ signal }) => listOverdue(signal), refetchInterval: () => followed(CALM) }),
  placement: (server: string) =>
    queryOptions({ queryKey: ['servers', server, 'placement'], queryFn: ({ signal }) => readPlacement(server, signal), refetchInterval: CALM }),
  flavors: () => queryOptions({ queryKey: ['flavors'], queryFn: ({ signal }) => listFlavors(signal), staleTime: 60_000 }),
  keyPairs: () => queryOptions({ queryKey: ['keyPairs'], queryFn: ({ signal }) => listKeyPairs(signal), refetchInterval: () => followed(15_000) }),
  limits: () => queryOptions({ queryKey: ['limits'], queryFn: ({ signal }) => readLimits(signal), refetchInterval: () => followed(CALM) }),
  drain: (host: string) =>
    queryOptions({ queryKey: ['drains', host], queryFn: ({ signal }) => showDrain(host, signal), refetchInterval: () => followed(QUICK) }),
  hostAccess: (host: string) => queryOptions({ queryKey: ['hosts', host, 'access'], queryFn: ({ signal }) => readHostAccess(host, signal) }),
  breakGlass: () => queryOptions({ queryKey: ['break-glass'], queryFn: ({ signal }) => readBreakGlass(signal), refetchInterval: () => followed(CALM) }),
  holds: (words: string) =>
    queryOptions({ queryKey: ['evidence', 'holds', words], queryFn: ({ signal }) => listHolds(words, signal), placeholderData: keepPreviousData, refetchInterval: () => followed(CALM) }),
  holdsOn: (project: string, thing: string) =>
    queryOptions({ queryKey: ['evidence', 'holdsOn', project, thing], queryFn: ({ signal }) => holdsOn(project, thing, signal), refetchInterval: () => followed(CALM) }),
  disclosures: (words: string) =>
    queryOptions({ queryKey: ['evidence', 'disclosures', words], queryFn: ({ signal }) => listDisclosures(words, signal), placeholderData: keepPreviousData, refetchInterval: () => followed(CALM) }),
  disclosure: (id: string) => queryOptions({ queryKey: ['evidence', 'disclosure', id], queryFn: ({ signal }) => readDisclosure(id, signal) }),
  disclosuresOf: (project: string) => queryOptions({ queryKey: ['evidence', 'disclosuresOf', project], queryFn: ({ signal }) => disclosuresOf(project, signal) }),
  packagesOf: (project: string) => queryOptions({ queryKey: ['evidence', 'packagesOf', project], queryFn: ({ signal }) => packagesOf(project, signal) }),
  packages: (words: string) =>
    queryOptions({
      queryKey: ['evidence', 'packages', words],
      queryFn: ({ signal }) => listPackages(words, signal),
      placeholderData: keepPreviousData,
      refetchInterval: (query) => (query.state.data?.some((one) => one.state === 'collecting') ? QUICK : followed(CALM)),
    }),
  package: (id: string) =>
    queryOptions({
      queryKey: ['evidence', 'package', id],
      queryFn: ({ signal }) => readPackage(id, signal),
      refetchInterval: (query) => (query.state.data?.evidence.state === 'collecting' ? QUICK : followed(CALM)),
    }),
  certificates: () => queryOptions({ queryKey: ['certificates'], queryFn: ({ signal }) => readCertificates(signal), refetchInterval: 30_000 }),
  backups: () => queryOptions({ queryKey: ['backups'], queryFn: ({ signal }) => readBackups(signal), refetchInterval: () => followed(15_000) }),
  rights: () => queryOptions({ queryKey: ['rights'], queryFn: ({ signal }) => readRights(signal), staleTime: 10_000, refetchInterval: 60_000, retry: 2 }),
  hosts: () => queryOptions({ queryKey: ['hosts'], queryFn: ({ signal }) => listHosts(signal), refetchInterval: () => followed(CALM) }),
  images: () =>
    queryOptions({
      queryKey: ['images'],
      queryFn: ({ signal }) => listImages(signal),
      refetchInterval: (query) => pollImages(query.state.data as Image[] | undefined),
    }),
  networks: () => queryOptions({ queryKey: ['networks'], queryFn: ({ client, signal }) => listNetworks(projectOf(client), signal), refetchInterval: () => followed(CALM) }),
  subnets: () => queryOptions({ queryKey: ['subnets'], queryFn: ({ signal }) => listSubnets(signal), refetchInterval: () => followed(CALM) }),
  ports: (filter: Record<string, string> = {}) =>
    queryOptions({ queryKey: ['ports', filter], queryFn: ({ signal }) => listPorts(filter, signal), refetchInterval: () => followed(CALM) }),
  routers: () => queryOptions({ queryKey: ['routers'], queryFn: ({ client, signal }) => listRouters(projectOf(client), signal), refetchInterval: () => followed(CALM) }),
  floatingAddresses: () =>
    queryOptions({ queryKey: ['floatingAddresses'], queryFn: ({ client, signal }) => listFloatingAddresses(projectOf(client), signal), refetchInterval: () => followed(CALM) }),
  securityGroups: () =>
    queryOptions({ queryKey: ['securityGroups'], queryFn: ({ client, signal }) => listSecurityGroups(projectOf(client), signal), refetchInterval: () => followed(CALM) }),
  ownPorts: () =>
    queryOptions({ queryKey: ['ports', 'own'], queryFn: ({ client, signal }) => listPorts({ project_id: projectOf(client) }, signal), refetchInterval: () => followed(CALM) }),
  addressGroups: () => queryOptions({ queryKey: ['addressGroups'], queryFn: ({ signal }) => listAddressGroups(signal), refetchInterval: SELDOM }),
  securityGroup: (id: string) =>
    queryOptions({ queryKey: ['securityGroups', id], queryFn: ({ signal }) => readSecurityGroup(id, signal), refetchInterval: () => followed(CALM) }),
  applications: () => queryOptions({ queryKey: ['applications'], queryFn: ({ signal }) => listApplications(signal), refetchInterval: () => followed(CALM) }),
  application: (id: string) =>
    queryOptions({ queryKey: ['applications', id], queryFn: ({ signal }) => readApplication(id, signal), refetchInterval: () => followed(CALM) }),
  contract: () => queryOptions({ queryKey: ['contract'], queryFn: ({ signal }) => readContract(signal), staleTime: SELDOM }),
  mails: (source: MailSource) =>
    queryOptions({ queryKey: ['mails', source], queryFn: ({ signal }) => listMails(source, signal), refetchInterval: () => followed(CALM) }),
  sessions: (everyone: boolean) =>
    queryOptions({ queryKey: ['sessions', everyone], queryFn: ({ signal }) => listSessions(everyone, signal), refetchInterval: SELDOM }),
  sourceRules: () => queryOptions({ queryKey: ['sourceRules'], queryFn: ({ signal }) => readSourceRules(signal), staleTime: SELDOM }),
  applicationCredentials: (everyone: boolean) =>
    queryOptions({
      queryKey: ['applicationCredentials', everyone],
      queryFn: ({ signal }) => listApplicationCredentials(everyone, signal),
      staleTime: SELDOM,
    }),
  ownCredentials: () =>
    queryOptions({
      queryKey: ['applicationCredentials', 'own'],
      queryFn: ({ client, signal }) => listOwnCredentials(client.getQueryData<Session>(['session'])?.user.id ?? '', signal),
      staleTime: SELDOM,
    }),
  plans: () => queryOptions({ queryKey: ['plans'], queryFn: ({ signal }) => listPlans(signal), staleTime: SELDOM }),
  plan: (id: string) => queryOptions({ queryKey: ['plans', id], queryFn: ({ signal }) => listVersions(id, signal), staleTime: SELDOM }),
  providers: () => queryOptions({ queryKey: ['identity-providers'], queryFn: ({ signal }) => listProviders(signal), staleTime: SELDOM }),
  vpnSessions: (everyone: boolean) =>
    queryOptions({ queryKey: ['vpn-sessions', everyone], queryFn: ({ signal }) => listVpnSessions(everyone, signal), refetchInterval: () => followed(CALM) }),
  users: (contract: string | null) =>
    queryOptions({ queryKey: ['users', contract], queryFn: ({ signal }) => listUsers(contract, signal), staleTime: SELDOM }),
  holdings: (user: string) =>
    queryOptions({ queryKey: ['holdings', user], queryFn: ({ signal }) => readHoldings(user, signal), staleTime: 0 }),
  portalAccess: () => queryOptions({ queryKey: ['portal-access', 'own'], queryFn: ({ signal }) => readPortalAccess(signal), staleTime: SELDOM }),
  portalAccessOfAll: () => queryOptions({ queryKey: ['portal-access', 'all'], queryFn: ({ signal }) => listPortalAccess(signal), staleTime: SELDOM }),
  news: (since: string) =>
    queryOptions({ queryKey: ['history', 'news', since], queryFn: ({ signal }) => readHistory({ limit: 100, since }, signal), refetchInterval: SELDOM }),
  history: (after?: string, target?: string, limit = 50) =>
    queryOptions({
      queryKey: ['history', { after, target, limit }],
      queryFn: ({ signal }) => readHistory({ limit, after, target }, signal),
      refetchInterval: after ? false : CALM,
    }),
};
