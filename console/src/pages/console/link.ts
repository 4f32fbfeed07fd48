// The websocket that carries a console's bytes.
export type LinkState = 'connecting' | 'connected' | 'lost';

export function consoleAddress(token: string): string {
  const scheme = window.location.protocol === 'https:' ? 'wss:' : 'ws:';
  return `${scheme}//${window.location.host}/service/v1/consoles/${encodeURIComponent(token)}`;
}
