// One plan: what it promises, who answers for what, the texts that one consents to, and its versions.
import Badge from '@cloudscape-design/components/badge';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import TextContent from '@cloudscape-design/components/text-content';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { ApiError } from '../../api/http';
import { offerPlan, type Plan } from '../../api/plans';
import { queries } from '../../api/queries';
import { useCrumbs } from '../../app/crumbs';
import { useLanguage } from '../../app/language';
import { useMay } from '../../app/rights';
import { Dialog } from '../../ui/Dialog';
import { Failure } from '../../ui/Failure';
import { useFormat } from '../../ui/useFormat';
import { Waiting } from '../../ui/Waiting';
import NotFound from '../NotFound';
import { Kept } from './Kept';
import { promises } from './promises';
import { Responsibilities } from './Responsibilities';

export default function PlanPage() {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { id = '', version } = useParams();
  const { data: versions, error, refetch } = useQuery(queries.plan(id));
  const plan = version === undefined ? versions?.[0] : versions?.find((one) => one.version === Number(version));
  useCrumbs({ text: t('nav.plans'), href: '/plans' }, { text: plan?.name[language] ?? id });
  if (error instanceof ApiError && error.status === 404) return <NotFound />;
  if (!versions) return error ? <Failure error={error} onRetry={() => void refetch()} /> : <Waiting />;
  if (!plan) return <NotFound />;
  return (
    <ContentLayout header={<PlanHeader plan={plan} versions={versions} />}>
      <SpaceBetween size="l">
        <Promises plan={plan} />
        <Responsibilities plan={plan} />
        <Texts plan={plan} />
      </SpaceBetween>
    </ContentLayout>
  );
}

function PlanHeader({ plan, versions }: { plan: Plan; versions: readonly Plan[] }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const format = useFormat();
  const navigate = useNavigate();
  const may = useMay();
  const [offering, setOffering] = useState(false);
  const options = versions.map((one) => ({
    value: String(one.version),
    label: t('plans.version', { version: one.version }),
    description: t('plans.publishedAt', { time: format.time(one.publishedAt) }),
  }));
  return (
    <>
      <Header
        variant="h1"
        description={plan.summary[language]}
        info={plan.newest ? undefined : <Badge color="severity-medium">{t('plans.older')}</Badge>}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Select
              selectedOption={options.find((option) => option.value === String(plan.version)) ?? null}
              options={options}
              ariaLabel={t('plans.chooseVersion')}
              onChange={({ detail }) => void navigate(`/plans/${plan.id}/${detail.selectedOption.value}`)}
            />
            {may('plan:offer') && <Button onClick={() => setOffering(true)}>{t(plan.offered ? 'plans.offer.end' : 'plans.offer.begin')}</Button>}
          </SpaceBetween>
        }
      >
        {plan.name[language]}
      </Header>
      {offering && <OfferPlan plan={plan} onClose={() => setOffering(false)} />}
    </>
  );
}

function OfferPlan({ plan, onClose }: { plan: Plan; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const title = t(plan.offered ? 'plans.offer.end' : 'plans.offer.begin');
  return (
    <Dialog
      title={title}
      submit={title}
      onClose={onClose}
      acts={[offerPlan.describe(plan.id, !plan.offered)]}
      onSubmit={async () => {
        await offerPlan(plan.id, !plan.offered);
        await client.invalidateQueries({ queryKey: ['plans'] });
        onClose();
      }}
    >
      {t(plan.offered ? 'plans.offer.endText' : 'plans.offer.beginText')}
    </Dialog>
  );
}

function Promises({ plan }: { plan: Plan }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const format = useFormat();
  const offered = (
    <StatusIndicator type={plan.offered ? 'success' : 'stopped'}>{t(plan.offered ? 'plans.isOffered' : 'plans.notOffered')}</StatusIndicator>
  );
  return (
    <Container
      header={
        <Header variant="h2" description={t('plans.enforcement.keptText')}>
          {t('plans.promises')}
        </Header>
      }
    >
      <KeyValuePairs
        columns={3}
        items={[
          ...promises(t, language).map((one) => ({
            label: t(`plans.topics.${one.id}`),
            value: (
              <>
                {one.text(plan)}
                <Kept plan={plan} policy={one.policy} />
              </>
            ),
          })),
          { label: t('plans.offered'), value: offered },
          { label: t('plans.published'), value: format.time(plan.publishedAt) },
          { label: t('plans.fingerprint'), value: <code className="fingerprint">{plan.sha256}</code> },
        ]}
      />
    </Container>
  );
}

function Texts({ plan }: { plan: Plan }) {
  const { language } = useLanguage();
  return (
    <>
      {plan.texts.map((text) => (
        <ExpandableSection key={text.id} variant="container" headerText={text.title[language]}>
          <TextContent>
            {text.body[language].split(/\n\s*\n/).map((paragraph) => (
              <p key={paragraph}>{paragraph}</p>
            ))}
          </TextContent>
        </ExpandableSection>
      ))}
    </>
  );
}
