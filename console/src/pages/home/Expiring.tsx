// What ends soon: the visitor's password, his application credentials, for a master those of all users.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { queries } from '../../api/queries';
import { useMay } from '../../app/rights';
import { useFormat } from '../../ui/useFormat';
import { Card, Items } from './Card';
import { endings, SOON_DAYS } from './expiring';

const SIGNS = { soon: 'warning', urgent: 'error', ended: 'error' } as const;
const PAGES = { password: '/account', credential: '/application-credentials' } as const;

export function Expiring() {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useMay();
  const account = useQuery(queries.account());
  const credentials = useQuery({ ...queries.applicationCredentials(may('source-rule:update')), enabled: may('application-credential:list') });
  const asked = credentials.error ? { ...credentials, data: undefined } : { ...account, data: credentials.isLoading ? undefined : account.data };
  return (
    <Card title={t('home.expiring.title')} description={t('home.expiring.text', { days: SOON_DAYS })} asked={asked}>
      {(own) => (
        <Items
          items={endings(own, credentials.data ?? []).map((one) => ({
            key: one.key,
            sign: SIGNS[one.state],
            text: t(`home.expiring.${one.kind}`, { name: one.name }),
            to: PAGES[one.kind],
            note: [one.user, t(one.state === 'ended' ? 'home.expiring.ended' : 'home.expiring.ends', { time: format.time(one.ends) })].filter((part) => part).join(' · '),
          }))}
          none={t('home.expiring.none')}
        />
      )}
    </Card>
  );
}
