// The page behind a link of a mail, which confirms or ends a subscription. Only its button does: programs that follow links in mails change nothing.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { confirmSubscription, endSubscription } from '../../api/ledger';
import { Failure } from '../../ui/Failure';
import { PublicFrame } from '../apply/PublicFrame';
import { useSecret } from '../apply/secret';

export default function SubscriptionLink({ ends = false }: { ends?: boolean }) {
  const { t } = useTranslation();
  const secret = useSecret();
  const [state, setState] = useState<{ busy?: boolean; done?: boolean; error?: unknown }>({});
  const press = async () => {
    setState({ busy: true });
    try {
      await (ends ? endSubscription(secret) : confirmSubscription(secret));
      setState({ done: true });
    } catch (error) {
      setState({ error });
    }
  };
  return (
    <PublicFrame title={t(ends ? 'ledger.subscribe.end' : 'ledger.subscribe.verify')}>
      <SpaceBetween size="m">
        {state.done ? (
          <Alert type="success">{t(ends ? 'ledger.subscribe.ended' : 'ledger.subscribe.confirmed')}</Alert>
        ) : (
          <Box>{t(ends ? 'ledger.subscribe.endText' : 'ledger.subscribe.verifyText')}</Box>
        )}
        <Failure error={state.error} header={t('ledger.subscribe.failed')} />
        {state.done || state.error ? (
          <Button href="/ledger" fullWidth>
            {t('ledger.subscribe.back')}
          </Button>
        ) : (
          <Button variant="primary" loading={state.busy ?? false} fullWidth onClick={() => void press()}>
            {t(ends ? 'ledger.subscribe.end' : 'ledger.subscribe.confirm')}
          </Button>
        )}
      </SpaceBetween>
    </PublicFrame>
  );
}
