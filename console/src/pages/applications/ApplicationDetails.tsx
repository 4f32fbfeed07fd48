// One application: what the applicant said, what has happened, and the decision.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Alert from '@cloudscape-design/components/alert';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Application } from '../../api/contract';
import { queries } from '../../api/queries';
import { useMay } from '../../app/rights';
import { OpenView } from '../../app/viewing/OpenView';
import { Failure } from '../../ui/Failure';
import { useFormat } from '../../ui/useFormat';
import { ApplicationSign } from './ApplicationSign';
import { Approve } from './Approve';
import { Refuse } from './Refuse';
import { Steps } from './Steps';

export function ApplicationDetails({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const may = useMay();
  const mayDecide = may('application:decide');
  const application = useQuery(queries.application(id));
  const [deciding, setDeciding] = useState<'approve' | 'refuse' | null>(null);
  const [viewing, setViewing] = useState(false);
  const decided = async (fresh: Application) => {
    client.setQueryData(queries.application(id).queryKey, fresh);
    setDeciding(null);
    await client.invalidateQueries({ queryKey: ['applications'] });
  };
  const { data } = application;
  if (deciding === 'approve' && data) return <Approve id={id} application={data} onDecided={decided} onClose={() => setDeciding(null)} />;
  if (deciding === 'refuse' && data) return <Refuse id={id} application={data} onDecided={decided} onClose={() => setDeciding(null)} />;
  const contract = data?.contract?.state === 'active' ? data.contract.name : undefined;
  if (viewing && contract) return <OpenView contract={contract} onClose={() => setViewing(false)} />;
  const none = t('common.none');
  const limits = Object.entries(data?.quota ?? {}).map(([resource, limit]) => `${resource} ${String(limit)}`);
  return (
    <Modal
      visible
      size="large"
      header={data ? t('application.titleOf', { number: data.number }) : t('application.title')}
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            {mayDecide && data?.state === 'submitted' && (
              <SpaceBetween direction="horizontal" size="xs">
                <Button onClick={() => setDeciding('refuse')}>{t('application.refuse')}</Button>
                <Button variant="primary" onClick={() => setDeciding('approve')}>
                  {t('application.approve')}
                </Button>
              </SpaceBetween>
            )}
            {contract && may('session:view') && <Button onClick={() => setViewing(true)}>{t('viewing.open')}</Button>}
            <Button variant={data?.state === 'submitted' && mayDecide ? 'link' : 'primary'} onClick={onClose}>
              {t('common.close')}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <Failure error={application.error} />
        {data?.contract?.trouble && (
          <Alert type="warning" header={t('application.trouble')}>
            {data.contract.trouble}
          </Alert>
        )}
        {data && (
          <SpaceBetween size="m">
            <KeyValuePairs
              columns={3}
              items={[
                { label: t('servers.status'), value: <ApplicationSign application={data} /> },
                { label: t('apply.company'), value: data.company },
                { label: t('apply.person'), value: data.person },
                { label: t('apply.email'), value: data.email },
                { label: t('apply.telephone'), value: data.telephone || none },
                { label: t('apply.contract'), value: data.contract?.name ?? data.contractName },
                ...(data.addresses.length > 0 ? [{ label: t('apply.addresses'), value: data.addresses.join(', ') }] : []),
                ...(data.vpnUsers.length > 0 ? [{ label: t('apply.vpnUsers'), value: data.vpnUsers.map((user) => `${user.name} (${user.email})`).join(', ') }] : []),
                { label: t('apply.plan'), value: data.planVersion ? t('application.planVersion', { plan: data.plan, version: data.planVersion }) : data.plan },
                { label: t('mail.language'), value: t(`language.${data.language}`) },
                { label: t('application.created'), value: format.time(data.createdAt) },
                ...(limits.length > 0 ? [{ label: t('application.limits'), value: limits.join(', ') }] : []),
                ...(data.contract ? [{ label: t('nav.contract'), value: t(`contract.states.${data.contract.state}`) }] : []),
              ]}
            />
            {data.purpose && (
              <div>
                <Box variant="awsui-key-label">{t('apply.purpose')}</Box>
                <pre className="mail-body">{data.purpose}</pre>
              </div>
            )}
            {data.reason && (
              <div>
                <Box variant="awsui-key-label">{t('application.reason')}</Box>
                <pre className="mail-body">{data.reason}</pre>
              </div>
            )}
            <div>
              <Box variant="awsui-key-label">{t('application.history')}</Box>
              <Steps steps={data.steps ?? []} />
            </div>
          </SpaceBetween>
        )}
      </SpaceBetween>
    </Modal>
  );
}
