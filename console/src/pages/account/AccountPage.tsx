// My account: who one is here, the mail address, the password, the second factor.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '../../api/queries';
import { useCrumbs } from '../../app/crumbs';
import { useMay } from '../../app/rights';
import { useSession } from '../../app/session';
import { Failure } from '../../ui/Failure';
import { useFormat } from '../../ui/useFormat';
import { Waiting } from '../../ui/Waiting';
import { ChangeAddress } from './ChangeAddress';
import { ChangePassword } from './ChangePassword';
import { Exceptions } from './Exceptions';
import { PasskeyPanel } from './PasskeyPanel';
import { RegionPanel } from './RegionPanel';
import { SecondFactorPanel } from './SecondFactorPanel';

export default function AccountPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const may = useMay();
  const { federated } = useSession();
  const account = useQuery(queries.account());
  const [changing, setChanging] = useState<'password' | 'address' | null>(null);
  useCrumbs({ text: t('account.title') });
  if (account.isPending) return <Waiting />;
  if (!account.data) return <Failure error={account.error} onRetry={() => void account.refetch()} />;
  const { user, domain, email, emailLocked, emailWaiting, passwordSetAt, passwordExpiresAt, secondFactor } = account.data;
  const time = (iso: string | undefined, otherwise: string) => (iso ? format.time(iso) : otherwise);
  const changed = () => void client.invalidateQueries({ queryKey: ['account'] });
  return (
    <SpaceBetween size="l">
      <Header variant="h1">{t('account.title')}</Header>
      <Container>
        <KeyValuePairs
          columns={3}
          items={[
            { label: t('login.user'), value: user.name },
            { label: t('login.domain'), value: domain.name },
            {
              label: t('account.email'),
              value: (
                <SpaceBetween size="xxs">
                  <span>
                    {email ?? t('common.none')}{' '}
                    {!emailLocked && (
                      <Button variant="inline-link" ariaLabel={t('account.address.change')} onClick={() => setChanging('address')}>
                        {t('account.address.edit')}
                      </Button>
                    )}
                  </span>
                  {emailWaiting && <StatusIndicator type="pending">{t('account.address.waiting', { email: emailWaiting })}</StatusIndicator>}
                  {emailLocked && (
                    <Box color="text-body-secondary" fontSize="body-s">
                      {t(federated ? 'account.address.federated' : 'account.address.locked')}
                    </Box>
                  )}
                </SpaceBetween>
              ),
            },
          ]}
        />
      </Container>
      <Container
        header={
          <Header actions={!federated && <Button onClick={() => setChanging('password')}>{t('account.password.change')}</Button>}>{t('login.password')}</Header>
        }
      >
        {federated ? t('account.federated') : <KeyValuePairs
          columns={3}
          items={[
            { label: t('account.password.setAt'), value: time(passwordSetAt, t('common.none')) },
            { label: t('account.password.ends'), value: time(passwordExpiresAt, t('account.password.never')) },
          ]}
        />}
      </Container>
      <SecondFactorPanel factor={secondFactor} onChanged={changed} />
      <PasskeyPanel factor={secondFactor} onChanged={changed} />
      <RegionPanel />
      {may('account:exception:list') && <Exceptions />}
      {changing === 'password' && <ChangePassword onClose={() => setChanging(null)} />}
      {changing === 'address' && <ChangeAddress second={secondFactor} onClose={() => setChanging(null)} onDone={changed} />}
    </SpaceBetween>
  );
}
