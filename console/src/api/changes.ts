// What the service tells of changes as they happen: kinds and ids, never the things themselves. Server-sent events, read by fetch().
import { ApiError, open } from './http';

export interface Change {
  kind: string;
  /** Missing: any of the kind. */
  id?: string;
}

/** `everything`: something may have been missed. */
export type News = 'everything' | readonly Change[];

/** Reads until the answer ends, which it does when the session does; calls back with each news, and with null for each sign of life. Throws ApiError. */
export async function readChanges(heard: (news: News | null) => void, signal: AbortSignal): Promise<void> {
  const answer = await open('/service/v1/changes', signal, 'text/event-stream');
  if (!answer.headers.get('content-type')?.startsWith('text/event-stream')) throw new ApiError(501, '');
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const events = (rest + value).split('\n\n');
    rest = events.pop() ?? '';
    for (const event of events) heard(newsOf(event));
  }
}

/** One event of the stream; null for a comment, and for one that this console does not know. */
export function newsOf(event: string): News | null {
  const field = (name: string) => new RegExp(`^${name}: ?(.*)$`, 'm').exec(event)?.[1];
  switch (field('event')) {
    case 'everything':
      return 'everything';
    case 'changes':
      return JSON.parse(field('data') ?? '[]') as readonly Change[];
    default:
      return null;
  }
}
