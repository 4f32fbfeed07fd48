import createWrapper from '@cloudscape-design/components/test-utils/dom';
import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { App } from '../src/app/App';
import { speak, type Language } from '../src/i18n';
import { FakeCloud } from './fake/cloud.ts';
import { stubFetch } from './fake/fetch.ts';
import { destination } from './fake/forwarding.ts';

let cloud: FakeCloud;

async function open(path: string, language: Language = 'en') {
  window.history.replaceState(null, '', path);
  render(<App language={language} messages={await speak(language)} />);
}

const sent = (method: string, path: string) => cloud.seen.filter((request) => request.method === method && request.path === path);
const dialog = () => createWrapper().findModal()!.findContent();

beforeEach(() => {
  cloud = new FakeCloud();
  stubFetch(cloud);
});

describe('forwarding', () => {
  it('teaches what it is where there is none, and shows whose certificate the other end has before it is added', async () => {
    await open('/forwarding');
    await screen.findByText('The history is sent nowhere');
    screen.getAllByText('Add a destination')[0]!.click();
    await screen.findByText('Check the connection');
    const [name, host] = dialog().findAllInputs();
    name?.setInputValue('SIEM');
    host?.setInputValue('logs.example.jp');
    screen.getByText('Check the connection').click();
    await screen.findByText(/CN=logs.example.jp, issued by CN=log authority/);
    expect(sent('POST', '/service/v1/forwarding/destinations')).toHaveLength(0);
    fireEvent.submit(document.querySelector('form')!);
    await waitFor(() => expect(sent('POST', '/service/v1/forwarding/destinations')).toHaveLength(1));
    expect(sent('POST', '/service/v1/forwarding/destinations')[0]?.body).toEqual({ name: 'SIEM', kind: 'syslog', host: 'logs.example.jp', port: 6514, from: 'now' });
    expect(sent('POST', '/service/v1/forwarding/destinations')[0]?.query.get('project')).toBe('provider');
  });

  it('shows the secret of a webhook once', async () => {
    cloud.rights = cloud.rights.filter((right) => right !== 'history:event:list-all');
    await open('/forwarding');
    (await screen.findAllByText('Add a destination'))[0]!.click();
    await screen.findByText('Check the connection');
    dialog().findTiles()!.findInputByValue('webhook')!.click();
    await screen.findByText(/Begins with https/);
    const [name, address] = dialog().findAllInputs();
    name?.setInputValue('hook');
    address?.setInputValue('https://logs.example.jp/unkai');
    fireEvent.submit(document.querySelector('form')!);
    await screen.findByText('whsec_c2VjcmV0');
    const [made] = sent('POST', '/service/v1/forwarding/destinations');
    expect(made?.body).toEqual({ name: 'hook', kind: 'webhook', address: 'https://logs.example.jp/unkai', from: 'now' });
    expect(made?.query.has('project')).toBe(false);
    screen.getByText('I have copied it').click();
    await waitFor(() => expect(screen.queryByText('whsec_c2VjcmV0')).toBeNull());
  });

  it('says in Japanese why a destination fails and lets it be tried and paused', async () => {
    cloud.forwarding.destinations = [
      destination('d1', {
        waiting: 42,
        lagSeconds: 3_700,
        tries: 7,
        failingSince: '2026-11-26T01:30:00Z',
        nextTryAt: '2026-11-26T02:15:00Z',
        problem: { reason: 'untrusted', detail: 'The certificate of logs.example.jp comes from an authority that is not trusted for it.' },
      }),
    ];
    await open('/forwarding', 'ja');
    const row = within((await screen.findByText('SIEM d1')).closest('tr')!);
    expect(row.getByText('失敗中')).toBeTruthy();
    expect(row.getByText('42 件')).toBeTruthy();
    row.getByText('SIEM d1').click();
    await screen.findByText('イベントを配信できません');
    expect(screen.getByText(/発行した認証局の証明書を指定してください/)).toBeTruthy();
    cloud.forwarding.attempt = { tries: 8 };
    screen.getByText('今すぐ試す').click();
    await screen.findByText('もう一度送りましたが、受け取られませんでした', {}, { timeout: 3_000 });
    expect(sent('POST', '/service/v1/forwarding/destinations/d1/attempt')).toHaveLength(1);
    cloud.forwarding.attempt = { tries: 0, problem: undefined, parked: 2, lastParked: 77 };
    screen.getByText('今すぐ試す').click();
    await screen.findByText('イベントが受け取られました', {}, { timeout: 3_000 });
    expect(screen.getByText(/最後のものは履歴の位置 77 です/)).toBeTruthy();
    await waitFor(() => expect(screen.getByText('一時停止').closest('button')!.getAttribute('aria-disabled')).not.toBe('true'));
    screen.getByText('一時停止').click();
    await screen.findByText('一時停止中');
    screen.getByText('テストメッセージを送る').click();
    await screen.findByText('テストメッセージが届きました');
  });

  it('shows readers how it goes, and no buttons', async () => {
    cloud.rights = cloud.rights.filter((right) => !/^history:(forwarding:(manage|operate)|event:list-all)$/.test(right));
    cloud.forwarding.destinations = [destination('d1')];
    await open('/forwarding/d1');
    await screen.findByText('Up to date');
    expect(screen.queryByText('Pause')).toBeNull();
    expect(screen.queryByText('Delete')).toBeNull();
  });
});

describe('the published rounds by mail', () => {
  it('are subscribed to by a form, confirmed and ended by a button', async () => {
    cloud.loggedIn = false;
    await open('/ledger');
    const email = await screen.findByLabelText('Mail address');
    fireEvent.change(email, { target: { value: 'yuki@reader.example' } });
    createWrapper().findAllInputs().at(-1)!.setInputValue('yuki@reader.example');
    fireEvent.submit(email.closest('form')!);
    await screen.findByText(/A mail is on its way/);
    expect(sent('POST', '/service/v1/ledger/subscriptions')[0]?.body).toEqual({ email: 'yuki@reader.example', language: 'en', website: '' });
  });

  it('change nothing when a link is only opened', async () => {
    cloud.loggedIn = false;
    await open('/ledger/unsubscribe#a-token', 'ja');
    const button = await screen.findByRole('button', { name: '配信の停止' });
    expect(sent('POST', '/service/v1/ledger/subscription-endings')).toHaveLength(0);
    button.click();
    await screen.findByText(/配信を停止しました/);
    expect(sent('POST', '/service/v1/ledger/subscription-endings')[0]?.body).toEqual({ token: 'a-token' });
  });
});
