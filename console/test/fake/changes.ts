// What the fake cloud tells of changes, to whoever follows.
import type { Change } from '../../src/api/changes';

export class FakeChanges {
  /** Whether it tells anything: in most tests the pages ask now and then. */
  tells = false;
  readonly #followers = new Set<(text: string) => void>();
  readonly #ends = new Set<() => void>();

  get followers(): number {
    return this.#followers.size;
  }

  follow(write: (text: string) => void): () => void {
    this.#followers.add(write);
    write('id: 1\nevent: everything\ndata: {}\n\n');
    return () => this.#followers.delete(write);
  }

  tell(...changes: Change[]): void {
    for (const write of this.#followers) write(`id: 2\nevent: changes\ndata: ${JSON.stringify(changes)}\n\n`);
  }

  tellEverything(): void {
    for (const write of this.#followers) write('id: 3\nevent: everything\ndata: {}\n\n');
  }

  /** All answers end, as when the process does. */
  end(): void {
    for (const end of this.#ends) end();
  }

  answer(signal: AbortSignal | null | undefined): Response {
    const body = new ReadableStream<Uint8Array>({
      start: (out) => {
        const leave = this.follow((text) => out.enqueue(new TextEncoder().encode(text)));
        const end = () => {
          this.#ends.delete(end);
          leave();
          if (!signal?.aborted) out.close();
        };
        this.#ends.add(end);
        signal?.addEventListener('abort', () => {
          if (!this.#ends.has(end)) return;
          end();
          out.error(new DOMException('aborted', 'AbortError'));
        });
      },
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  }
}
