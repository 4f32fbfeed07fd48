// How the second factor stands, and what can be done about it.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { removeFactor, renewRecoveryCodes, type SecondFactor } from '../../api/account';
import { useFormat } from '../../ui/useFormat';
import { ProofDialog } from './ProofDialog';
import { RecoveryCodeList } from './RecoveryCodeList';
import { SetUpFactor } from './SetUpFactor';

/** Fewer recovery codes than this are worth a warning. */
const FEW = 3;

interface SecondFactorPanelProps {
  factor: SecondFactor;
  onChanged: () => void;
}

export function SecondFactorPanel({ factor, onChanged }: SecondFactorPanelProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [open, setOpen] = useState<'set-up' | 'codes' | 'off' | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const close = () => setOpen(null);
  const hasCodes = factor.since !== undefined || factor.passkeys.length > 0;
  const actions = (
    <SpaceBetween direction="horizontal" size="xs">
      {hasCodes && <Button onClick={() => setOpen('codes')}>{t('account.codes.renew')}</Button>}
      {factor.app ? (
        <Button onClick={() => setOpen('off')}>{t('account.factor.turnOff')}</Button>
      ) : (
        <Button variant={factor.enrolled ? 'normal' : 'primary'} onClick={() => setOpen('set-up')}>
          {t('account.factor.setUp')}
        </Button>
      )}
    </SpaceBetween>
  );
  const since = factor.since ? t('account.factor.on', { time: format.time(factor.since) }) : t('account.factor.onByApi');
  const text = factor.app ? 'account.factor.onText' : factor.enrolled ? 'account.factor.byPasskey' : 'account.factor.about';
  return (
    <Container header={<Header actions={actions}>{t('account.factor.title')}</Header>}>
      <SpaceBetween size="m">
        {factor.enrolled ? (
          <StatusIndicator type="success">
            {factor.app ? since : t('account.factor.onByPasskey')}
          </StatusIndicator>
        ) : (
          <StatusIndicator type={factor.required && !factor.exception ? 'warning' : 'stopped'}>{t('account.factor.off')}</StatusIndicator>
        )}
        <Box>{t(text)}</Box>
        {hasCodes && (
          <StatusIndicator type={factor.recoveryCodesLeft < FEW ? 'warning' : 'info'}>
            {t('account.codes.left', { count: factor.recoveryCodesLeft, left: factor.recoveryCodesLeft })}
          </StatusIndicator>
        )}
        {factor.exception && (
          <Alert type="info" header={t('account.exceptions.own')}>
            {t('account.exceptions.since', { reason: factor.exception.reason, time: format.time(factor.exception.since) })}
          </Alert>
        )}
      </SpaceBetween>
      {open === 'set-up' && <SetUpFactor factor={factor} onClose={close} onDone={onChanged} />}
      {open === 'codes' && (
        <ProofDialog
          title={t('account.codes.renew')}
          submit={t('account.codes.renew')}
          second={factor}
          onClose={close}
          onSubmit={async (proof) => {
            setCodes((await renewRecoveryCodes(proof)).recoveryCodes);
            close();
            onChanged();
          }}
        >
          <Box>{t('account.codes.renewText')}</Box>
        </ProofDialog>
      )}
      {open === 'off' && (
        <ProofDialog
          title={t('account.factor.turnOff')}
          submit={t('account.factor.turnOff')}
          second={factor}
          onClose={close}
          onSubmit={async (proof) => {
            await removeFactor(proof);
            close();
            onChanged();
          }}
        >
          <Box>{t('account.factor.turnOffText')}</Box>
        </ProofDialog>
      )}
      {codes && (
        <Modal visible header={t('account.codes.title')} onDismiss={() => setCodes(null)}>
          <RecoveryCodeList codes={codes} onKept={() => setCodes(null)} />
        </Modal>
      )}
    </Container>
  );
}
