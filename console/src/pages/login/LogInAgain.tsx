// When a session ends in the middle of work: asks for the password over the page, so that nothing typed is lost.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';
import type { Session } from '../../api/session';
import { LogInForm } from './LogInForm';

interface LogInAgainProps {
  session: Session;
  onEntered: (session: Session) => void;
  onLeft: () => void;
}

export default function LogInAgain({ session, onEntered, onLeft }: LogInAgainProps) {
  const { t } = useTranslation();
  return (
    <Modal visible size="small" header={t('login.again')} onDismiss={onLeft}>
      <SpaceBetween size="m">
        <Box>{t('login.againText')}</Box>
        <LogInForm onEntered={onEntered} known={{ domain: session.domain.name, user: session.user.name }} />
        <Button variant="link" onClick={onLeft}>
          {t('login.other')}
        </Button>
      </SpaceBetween>
    </Modal>
  );
}
