// The server's screen, keyboard and mouse.
import { useTranslation } from 'react-i18next';
import type { Server } from '../../../api/compute';
import { ConsoleFrame } from '../../console/ConsoleFrame';

export default function GraphicalConsole({ server }: { server: Server }) {
  const { t } = useTranslation();
  return <ConsoleFrame server={server} kind="vnc" hint={t('console.vncHint')} />;
}
