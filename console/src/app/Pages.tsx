// Which page stands at which address. Every page is loaded when it is first opened.
import { lazy } from 'react';
import { Route, Routes } from 'react-router';
import { useMay } from './rights';

const loadHome = () => import('../pages/home/Home');
const Home = lazy(loadHome);
// Where most visits begin: fetched while the rights are asked.
if (location.pathname === '/') void loadHome();

const ServerList = lazy(() => import('../pages/servers/ServerList'));
const CreateServer = lazy(() => import('../pages/servers/create/CreateServer'));
const ServerPage = lazy(() => import('../pages/servers/ServerPage'));
const ImageList = lazy(() => import('../pages/images/ImageList'));
const KeyPairList = lazy(() => import('../pages/keypairs/KeyPairList'));
const Topology = lazy(() => import('../pages/topology/Topology'));
const NetworkList = lazy(() => import('../pages/networks/NetworkList'));
const NetworkPage = lazy(() => import('../pages/networks/NetworkPage'));
const RouterList = lazy(() => import('../pages/routers/RouterList'));
const FloatingAddressList = lazy(() => import('../pages/floating/FloatingAddressList'));
const SecurityGroupList = lazy(() => import('../pages/securitygroups/SecurityGroupList'));
const SecurityGroupPage = lazy(() => import('../pages/securitygroups/SecurityGroupPage'));
const ReachPage = lazy(() => import('../pages/reach/ReachPage'));
const History = lazy(() => import('../pages/history/History'));
const ForwardingPage = lazy(() => import('../pages/forwarding/ForwardingPage'));
const DestinationPage = lazy(() => import('../pages/forwarding/DestinationPage'));
const UserList = lazy(() => import('../pages/users/UserList'));
const CredentialList = lazy(() => import('../pages/credentials/CredentialList'));
const SignIns = lazy(() => import('../pages/access/SignIns'));
const IdentityProviders = lazy(() => import('../pages/providers/IdentityProviders'));
const VpnSessions = lazy(() => import('../pages/access/VpnSessions'));
const SourceAddresses = lazy(() => import('../pages/access/SourceAddresses'));
const FirewallLogPage = lazy(() => import('../pages/firewall/FirewallLogPage'));
const HostList = lazy(() => import('../pages/hosts/HostList'));
const OverdueWork = lazy(() => import('../pages/overdue/OverdueWork'));
const AddressRegister = lazy(() => import('../pages/registers/AddressRegister'));
const ApplicationList = lazy(() => import('../pages/applications/ApplicationList'));
const ContractPage = lazy(() => import('../pages/contract/ContractPage'));
const MailList = lazy(() => import('../pages/mail/MailList'));
const AccountPage = lazy(() => import('../pages/account/AccountPage'));
const BackupList = lazy(() => import('../pages/backups/BackupList'));
const CertificateList = lazy(() => import('../pages/certificates/CertificateList'));
const BreakGlassPage = lazy(() => import('../pages/breakglass/BreakGlassPage'));
const EvidencePage = lazy(() => import('../pages/evidence/EvidencePage'));
const LedgerState = lazy(() => import('../pages/ledger/LedgerState'));
const Plans = lazy(() => import('../pages/plans/Plans'));
const PlanPage = lazy(() => import('../pages/plans/PlanPage'));
const ManualPage = lazy(() => import('../pages/manual/ManualPage'));
const NoticeList = lazy(() => import('../pages/notices/NoticeList'));
const NoticeRegister = lazy(() => import('../pages/notices/register/NoticeRegister'));
const NotFound = lazy(() => import('../pages/NotFound'));

export function Pages() {
  const may = useMay();
  return (
    <Routes>
      <Route path="/" element={<Home />} />
      <Route path="/servers" element={<ServerList />} />
      <Route path="/servers/create" element={<CreateServer />} />
      <Route path="/servers/:id" element={<ServerPage />} />
      <Route path="/servers/:id/:tab" element={<ServerPage />} />
      <Route path="/images" element={<ImageList />} />
      <Route path="/key-pairs" element={<KeyPairList />} />
      <Route path="/topology" element={<Topology />} />
      <Route path="/networks" element={<NetworkList />} />
      <Route path="/networks/:id" element={<NetworkPage />} />
      <Route path="/routers" element={<RouterList />} />
      <Route path="/floating-addresses" element={<FloatingAddressList />} />
      <Route path="/security-groups" element={<SecurityGroupList />} />
      <Route path="/security-groups/:id" element={<SecurityGroupPage />} />
      <Route path="/reach" element={<ReachPage />} />
      <Route path="/firewall-log" element={<FirewallLogPage />} />
      <Route path="/history" element={<History />} />
      <Route path="/forwarding" element={may('history:forwarding:list') ? <ForwardingPage /> : <NotFound />} />
      <Route path="/forwarding/:id" element={may('history:forwarding:list') ? <DestinationPage /> : <NotFound />} />
      <Route path="/account" element={<AccountPage />} />
      <Route path="/users" element={may('user:list') ? <UserList /> : <NotFound />} />
      <Route path="/application-credentials" element={<CredentialList />} />
      <Route path="/sign-ins" element={<SignIns />} />
      <Route path="/sign-ins/:tab" element={<SignIns />} />
      <Route path="/identity-providers" element={may('identity-provider:list') ? <IdentityProviders /> : <NotFound />} />
      <Route path="/vpn-sessions" element={<VpnSessions />} />
      <Route path="/source-addresses" element={<SourceAddresses />} />
      <Route path="/plans" element={<Plans />} />
      <Route path="/plans/:id" element={<PlanPage />} />
      <Route path="/plans/:id/:version" element={<PlanPage />} />
      <Route path="/hosts" element={<HostList operator={may('compute:host:show')} mayChange={may('hosts:host:manage')} />} />
      <Route path="/registers" element={may('network:ip-availability:list') ? <AddressRegister /> : <NotFound />} />
      <Route path="/registers/:tab" element={may('network:ip-availability:list') ? <AddressRegister /> : <NotFound />} />
      <Route path="/overdue-work" element={may('operation:overdue:list') ? <OverdueWork /> : <NotFound />} />
      <Route path="/break-glass" element={may('operation:break-glass:list') ? <BreakGlassPage /> : <NotFound />} />
      <Route path="/evidence" element={may('evidence:hold:list') ? <EvidencePage /> : <NotFound />} />
      <Route path="/evidence/:tab" element={may('evidence:hold:list') ? <EvidencePage /> : <NotFound />} />
      <Route path="/backups" element={may('operation:backup:list') ? <BackupList /> : <NotFound />} />
      <Route path="/certificates" element={may('operation:certificate:list') ? <CertificateList /> : <NotFound />} />
      <Route path="/ledger-state" element={may('ledger:audit:show') ? <LedgerState /> : <NotFound />} />
      <Route path="/contract" element={<ContractPage />} />
      <Route path="/applications" element={may('application:list') ? <ApplicationList /> : <NotFound />} />
      <Route path="/mail" element={may('mail:outbox:read') ? <MailList /> : <NotFound />} />
      <Route path="/notices" element={may('notice:own') ? <NoticeList /> : <NotFound />} />
      <Route path="/notice-register" element={may('notice:list') ? <NoticeRegister /> : <NotFound />} />
      <Route path="/manual" element={<ManualPage />} />
      <Route path="/manual/:section" element={<ManualPage />} />
      <Route path="*" element={<NotFound />} />
    </Routes>
  );
}
