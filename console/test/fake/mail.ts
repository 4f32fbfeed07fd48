// The outboxes of the fake cloud.
import type { Mail } from '../../src/api/mail';
import type { FakeAnswer } from './cloud.ts';

const mail = (id: string, subject: string, more: Partial<Mail> = {}): Mail => ({
  id,
  template: 'application-verify',
  language: 'en',
  recipient: 'yuki@customer.example',
  subject,
  state: 'waiting',
  posted: '2026-10-01T01:00:00Z',
  goodUntil: '2026-10-02T01:00:00Z',
  tries: 0,
  nextTry: null,
  lastError: null,
  settled: null,
  secret: true,
  opened: null,
  openedBy: null,
  ...more,
});

export class FakeMail {
  relay: string | null = null;
  mails = [mail('m1', 'Unkai: confirm your address'), mail('m2', 'Unkai: welcome', { secret: false })];

  list(ofIdentity = ''): FakeAnswer {
    return { status: 200, body: { relay: this.relay, mails: ofIdentity ? [] : this.mails } };
  }

  show(id = ''): FakeAnswer {
    return { status: 200, body: { mail: this.mails.find((one) => one.id === id), body: 'Open https://cloud.example/apply#●●●●●●●●' } };
  }

  open(id = ''): FakeAnswer {
    this.mails = this.mails.map((one) => (one.id === id ? { ...one, opened: '2026-10-01T02:00:00Z', openedBy: 'operator' } : one));
    return { status: 200, body: { mail: this.mails.find((one) => one.id === id), body: 'Open https://cloud.example/apply#a-token' } };
  }

  retry(id = ''): FakeAnswer {
    this.mails = this.mails.map((one) => (one.id === id ? { ...one, state: 'waiting' } : one));
    return { status: 204 };
  }
}
