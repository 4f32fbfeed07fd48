// The part of noVNC's API that the console uses (noVNC's docs/API.md); the package itself carries no types.
declare module '@novnc/novnc' {
  interface DisconnectEvent extends Event {
    detail: { clean: boolean };
  }

  export default class RFB extends EventTarget {
    constructor(target: HTMLElement, urlOrChannel: string | WebSocket, options?: { shared?: boolean; wsProtocols?: string[] });
    background: string;
    scaleViewport: boolean;
    resizeSession: boolean;
    showDotCursor: boolean;
    viewOnly: boolean;
    disconnect(): void;
    focus(): void;
    sendCtrlAltDel(): void;
    /** Presses and releases the key when `down` is left out. */
    sendKey(keysym: number, code: string | null, down?: boolean): void;
    addEventListener(type: 'connect' | 'desktopname' | 'securityfailure', listener: (event: Event) => void): void;
    addEventListener(type: 'disconnect', listener: (event: DisconnectEvent) => void): void;
  }
}
