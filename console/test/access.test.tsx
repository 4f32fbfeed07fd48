import createWrapper from '@cloudscape-design/components/test-utils/dom';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { App } from '../src/app/App';
import { isDue } from '../src/app/renewal';
import { speak, type Language } from '../src/i18n';
import { prefixesOf } from '../src/pages/access/prefixes';
import { FakeCloud } from './fake/cloud.ts';
import { stubFetch } from './fake/fetch.ts';

let cloud: FakeCloud;

async function open(path: string, language: Language = 'en') {
  window.history.replaceState(null, '', path);
  const messages = await speak(language);
  render(<App language={language} messages={messages} />);
}

const sent = (method: string, path: string) => cloud.seen.filter((request) => request.method === method && request.path === path);

beforeEach(() => {
  cloud = new FakeCloud();
  stubFetch(cloud);
});

describe('sign-ins', () => {
  it('show the own sessions, and end one after asking', async () => {
    await open('/sign-ins');
    await screen.findByText('203.0.113.9');
    expect(screen.queryByText('203.0.113.10')).toBeNull();
    expect(screen.getByText('This one')).toBeTruthy();

    createWrapper().findTable()!.findRowSelectionArea(2)!.click();
    screen.getByText('End').click();
    await screen.findByText('End the sessions?');
    fireEvent.submit(document.querySelector('form')!);

    await waitFor(() => expect(sent('DELETE', '/service/v1/sessions/s2')).toHaveLength(1));
    await waitFor(() => expect(screen.queryByText('203.0.113.9')).toBeNull());
  });

  it('show a master those of all users', async () => {
    await open('/sign-ins', 'ja');
    await screen.findByText('203.0.113.9');
    screen.getByText('全ユーザー').click();
    const row = (await screen.findByText('203.0.113.10')).closest('tr')!;
    expect(within(row).getByText('worker')).toBeTruthy();
    expect(within(row).getByText('API・プログラム')).toBeTruthy();
  });

  it('list log-ins and log-outs of oneself', async () => {
    await open('/sign-ins/history');
    await waitFor(() => expect(sent('GET', '/service/v1/history')).not.toHaveLength(0));
    const query = sent('GET', '/service/v1/history')[0]!.query;
    expect(query.get('action')).toBe('authenticate,revoke');
    expect(query.get('target')).toBe('u1');
  });
});

describe('source addresses', () => {
  it('of tunnels are changed beside the rules where the plan wants both, and who would cut himself off is told', async () => {
    await open('/source-addresses');
    await screen.findByText('You come from 198.51.100.7.');
    expect(screen.queryByText('Where the SSL-VPN is opened from')).toBeNull();
    cleanup();
    cloud.access.tunnelsFrom = ['198.51.100.0/24'];
    await open('/source-addresses', 'ja');
    (await screen.findByRole('button', { name: '編集：SSL-VPN の接続元' })).click();
    const box = () => document.querySelector('textarea[name=tunnels-from]')!;
    await screen.findByText(/数秒以内に切断/);
    fireEvent.change(box(), { target: { value: '203.0.113.0/24' } });
    fireEvent.submit(document.querySelector('form')!);
    await screen.findByText(/ご自身のトンネルの接続元が/);
    fireEvent.change(box(), { target: { value: '198.51.100.0/24\n203.0.113.0/24' } });
    fireEvent.submit(document.querySelector('form')!);
    await screen.findByText('203.0.113.0/24');
    expect(sent('PUT', '/service/v1/source-rules/tunnels').at(-1)?.body).toEqual({ prefixes: ['198.51.100.0/24', '203.0.113.0/24'] });
  });

  it('are changed together, and a refusal says why', async () => {
    await open('/source-addresses');
    await screen.findByText('You come from 198.51.100.7.');
    screen.getByText('Edit').click();
    await screen.findByText('Change the source addresses');
    const [everybody] = createWrapper().findModal()!.findAll('textarea');
    const type = (text: string) => fireEvent.change(everybody!.getElement(), { target: { value: text } });
    type('203.0.113.0/24');
    fireEvent.submit(document.querySelector('form')!);
    await screen.findByText(/could not come in any more/);

    type('198.51.100.0/24, 2001:db8::/32');
    fireEvent.submit(document.querySelector('form')!);
    await screen.findByText('2001:db8::/32');
    expect(sent('PUT', '/service/v1/source-rules').at(-1)?.body).toEqual({
      rules: [{ role: null, prefixes: ['198.51.100.0/24', '2001:db8::/32'] }],
    });
  });

  it('say in Japanese why somebody may not lock himself out', async () => {
    await open('/source-addresses', 'ja');
    (await screen.findByRole('button', { name: '編集' })).click();
    await screen.findByText('接続元アドレスの変更');
    const [everybody] = createWrapper().findModal()!.findAll('textarea');
    fireEvent.change(everybody!.getElement(), { target: { value: '203.0.113.0/24' } });
    fireEvent.submit(document.querySelector('form')!);
    await screen.findByText(/現在の接続元（198\.51\.100\.7）から接続できなくなる/);
  });

  it('limit an application credential', async () => {
    await open('/source-addresses', 'ja');
    (await screen.findByText('backup-job')).click();
    await screen.findByText('backup-job の接続元を限定');
    const [box] = createWrapper().findModal()!.findAll('textarea');
    fireEvent.change(box!.getElement(), { target: { value: '198.51.100.7' } });
    fireEvent.submit(document.querySelector('form')!);
    await waitFor(
      () => expect(sent('PUT', '/service/v1/application-credentials/c1/sources')[0]?.body).toEqual({ prefixes: ['198.51.100.7'] }),
    );
  });

  it('are typed in lines or with commas', () => {
    expect(prefixesOf(' 198.51.100.0/24,\n2001:db8::/32、198.51.100.0/24 ')).toEqual(['198.51.100.0/24', '2001:db8::/32']);
    expect(prefixesOf(' \n')).toEqual([]);
  });
});

describe('a session', () => {
  const minutes = (count: number) => count * 60_000;

  it('is renewed when little is left and its user has worked, and only then', () => {
    expect(isDue(minutes(16), minutes(30), 0, minutes(15))).toBe(true);
    expect(isDue(minutes(16), minutes(30), 0, 0)).toBe(false);
    expect(isDue(minutes(10), minutes(30), 0, minutes(9))).toBe(false);
  });
});
