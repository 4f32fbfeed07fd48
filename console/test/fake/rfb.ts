// A guest's screen as QEMU serves it (RFB 3.8 over a websocket): shows one colour, and writes down what arrives of keyboard, pointer and clipboard.
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

export interface KeyEvent {
  down: boolean;
  keysym: number;
  /** AT set 1; 0 where only the symbol was told */
  scancode: number;
}

const KEY_OF_WEBSOCKETS = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const DESKTOP_SIZE = -223;
const QEMU_KEYS = -258;

/** The guests behind all links; each link opens one connection. */
export class FakeScreens {
  keys: KeyEvent[] = [];
  pasted: string[] = [];
  /** pixels; as the guest has it */
  size = { width: 640, height: 400 };
  readonly #open = new Set<Screen>();

  get connections(): number {
    return this.#open.size;
  }

  upgrade(request: IncomingMessage, socket: Duplex): void {
    const key = String(request.headers['sec-websocket-key']);
    const accept = createHash('sha1').update(key + KEY_OF_WEBSOCKETS).digest('base64');
    const protocol = request.headers['sec-websocket-protocol'];
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n${protocol ? `Sec-WebSocket-Protocol: ${protocol.split(',')[0]}\r\n` : ''}\r\n`,
    );
    const screen = new Screen(socket, this);
    this.#open.add(screen);
    socket.on('close', () => this.#open.delete(screen));
    socket.on('error', () => this.#open.delete(screen));
    screen.greet();
  }

  /** The guest changes its resolution, as when its desktop starts. */
  resize(width: number, height: number): void {
    this.size = { width, height };
    for (const screen of this.#open) screen.showSize();
  }

  /** The connections break, as when a cable does. */
  breakAll(): void {
    for (const screen of this.#open) screen.end();
  }
}

class Screen {
  #frames = Buffer.alloc(0);
  #bytes = Buffer.alloc(0);
  #stage: 'version' | 'security' | 'init' | 'open' = 'version';
  #pixelBytes = 4;

  constructor(
    private readonly socket: Duplex,
    private readonly guest: FakeScreens,
  ) {
    socket.on('data', (data: Buffer) => this.#take(data));
  }

  greet(): void {
    this.#send(Buffer.from('RFB 003.008\n'));
  }

  end(): void {
    this.socket.destroy();
  }

  showSize(): void {
    const { width, height } = this.guest.size;
    this.#send(update([rectangle(width, height, DESKTOP_SIZE)]));
    this.#show();
  }

  /** The websocket's frames, of which the browser masks each (RFC 6455). */
  #take(data: Buffer): void {
    this.#frames = Buffer.concat([this.#frames, data]);
    for (;;) {
      const frames = this.#frames;
      if (frames.length < 2) return;
      const short = frames[1]! & 0x7f;
      const head = short === 126 ? 4 : short === 127 ? 10 : 2;
      if (frames.length < head + 4) return;
      const length = short === 126 ? frames.readUInt16BE(2) : short === 127 ? Number(frames.readBigUInt64BE(2)) : short;
      if (frames.length < head + 4 + length) return;
      const mask = frames.subarray(head, head + 4);
      const payload = Buffer.from(frames.subarray(head + 4, head + 4 + length)).map((byte, index) => byte ^ mask[index % 4]!);
      this.#frames = frames.subarray(head + 4 + length);
      const kind = frames[0]! & 0x0f;
      if (kind === 8) {
        this.end();
        return;
      }
      if (kind <= 2) this.#bytes = Buffer.concat([this.#bytes, payload]);
      while (this.#step());
    }
  }

  #send(bytes: Buffer): void {
    const head = bytes.length < 126 ? Buffer.from([0x82, bytes.length]) : Buffer.alloc(10);
    if (bytes.length >= 126) {
      head.writeUInt8(0x82, 0);
      head.writeUInt8(127, 1);
      head.writeBigUInt64BE(BigInt(bytes.length), 2);
    }
    this.socket.write(Buffer.concat([head, bytes]));
  }

  /** One message of the protocol; false: there is no whole one. */
  #step(): boolean {
    const { width, height } = this.guest.size;
    switch (this.#stage) {
      case 'version':
        return this.#whole(12, () => {
          this.#stage = 'security';
          this.#send(Buffer.from([1, 1]));
        });
      case 'security':
        return this.#whole(1, () => {
          this.#stage = 'init';
          this.#send(Buffer.alloc(4));
        });
      case 'init':
        return this.#whole(1, () => {
          this.#stage = 'open';
          const init = Buffer.alloc(24 + 5);
          init.writeUInt16BE(width, 0);
          init.writeUInt16BE(height, 2);
          Buffer.from([32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 16, 8, 0]).copy(init, 4);
          init.writeUInt32BE(5, 20);
          init.write('guest', 24);
          this.#send(init);
        });
      case 'open':
        return this.#message();
    }
  }

  #whole(length: number, then: (bytes: Buffer) => void): boolean {
    if (this.#bytes.length < length) return false;
    const bytes = this.#bytes.subarray(0, length);
    this.#bytes = this.#bytes.subarray(length);
    then(bytes);
    return true;
  }

  #message(): boolean {
    const bytes = this.#bytes;
    switch (bytes[0]) {
      case undefined:
        return false;
      case 0: // SetPixelFormat
        return this.#whole(20, (message) => (this.#pixelBytes = message[4]! / 8));
      case 2: // SetEncodings
        return bytes.length >= 4 && this.#whole(4 + 4 * bytes.readUInt16BE(2), () => this.#send(update([rectangle(0, 0, QEMU_KEYS)])));
      case 3: // FramebufferUpdateRequest: what changed is told when it does
        return this.#whole(10, (message) => message[1] === 0 && this.#show());
      case 4: // KeyEvent
        return this.#whole(8, (message) => this.guest.keys.push({ down: message[1] === 1, keysym: message.readUInt32BE(4), scancode: 0 }));
      case 5: // PointerEvent
        return this.#whole(bytes[1]! & 0x80 ? 7 : 6, () => undefined);
      case 6: // ClientCutText; a negative length is the extended one's
        return bytes.length >= 8 && this.#whole(8 + Math.abs(bytes.readInt32BE(4)), (message) => this.guest.pasted.push(message.subarray(8).toString('latin1')));
      case 255: // QEMU's extended key event
        return this.#whole(12, (message) => this.guest.keys.push({ down: message.readUInt16BE(2) === 1, keysym: message.readUInt32BE(4), scancode: message.readUInt32BE(8) }));
      default:
        throw new Error(`The fake screen knows no message ${bytes[0]}.`);
    }
  }

  #show(): void {
    const { width, height } = this.guest.size;
    const pixels = Buffer.alloc(width * height * this.#pixelBytes, 0x40);
    this.#send(Buffer.concat([update([rectangle(width, height, 0)]), pixels]));
  }
}

function update(rectangles: Buffer[]): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(rectangles.length, 2);
  return Buffer.concat([head, ...rectangles]);
}

function rectangle(width: number, height: number, encoding: number): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt16BE(width, 4);
  bytes.writeUInt16BE(height, 6);
  bytes.writeInt32BE(encoding, 8);
  return bytes;
}
