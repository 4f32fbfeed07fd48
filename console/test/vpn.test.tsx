import createWrapper from '@cloudscape-design/components/test-utils/dom';
import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { App } from '../src/app/App';
import { speak, type Language } from '../src/i18n';
import { FakeCloud } from './fake/cloud.ts';
import { stubFetch } from './fake/fetch.ts';

const WAIT = { timeout: 15_000 };
let cloud: FakeCloud;

async function open(language: Language = 'en') {
  window.history.replaceState(null, '', '/vpn-sessions');
  const messages = await speak(language);
  render(<App language={language} messages={messages} />);
}

const sent = (method: string, path: string) => cloud.seen.filter((request) => request.method === method && request.path === path);

beforeEach(() => {
  cloud = new FakeCloud();
  stubFetch(cloud);
});

describe('VPN sessions', () => {
  it('show the own tunnels and how to connect, and cut one after asking', async () => {
    await open();
    const row = (await screen.findByText('100.64.0.64', undefined, WAIT)).closest('tr')!;
    expect(within(row).getByText('3 MiB in, 1 KiB out')).toBeTruthy();
    expect(screen.queryByText('203.0.113.10')).toBeNull();
    await screen.findByText(/openconnect --cafile=ca.crt --user='.*@kumo' https:\/\/203.0.113.1:443/, undefined, WAIT);

    createWrapper().findTable()!.findRowSelectionArea(1)!.click();
    screen.getByText('End').click();
    await screen.findByText('End the VPN sessions?', undefined, WAIT);
    fireEvent.submit(document.querySelector('form')!);

    await waitFor(() => expect(sent('DELETE', '/service/v1/vpn-sessions/v1')).toHaveLength(1), WAIT);
    await screen.findByText('Being cut', undefined, WAIT);
  });

  it('show a master those of all users', async () => {
    await open('ja');
    await screen.findByText('100.64.0.64', undefined, WAIT);
    screen.getByText('全ユーザー').click();
    const row = (await screen.findByText('100.64.0.65', undefined, WAIT)).closest('tr')!;
    expect(within(row).getByText('worker')).toBeTruthy();
    expect(within(row).getByText('接続中')).toBeTruthy();
  });

  it('let an operator put a contract on the SSL-VPN', async () => {
    await open();
    const row = (await screen.findByText('kiri', undefined, WAIT)).closest('tr')!;
    within(row).getByRole('checkbox').click();
    await waitFor(() => expect(screen.getByText('Change access').closest('button')!.disabled).toBe(false), WAIT);
    screen.getByText('Change access').click();
    await screen.findByText('Put kiri on the SSL-VPN?', undefined, WAIT);
    fireEvent.submit(document.querySelector('form')!);

    await screen.findByText('100.64.0.128/26', undefined, WAIT);
    expect(sent('PUT', '/service/v1/portal-access')[0]!.query.get('contract')).toBe('d2');
  });

  it('offer a customer no say in how contracts are reached', async () => {
    cloud.rights = [];
    await open();
    await screen.findByText('100.64.0.64', undefined, WAIT);
    expect(screen.queryByText('Access by contract')).toBeNull();
    expect(sent('GET', '/service/v1/portal-access/contracts')).toHaveLength(0);
  });
});
