// The graphical console itself: noVNC on the raw RFB websocket, with the keys that browsers keep for themselves.
import RFB from '@novnc/novnc';
import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { consoleAddress, type LinkState } from './link';
import { fillScreen } from './fillScreen';
import { JAPANESE, SPECIAL, type Special } from './keyboards';
import { SendText } from './SendText';
import { useTyping } from './useTyping';

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
  const { typing, type, stop } = useTyping(connection);

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

  const press = (special: Special) => {
    const pressed = SPECIAL[special];
    for (const { keysym, code } of pressed) connection.current?.sendKey(keysym, code, true);
    for (const { keysym, code } of pressed.toReversed()) connection.current?.sendKey(keysym, code, false);
    connection.current?.focus();
  };
  const keys = (japanese: boolean) =>
    (Object.keys(SPECIAL) as Special[]).filter((id) => JAPANESE.includes(id) === japanese).map((id) => ({ id, text: t(`console.keys.${id}`) }));
  return (
    <div ref={frame} className="console" data-state={state}>
      <div className="console-bar">
        <StatusIndicator type={state === 'connected' ? 'success' : state === 'lost' ? 'stopped' : 'in-progress'}>
          {t(`console.state.${state}`)}
        </StatusIndicator>
        <SpaceBetween direction="horizontal" size="xs">
          {typing && (
            <Button iconName="status-stopped" onClick={stop}>
              {t('console.stopTyping', { done: typing.done, all: typing.all })}
            </Button>
          )}
          <ButtonDropdown
            disabled={state !== 'connected'}
            onItemClick={({ detail }) => press(detail.id as Special)}
            items={[
              { text: t('console.specialKeys'), items: keys(false) },
              { text: t('console.japaneseKeys'), items: keys(true) },
            ]}
          >
            {t('console.sendKeys')}
          </ButtonDropdown>
          <Button disabled={state !== 'connected' || typing !== null} iconName="keyboard" onClick={() => setWriting(true)}>
            {t('console.sendText')}
          </Button>
          <Button iconName="full-screen" onClick={() => frame.current && void fillScreen(frame.current)}>
            {t('console.fullScreen')}
          </Button>
          {extra}
        </SpaceBetween>
      </div>
      <div ref={screen} className="console-screen" role="application" aria-label={t('console.vnc')} />
      {writing && (
        <SendText
          root={document.fullscreenElement === null ? null : frame.current}
          onClose={() => setWriting(false)}
          onSend={(strokes) => {
            setWriting(false);
            type(strokes);
            connection.current?.focus();
          }}
        />
      )}
    </div>
  );
}
