// The serial console itself: xterm.js on the raw websocket, bytes both ways.
import '@xterm/xterm/css/xterm.css';
import { FitAddon } from '@xterm/addon-fit';
import { Terminal } from '@xterm/xterm';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { fillScreen } from './fillScreen';
import { consoleAddress, type LinkState } from './link';

interface SerialScreenProps {
  token: string;
  onState: (state: LinkState) => void;
  extra?: ReactNode;
}

export default function SerialScreen({ token, onState, extra }: SerialScreenProps) {
  const { t } = useTranslation();
  const frame = useRef<HTMLDivElement>(null);
  const screen = useRef<HTMLDivElement>(null);
  const terminal = useRef<Terminal | null>(null);
  const [state, setState] = useState<LinkState>('connecting');

  useEffect(() => {
    const place = screen.current;
    if (!place) return;
    const term = new Terminal({
      cursorBlink: true,
      fontFamily: "Menlo, Consolas, 'DejaVu Sans Mono', 'Noto Sans Mono CJK JP', monospace",
      fontSize: 14,
      lineHeight: 1.2,
      scrollback: 5_000,
      screenReaderMode: false,
      theme: { background: '#0b1020', foreground: '#e6eaf5' },
    });
    const fit = new FitAddon();
    term.loadAddon(fit);
    term.open(place);
    fit.fit();
    const resized = new ResizeObserver(() => fit.fit());
    resized.observe(place);
    terminal.current = term;

    const socket = new WebSocket(consoleAddress(token));
    socket.binaryType = 'arraybuffer';
    let closing = false;
    const tell = (next: LinkState) => {
      if (closing) return;
      setState(next);
      onState(next);
    };
    const encoder = new TextEncoder();
    const send = (bytes: Uint8Array<ArrayBuffer>) => socket.readyState === WebSocket.OPEN && socket.send(bytes);
    socket.onopen = () => {
      tell('connected');
      term.focus();
    };
    socket.onclose = () => tell('lost');
    socket.onmessage = (message: MessageEvent<ArrayBuffer | string>) =>
      term.write(typeof message.data === 'string' ? message.data : new Uint8Array(message.data));
    const typed = term.onData((text) => send(encoder.encode(text)));
    const bytes = term.onBinary((text) => send(Uint8Array.from(text, (character) => character.charCodeAt(0))));

    return () => {
      closing = true;
      socket.close();
      typed.dispose();
      bytes.dispose();
      resized.disconnect();
      terminal.current = null;
      term.dispose();
    };
  }, [token, onState]);

  return (
    <div ref={frame} className="console" data-state={state}>
      <div className="console-bar">
        <StatusIndicator type={state === 'connected' ? 'success' : state === 'lost' ? 'stopped' : 'in-progress'}>
          {t(`console.state.${state}`)}
        </StatusIndicator>
        <SpaceBetween direction="horizontal" size="xs">
          <Button onClick={() => terminal.current?.clear()}>{t('console.clear')}</Button>
          <Button iconName="full-screen" onClick={() => frame.current && void fillScreen(frame.current)}>
            {t('console.fullScreen')}
          </Button>
          {extra}
        </SpaceBetween>
      </div>
      <div ref={screen} className="console-screen console-text" aria-label={t('console.serial')} />
    </div>
  );
}
