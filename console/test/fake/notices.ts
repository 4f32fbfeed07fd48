// Notices of the fake cloud: what is for the visitor, and the provider's register.
import type { NoticeContract, NoticeVersion, NoticeWish, OwnNotice, WholeNotice } from '../../src/api/notices';
import type { FakeAnswer } from './cloud';

export class FakeNotices {
  own: OwnNotice[] = [];
  register: WholeNotice[] = [];
  contracts: NoticeContract[] = [
    { project: 'p-kumo', company: '雲商事株式会社', name: 'kumo', plan: 'shared', email: 'it@kumo.example', language: 'ja' },
    { project: 'p-sora', company: 'Sora Ltd', name: 'sora', plan: 'dedicated', email: 'ops@sora.example', language: 'en' },
  ];

  read(id?: string): FakeAnswer {
    this.own = this.own.map((one) => (id === undefined || one.id === id ? { ...one, read: true } : one));
    return { status: 204 };
  }

  show(id?: string): FakeAnswer {
    const whole = this.register.find((one) => one.notice.id === id);
    return whole ? { status: 200, body: whole } : { status: 404, body: { detail: 'There is no such notice.' } };
  }

  publish(wish: NoticeWish): FakeAnswer {
    const number = this.register.length + 1;
    const version = this.version(wish, 1);
    const { by: _by, at: _at, mails: _mails, ...content } = version;
    const whole: WholeNotice = { notice: { ...content, id: `n${number}`, reference: `N-${number}`, state: 'shown' }, versions: [version], readers: 0 };
    this.register = [whole, ...this.register];
    return { status: 201, body: whole };
  }

  correct(id: string | undefined, { reason, ...wish }: NoticeWish & { reason: string }): FakeAnswer {
    const whole = this.register.find((one) => one.notice.id === id);
    if (!whole) return this.show(id);
    const version = { ...this.version(wish, whole.notice.version + 1), reason };
    const { by: _by, at: _at, mails: _mails, reason: _reason, ...content } = version;
    whole.notice = { ...whole.notice, ...content };
    whole.versions = [version, ...whole.versions];
    return { status: 200, body: whole };
  }

  end(id: string | undefined, reason: string): FakeAnswer {
    const whole = this.register.find((one) => one.notice.id === id);
    if (whole) whole.notice = { ...whole.notice, state: 'over', endedAt: new Date().toISOString(), endReason: reason };
    return this.show(id);
  }

  private version({ mail, shownFrom, ...wish }: NoticeWish, version: number): NoticeVersion {
    return { ...wish, shownFrom: shownFrom ?? new Date().toISOString(), version, by: 'operator', at: new Date().toISOString(), mails: mail ? this.contracts.length : 0 };
  }
}
