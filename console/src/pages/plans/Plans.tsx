// The plans side by side: what each of them promises, in plain words.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Plan } from '../../api/plans';
import { queries } from '../../api/queries';
import { useAsked } from '../../app/asked';
import { useCrumbs } from '../../app/crumbs';
import { useLanguage } from '../../app/language';
import { useMay } from '../../app/rights';
import { Failure } from '../../ui/Failure';
import { RouteLink } from '../../ui/RouteLink';
import { Waiting } from '../../ui/Waiting';
import { promises } from './promises';
import { PublishPlan } from './PublishPlan';

export default function Plans() {
  const { t } = useTranslation();
  const may = useMay();
  const plans = useQuery(queries.plans());
  const [publishing, setPublishing] = useState(false);
  useAsked((ask) => ask === 'publish' && setPublishing(true));
  useCrumbs({ text: t('nav.plans') });
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={t('plans.text')}
          actions={may('plan:publish') && <Button onClick={() => setPublishing(true)}>{t('plans.publish.title')}</Button>}
        >
          {t('nav.plans')}
        </Header>
      }
    >
      {plans.data ? <Comparison plans={plans.data} /> : plans.error ? <Failure error={plans.error} onRetry={() => void plans.refetch()} /> : <Waiting />}
      {publishing && <PublishPlan onClose={() => setPublishing(false)} />}
    </ContentLayout>
  );
}

function Comparison({ plans }: { plans: readonly Plan[] }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const rows = promises(t, language);
  return (
    <Table
      items={rows}
      trackBy="id"
      wrapLines
      ariaLabels={{ tableLabel: t('plans.comparison') }}
      header={<Header variant="h2">{t('plans.comparison')}</Header>}
      columnDefinitions={[
        { id: 'topic', header: t('plans.topic'), cell: (row) => <Box fontWeight="bold">{t(`plans.topics.${row.id}`)}</Box>, isRowHeader: true, width: 190, minWidth: 150 },
        ...plans.map((plan) => ({
          id: plan.id,
          header: <PlanHeader plan={plan} />,
          cell: (row: (typeof rows)[number]) => row.text(plan),
          minWidth: 240,
        })),
      ]}
    />
  );
}

function PlanHeader({ plan }: { plan: Plan }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  return (
    <SpaceBetween size="xxs" direction="horizontal">
      <RouteLink to={`/plans/${plan.id}`}>{plan.name[language]}</RouteLink>
      <span>{t('plans.version', { version: plan.version })}</span>
      {!plan.offered && <StatusIndicator type="stopped">{t('plans.notOffered')}</StatusIndicator>}
    </SpaceBetween>
  );
}
