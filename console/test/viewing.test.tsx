import createWrapper from '@cloudscape-design/components/test-utils/dom';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { App } from '../src/app/App';
import { speak, type Language } from '../src/i18n';
import { FakeCloud } from './fake/cloud.ts';
import { stubFetch } from './fake/fetch.ts';

const WAIT = { timeout: 30_000 };
let cloud: FakeCloud;
/** How often the console would have been loaded again. */
let reloads: number;
const reloaded = (event: Event) => {
  event.preventDefault();
  reloads++;
};

async function open(path: string, language: Language = 'en') {
  window.history.replaceState(null, '', path);
  return render(<App language={language} messages={await speak(language)} />);
}

const sent = (method: string) => cloud.seen.filter((request) => request.method === method && request.path === '/service/v1/session/view');
const asked = (path: RegExp) => cloud.seen.filter((request) => path.test(request.path)).map((request) => request.path);
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
const view = (minutes = 12) => ({ id: 'v1', contract: 'kumo', until: inMinutes(minutes) });

beforeEach(() => {
  cloud = new FakeCloud();
  stubFetch(cloud);
  reloads = 0;
  window.addEventListener('unkai:reload', reloaded);
});

afterEach(() => {
  window.removeEventListener('unkai:reload', reloaded);
  vi.useRealTimers();
});

describe('a view as customer', () => {
  it('is opened with whose, why and for how long, and begins anew as that customer', async () => {
    await open('/break-glass');
    (await screen.findByText('View as customer', undefined, WAIT)).click();
    const form = () => createWrapper().findModal()!.findContent();
    await waitFor(() => expect(form().findAllInputs()).toHaveLength(2), WAIT);
    form().findAllInputs()[0]!.setInputValue(' kumo ');
    fireEvent.submit(document.querySelector('form')!);
    expect(sent('POST')).toEqual([]);
    form().findTextarea()!.setTextareaValue('The network of ticket 42.');
    form().findAllInputs()[1]!.setInputValue('31');
    fireEvent.submit(document.querySelector('form')!);
    expect(sent('POST')).toEqual([]);
    form().findAllInputs()[1]!.setInputValue('10');
    fireEvent.submit(document.querySelector('form')!);
    await waitFor(() => expect(reloads).toBe(1), WAIT);
    expect(sent('POST').map((request) => request.body)).toEqual([{ contract: 'kumo', reason: 'The network of ticket 42.', minutes: 10 }]);
  });

  it('asks who it is once more before, where the service wants that', async () => {
    cloud.proved = false;
    cloud.refuses = (request) => (request.path.endsWith('/session/view') && !cloud.proved ? { status: 403, body: { detail: 'Show once more who you are.', code: 'ProofTooOld' } } : null);
    await open('/break-glass');
    (await screen.findByText('View as customer', undefined, WAIT)).click();
    const form = () => createWrapper().findModal()!.findContent();
    await waitFor(() => expect(form().findAllInputs()).toHaveLength(2), WAIT);
    form().findAllInputs()[0]!.setInputValue('kumo');
    form().findTextarea()!.setTextareaValue('Ticket 42');
    fireEvent.submit(document.querySelector('form')!);
    await screen.findByText('Show that it is you', undefined, WAIT);
    expect(reloads).toBe(0);
    const proof = [...document.querySelectorAll('form')].find((each) => each.querySelector('input[type=password]'))!;
    createWrapper(proof.parentElement!).findInput()!.setInputValue('secret');
    fireEvent.submit(proof);
    await waitFor(() => expect(reloads).toBe(1), WAIT);
    expect(sent('POST')).toHaveLength(2);
  });

  it('takes a project by its id, and says why the service refuses', async () => {
    cloud.refuses = (request) => (request.path.endsWith('/session/view') ? { status: 404, body: { detail: 'There is no such project of a customer.' } } : null);
    await open('/break-glass');
    (await screen.findByText('View as customer', undefined, WAIT)).click();
    const form = () => createWrapper().findModal()!.findContent();
    await waitFor(() => expect(form().findAllInputs()).toHaveLength(2), WAIT);
    form().findAllInputs()[0]!.setInputValue('4f9b5e0e6f3f1c2b7a8d3f4a510d3c4a');
    form().findTextarea()!.setTextareaValue('Ticket 42');
    fireEvent.submit(document.querySelector('form')!);
    await screen.findByText('There is no such project of a customer.', undefined, WAIT);
    expect(sent('POST')[0]!.body).toMatchObject({ project: '4f9b5e0e6f3f1c2b7a8d3f4a510d3c4a' });
    expect(reloads).toBe(0);
  });

  it('says on every page whose it is and until when, without what changes something and without the visitor’s own account', async () => {
    cloud.viewing = view();
    await open('/servers', 'ja');
    const bar = await screen.findByRole('region', { name: 'お客様の画面の閲覧' }, WAIT);
    expect(bar.textContent).toMatch(/お客様の画面を閲覧中: kumo.*閲覧のみ.*（残り 12 分）/);
    await screen.findByRole('heading', { name: /サーバー/, level: 1 }, WAIT);
    expect(screen.queryByText('サーバーを作成')).toBeNull();
    expect(screen.queryByText('緊急アクセス')).toBeNull();
    createWrapper().findTopNavigation()!.findUtility(5)!.findMenuDropdownType()!.openDropdown();
    await screen.findByText('ログアウト', undefined, WAIT);
    expect(screen.queryByText('マイアカウント')).toBeNull();
  });

  it.each([
    ['/topology', /接続関係です/],
    ['/firewall-log', 'ファイアウォールログは無効です'],
    ['/servers/s1', '削除保護'],
    ['/servers/s1/network', 'MAC アドレス'],
    ['/servers/s1/schedules', 'スケジュールはまだありません'],
  ])('shows %s without anything to press that changes it', async (path, there) => {
    cloud.viewing = view();
    await open(path, 'ja');
    await screen.findAllByText(there, undefined, WAIT);
    const changing = /作成|追加|有効|割り当て|編集|変更|削除/;
    expect(screen.queryAllByRole('button', { name: changing }).map((button) => button.textContent)).toEqual([]);
    expect(document.querySelectorAll('main input[type=checkbox]')).toHaveLength(0);
  });

  it('asks for nothing that is closed to it on the first page', async () => {
    cloud.viewing = view();
    await open('/');
    await screen.findByRole('region', { name: 'View as customer' }, WAIT);
    await screen.findByRole('heading', { name: /kumo/, level: 1 }, WAIT);
    await waitFor(() => expect(asked(/\/service\/v1\/history/).length).toBeGreaterThan(0), WAIT);
    expect(asked(/account|credentials|key-?pairs|forwarding|users|applications|quota-sets\/p1/)).toEqual([]);
  });

  it('ends by its button', async () => {
    cloud.viewing = view();
    await open('/servers');
    (await screen.findByRole('button', { name: 'End the view' }, WAIT)).click();
    await waitFor(() => expect(reloads).toBe(1), WAIT);
    expect(sent('DELETE')).toHaveLength(1);
  });

  it('stays and says so while the service cannot end it', async () => {
    cloud.viewing = view();
    await open('/servers');
    await screen.findByRole('heading', { name: /Servers/, level: 1 }, WAIT);
    const end = screen.getByRole('button', { name: 'End the view' });
    cloud.refuses = (request) => (request.method === 'DELETE' ? { status: 503, body: { detail: 'Identity is away.' } } : null);
    end.click();
    await screen.findByText(/could not be ended just now/, undefined, WAIT);
    expect(reloads).toBe(0);
  });

  it('ends at its time without anybody’s doing', async () => {
    cloud.viewing = { ...view(), until: new Date(Date.now() + 1_500).toISOString() };
    await open('/servers');
    await waitFor(() => expect(reloads).toBe(1), WAIT);
    expect(sent('DELETE')).toHaveLength(1);
  });

  it('gives back the visitor’s own session when the service has ended it', async () => {
    cloud.viewing = view();
    await open('/servers');
    await screen.findByRole('heading', { name: /Servers/, level: 1 }, WAIT);
    cloud.refuses = (request) => (request.path.startsWith('/network/') ? { status: 401, body: { detail: 'It has ended.' } } : null);
    screen.getByRole('link', { name: 'Networks' }).click();
    await waitFor(() => expect(reloads).toBeGreaterThan(0), WAIT);
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});
