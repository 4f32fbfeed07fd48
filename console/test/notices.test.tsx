import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { NoticeVersion, OwnNotice } from '../src/api/notices';
import { shows } from '../src/app/refresher';
import { App } from '../src/app/App';
import { speak, type Language } from '../src/i18n';
import { blank, clockOf, draftOf, reached, wishOf } from '../src/pages/notices/register/draft';
import { FakeCloud } from './fake/cloud.ts';
import { stubFetch } from './fake/fetch.ts';

const CUSTOMER = ['compute:server:list', 'contract:show', 'notice:own'];

let cloud: FakeCloud;

async function open(path: string, language: Language = 'en') {
  window.history.replaceState(null, '', path);
  const messages = await speak(language);
  render(<App language={language} messages={messages} />);
}

const notice = (part: Partial<OwnNotice>): OwnNotice => ({
  id: 'n1',
  reference: 'N-1',
  version: 1,
  kind: 'maintenance',
  important: false,
  title: { ja: 'ホストの保守', en: 'Maintenance of hosts' },
  text: { ja: '午前 1 時から行います。', en: 'From one in the morning.' },
  shownFrom: '2026-11-20T00:00:00Z',
  shownUntil: '2026-12-20T00:00:00Z',
  read: false,
  ...part,
});

beforeEach(() => {
  cloud = new FakeCloud();
  sessionStorage.clear();
  stubFetch(cloud);
});

const bell = (words: string) => screen.findByRole('button', { name: new RegExp(words) });

describe('notices for a customer', () => {
  it('stand on the first page and in the bell until they are read, in the language that is spoken', async () => {
    cloud.rights = CUSTOMER;
    cloud.notices.own = [notice({ important: true })];
    await open('/', 'ja');
    await screen.findByText('午前 1 時から行います。');
    expect(screen.queryByText('From one in the morning.')).toBeNull();
    screen.getByRole('button', { name: '既読にする: ホストの保守' }).click();
    await waitFor(() => expect(screen.queryByText('未読')).toBeNull());
    expect(cloud.seen.filter((one) => one.method === 'POST').map((one) => one.path)).toContain('/service/v1/notices/n1/reading');
  });

  it('are all read by one button on their page', async () => {
    cloud.rights = CUSTOMER;
    cloud.notices.own = [notice({}), notice({ id: 'n2', reference: 'N-2', version: 2 })];
    await open('/notices');
    await screen.findByText(/Corrected/);
    expect(screen.getAllByText('Unread')).toHaveLength(2);
    screen.getByRole('button', { name: 'Mark all as read' }).click();
    await waitFor(() => expect(screen.queryByText('Unread')).toBeNull());
  });

  it('say what the page is for while there are none, and the register is not there', async () => {
    cloud.rights = CUSTOMER;
    await open('/notices');
    await screen.findByText('There are no notices');
    expect(screen.queryByText('Notices to customers')).toBeNull();
  });
});

describe('the register', () => {
  it('teaches what it is for while it is empty', async () => {
    await open('/notice-register');
    await screen.findByText('No notice was published yet');
    expect(screen.getAllByRole('button', { name: 'Write a notice' }).length).toBeGreaterThan(0);
  });

  it('shows how it will look and whom it reaches before anything goes out', async () => {
    await open('/notice-register');
    (await screen.findAllByRole('button', { name: 'Write a notice' }))[0]!.click();
    const dialog = await screen.findByRole('dialog');
    const type = (name: string, value: string) => fireEvent.change(dialog.querySelector(`[name=${name}]`)!, { target: { value } });
    const next = within(dialog).getByRole('button', { name: 'Preview and whom it reaches' });
    expect(next).toHaveProperty('disabled', true);
    type('notice-title-ja', '保守');
    type('notice-title-en', 'Maintenance');
    type('notice-text-ja', '行います。');
    type('notice-text-en', 'It is done.');
    await waitFor(() => expect(next).toHaveProperty('disabled', false));
    next.click();
    await within(dialog).findByText('Reaches 2 contracts');
    expect(within(dialog).getByText('Sora Ltd', { exact: false })).toBeTruthy();
    expect(within(dialog).getByText('In the language of each contact: 1 in Japanese, 1 in English.')).toBeTruthy();
    expect(cloud.seen.some((one) => one.method === 'POST' && one.path === '/service/v1/notice-register')).toBe(false);
    within(dialog).getByRole('button', { name: 'Publish' }).click();
    await screen.findByRole('button', { name: 'Maintenance' });
    expect(cloud.notices.register[0]!.versions[0]).toMatchObject({ everyone: true, projects: [], mails: 0, title: { ja: '保守', en: 'Maintenance' } });
  });

  it('keeps what was said before beside what is said now', async () => {
    cloud.notices.publish({ ...wishOf(filled())!, title: { ja: '件名', en: 'First' } });
    cloud.notices.correct('n1', { ...wishOf(filled())!, title: { ja: '件名', en: 'Second' }, reason: 'the day was wrong' });
    await open('/notice-register');
    (await screen.findByRole('button', { name: 'Second' })).click();
    const dialog = await screen.findByRole('dialog');
    await within(dialog).findByText('First');
    expect(within(dialog).getByText('Corrected because: the day was wrong')).toBeTruthy();
  });
});

const filled = () => ({ ...blank(Date.parse('2026-11-20T00:00:00Z')), titleJa: '件', titleEn: 'T', textJa: '文', textEn: 'X', until: { day: '2099-01-01', time: '09:00' } });

describe('a notice that is being written', () => {
  it('is sent only when it is whole', () => {
    expect(wishOf(filled())).toMatchObject({ shownUntil: '2099-01-01T00:00:00.000Z', everyone: true });
    expect(wishOf({ ...filled(), textEn: ' ' })).toBeNull();
    expect(wishOf({ ...filled(), everyone: false })).toBeNull();
    expect(wishOf({ ...filled(), until: { day: '2001-01-01', time: '' } })).toBeNull();
    expect(wishOf({ ...filled(), from: { day: '2099-01-02', time: '' } })).toBeNull();
  });

  it('keeps the very times of the former version where nobody typed others', () => {
    const said: NoticeVersion = { version: 1, kind: 'incident', important: true, title: { ja: 'a', en: 'b' }, text: { ja: 'c', en: 'd' }, everyone: true, projects: [], shownFrom: '2026-11-20T00:00:12.345Z', shownUntil: '2099-11-30T00:00:59Z', at: '', mails: 0 };
    expect(clockOf(said.shownFrom)).toEqual({ day: '2026-11-20', time: '09:00' });
    expect(wishOf(draftOf(said), said)).toMatchObject({ shownFrom: said.shownFrom, shownUntil: said.shownUntil });
  });

  it('reaches the chosen contracts and no other', () => {
    expect(reached({ ...filled(), everyone: false, projects: ['p-sora'] }, cloud.notices.contracts).map((one) => one.name)).toEqual(['sora']);
  });
});

describe('the bell', () => {
  it('counts what waits on every page and leads to it', async () => {
    cloud.hosts = cloud.hosts.map((host) => ({ ...host, state: 'unknown' as const }));
    cloud.overdue = [{ id: 's9', name: 'stuck-1', project: 'kumo', host: 'host-1', goal: 'active', reason: 'its host does not answer', since: '2026-11-25T10:00:00Z' }];
    await open('/plans');
    (await bell('What waits for you: Waiting for you: [1-9]')).click();
    (await screen.findByText('It takes too long: stuck-1')).click();
    await waitFor(() => expect(window.location.pathname).toBe('/overdue-work'));
  });
});

describe('what identity tells', () => {
  it('has the pages that show it ask again', () => {
    const asks = (kind: string, ...queryKey: unknown[]) => shows({ queryKey }, { kind });
    expect(asks('user', 'users', null)).toBe(true);
    expect(asks('session', 'sessions', true)).toBe(true);
    expect(asks('keypair', 'keyPairs')).toBe(true);
    expect(asks('notice', 'notices')).toBe(true);
    expect(asks('notice', 'noticeRegister')).toBe(false);
    expect(shows({ queryKey: ['drains', '00000000-0000-0000-0000-000000000001'] }, { kind: 'drain', id: '00000000-0000-0000-0000-000000000002' })).toBe(false);
  });
});
