// The customer's contract: its plan, its state, what was agreed to by whom, and how it came about.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { agreeAgain } from '../../api/contract';
import { ApiError } from '../../api/http';
import { queries } from '../../api/queries';
import { useCrumbs } from '../../app/crumbs';
import { useLanguage } from '../../app/language';
import { useMay } from '../../app/rights';
import { Failure } from '../../ui/Failure';
import { useFormat } from '../../ui/useFormat';
import { Waiting } from '../../ui/Waiting';
import { Agree } from '../apply/Agree';
import { Steps } from '../applications/Steps';

export default function ContractPage() {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const format = useFormat();
  useCrumbs({ text: t('nav.ownContract') });
  const client = useQueryClient();
  const mayAgree = useMay()('contract:agree');
  const contract = useQuery(queries.contract());
  if (contract.isPending) return <Waiting />;
  const { data } = contract;
  if (!data) {
    const none = contract.error instanceof ApiError && contract.error.status === 404;
    return (
      <ContentLayout header={<Header variant="h1">{t('nav.ownContract')}</Header>}>
        {none ? <Box>{t('contract.none')}</Box> : <Failure error={contract.error} onRetry={() => void contract.refetch()} />}
      </ContentLayout>
    );
  }
  const planName = (plan: string) => (plan === data.plan ? data.planName?.[language] : undefined) ?? plan;
  return (
    <ContentLayout header={<Header variant="h1">{t('nav.ownContract')}</Header>}>
      <SpaceBetween size="l">
        {data.waitsFor && <Alert type="info">{t(`contract.waitsFor.${data.waitsFor}`)}</Alert>}
        <Container header={<Header variant="h2">{data.company}</Header>}>
          <KeyValuePairs
            columns={3}
            items={[
              {
                label: t('servers.status'),
                value: <StatusIndicator type={data.state === 'active' ? 'success' : 'in-progress'}>{t(`contract.states.${data.state}`)}</StatusIndicator>,
              },
              { label: t('apply.contract'), value: data.name ?? t('common.none') },
              { label: t('apply.plan'), value: t('application.planVersion', { plan: planName(data.plan), version: data.planVersion }) },
              { label: t('contract.made'), value: format.time(data.createdAt) },
              { label: t('contract.since'), value: data.activeAt ? format.time(data.activeAt) : t('common.none') },
              { label: t('common.id'), value: data.id },
            ]}
          />
        </Container>
        {data.toAgree && (
          <Container header={<Header variant="h2">{t('contract.fresh')}</Header>}>
            <SpaceBetween size="m">
              <Alert type="info">{t(mayAgree ? 'contract.freshText' : 'contract.freshForMaster')}</Alert>
              {mayAgree && (
                <Agree
                  toAgree={data.toAgree}
                  person=""
                  submit={t('contract.agree')}
                  acts={(agreement) => [agreeAgain.describe(agreement)]}
                  onAgree={async (agreement) => client.setQueryData(queries.contract().queryKey, await agreeAgain(agreement))}
                />
              )}
            </SpaceBetween>
          </Container>
        )}
        <Table
          header={
            <Header variant="h2" counter={`(${data.consents.length})`} description={t('contract.consentsText')}>
              {t('contract.consents')}
            </Header>
          }
          items={data.consents}
          trackBy="id"
          wrapLines
          columnDefinitions={[
            { id: 'at', header: t('history.time'), cell: (one) => format.time(one.at), isRowHeader: true },
            { id: 'who', header: t('history.who'), cell: (one) => `${one.person} (${one.email ?? one.user ?? ''})` },
            { id: 'what', header: t('apply.plan'), cell: (one) => t('application.planVersion', { plan: planName(one.plan), version: one.planVersion }) },
            { id: 'from', header: t('history.from'), cell: (one) => one.address },
            { id: 'hash', header: t('contract.hash'), cell: (one) => <code className="hash">{one.sha256}</code> },
          ]}
        />
        <Container header={<Header variant="h2">{t('application.history')}</Header>}>
          <Steps steps={data.steps} />
        </Container>
      </SpaceBetween>
    </ContentLayout>
  );
}
