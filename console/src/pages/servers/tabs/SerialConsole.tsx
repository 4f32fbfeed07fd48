// The server's serial console: text only, works before network and screen do.
import { useTranslation } from 'react-i18next';
import type { Server } from '../../../api/compute';
import { ConsoleFrame } from '../../console/ConsoleFrame';

export default function SerialConsole({ server }: { server: Server }) {
  const { t } = useTranslation();
  return <ConsoleFrame server={server} kind="serial" hint={t('console.serialHint')} />;
}
