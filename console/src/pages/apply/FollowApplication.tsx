// How it stands with an application, for whoever has its link; here the texts are agreed to, and here it is taken back.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/http';
import { agree, followApplication, withdrawApplication, type Application } from '../../api/contract';
import { Dialog } from '../../ui/Dialog';
import { Failure } from '../../ui/Failure';
import { Waiting } from '../../ui/Waiting';
import { Steps } from '../applications/Steps';
import { Agree } from './Agree';
import { PublicFrame } from './PublicFrame';
import { useSecret } from './secret';

const QUICK = 2_000;
const CALM = 15_000;

export default function FollowApplication() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const secret = useSecret();
  const key = ['application', secret];
  const application = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => followApplication(secret, signal),
    refetchInterval: (query) => {
      const { error, data } = query.state;
      if (error instanceof ApiError && error.status >= 400 && error.status < 500) return false;
      return data?.contract?.state === 'provisioning' ? QUICK : CALM;
    },
  });
  const [withdrawing, setWithdrawing] = useState(false);
  const took = (fresh: Application) => client.setQueryData(key, fresh);
  if (application.isPending) return <Waiting />;
  if (!application.data) {
    return (
      <PublicFrame title={t('application.title')}>
        <SpaceBetween size="m">
          <Failure error={application.error} header={t('application.noLink')} />
          <Button href="/apply">{t('apply.again')}</Button>
        </SpaceBetween>
      </PublicFrame>
    );
  }
  const { data } = application;
  const active = data.contract?.state === 'active';
  const state = active ? 'active' : data.state;
  return (
    <PublicFrame title={t('application.titleOf', { number: data.number })} description={data.company}>
      <SpaceBetween size="l">
        <Alert type={active ? 'success' : data.state === 'refused' || data.state === 'lapsed' ? 'warning' : 'info'} header={t(`application.states.${state}`)}>
          {t(`application.next.${state}`, { days: 30 })}
        </Alert>
        {data.contract?.waitsFor && <Alert type="info">{t(`contract.waitsFor.${data.contract.waitsFor}`)}</Alert>}
        {data.reason && (
          <div>
            <Box variant="awsui-key-label">{t('application.reason')}</Box>
            <pre className="mail-body">{data.reason}</pre>
          </div>
        )}
        {data.toAgree && (
          <Agree
            toAgree={data.toAgree}
            person={data.person}
            submit={t('application.agree')}
            onAgree={async (agreement) => took(await agree(secret, agreement))}
          />
        )}
        {data.contract?.name && (
          <KeyValuePairs
            columns={2}
            items={[
              { label: t('apply.contract'), value: data.contract.name },
              { label: t('login.user'), value: data.contract.user ?? '' },
            ]}
          />
        )}
        {active && (
          <Button variant="primary" href="/" fullWidth>
            {t('apply.toLogIn')}
          </Button>
        )}
        <div>
          <Box variant="h3">{t('application.history')}</Box>
          <Steps steps={data.steps ?? []} />
        </div>
        {(data.state === 'submitted' || data.state === 'approved') && (
          <Button variant="link" onClick={() => setWithdrawing(true)}>
            {t('application.withdraw')}
          </Button>
        )}
        {withdrawing && (
          <Dialog
            title={t('application.withdraw')}
            submit={t('application.withdraw')}
            onClose={() => setWithdrawing(false)}
            onSubmit={async () => {
              took(await withdrawApplication(secret));
              setWithdrawing(false);
            }}
          >
            <Box>{t('application.withdrawText')}</Box>
          </Dialog>
        )}
      </SpaceBetween>
    </PublicFrame>
  );
}
