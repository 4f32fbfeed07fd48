// The graphical console itself: noVNC on the raw RFB websocket, with the keys that browsers keep for themselves.
import RFB from '@novnc/novnc';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { consoleAddress, type LinkState } from './link';
import { keysOf } from './keysyms';
import { SendText } from './SendText';

interface VncScreenProps {
  token: string;
  onState: (state: LinkState) => void;
  extra?: ReactNode;
}

export default function VncScreen({ token, onState, extra }: VncScreenProps) {
  const { t } = useTranslation();
  const frame = useRef<HTMLDivElement>(null);
  const screen = useRef<HTMLDivElement>(null);
  const connection = useRef<RFB | null>(null);
  const [state, setState] = useState<LinkState>('connecting');
  const [writing, setWriting] = useState(false);

  useEffect(() => {
    if (!screen.current) return;
    const tell = (next: LinkState) => {
      setState(next);
      onState(next);
    };
    const rfb = new RFB(screen.current, consoleAddress(token));
    rfb.scaleViewport = true;
    rfb.background = '#000';
    rfb.addEventListener('connect', () => {
      tell('connected');
      rfb.focus();
    });
    rfb.addEventListener('disconnect', () => tell('lost'));
    connection.current = rfb;
    return () => {
      connection.current = null;
      rfb.disconnect();
    };
  }, [token, onState]);

  return (
    <div ref={frame} className="console" data-state={state}>
      <div className="console-bar">
        <StatusIndicator type={state === 'connected' ? 'success' : state === 'lost' ? 'stopped' : 'in-progress'}>
          {t(`console.state.${state}`)}
        </StatusIndicator>
        <SpaceBetween direction="horizontal" size="xs">
          <Button disabled={state !== 'connected'} onClick={() => connection.current?.sendCtrlAltDel()}>
            {t('console.ctrlAltDel')}
          </Button>
          <Button disabled={state !== 'connected'} iconName="keyboard" onClick={() => setWriting(true)}>
            {t('console.sendText')}
          </Button>
          <Button iconName="full-screen" onClick={() => void frame.current?.requestFullscreen()}>
            {t('console.fullScreen')}
          </Button>
          {extra}
        </SpaceBetween>
      </div>
      <div ref={screen} className="console-screen" role="application" aria-label={t('console.vnc')} />
      {writing && (
        <SendText
          onClose={() => setWriting(false)}
          onSend={(text) => {
            for (const key of keysOf(text)) connection.current?.sendKey(key, null);
            setWriting(false);
            connection.current?.focus();
          }}
        />
      )}
    </div>
  );
}
