import createWrapper from '@cloudscape-design/components/test-utils/dom';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { App } from '../src/app/App';
import { speak, type Language } from '../src/i18n';
import { FakeCloud } from './fake/cloud.ts';
import { stubFetch } from './fake/fetch.ts';

let cloud: FakeCloud;

async function open(language: Language) {
  window.history.replaceState(null, '', '/hosts');
  const messages = await speak(language);
  render(<App language={language} messages={messages} />);
  await screen.findByText('host-1');
}

function choose(action: string) {
  const page = createWrapper();
  page.findTable()!.findRowSelectionArea(1)!.click();
  const menu = page.findButtonDropdown('[data-testid="host-actions"]')!;
  menu.openDropdown();
  menu.findItemById(action)!.click();
}

const sent = (method: string) => cloud.seen.filter((request) => request.method === method && request.path === '/service/v1/hosts/h1/maintenance');

beforeEach(() => {
  cloud = new FakeCloud();
  stubFetch(cloud);
});

describe('a host', () => {
  it('is emptied after a warning, shows each server with what stands in its way, and takes servers again', async () => {
    await open('en');
    choose('drain');
    await screen.findByText(/3 servers leave this host/);
    fireEvent.submit(document.querySelector('form')!);

    await screen.findByText('No other host has enough memory free.');
    expect(sent('PUT')[0]?.body).toEqual({ reason: '', drain: true });
    expect(screen.getByText('Make room on another host, or add one.')).toBeTruthy();
    expect(screen.getByText(/1 servers have moved, 2 are left\. The longest standstill was 0\.6 s\./)).toBeTruthy();

    screen.getByText('Let the others stay').click();
    await waitFor(() => expect(sent('PUT')[1]?.body).toEqual({ reason: '', drain: false }));
  });

  it('tells so in Japanese, and is back in service by one click', async () => {
    cloud.hosts = cloud.hosts.map((host) => ({ ...host, state: 'maintenance', maintenanceReason: '', drain: 'draining' }));
    await open('ja');
    expect(screen.getByText('サーバー移動中')).toBeTruthy();
    choose('progress');
    await screen.findByText('メモリに空きのあるホストが他にありません。');
    expect(screen.getByText('1 台が移動し、2 台が残っています。 最も長く止まった時間は 0.6 秒です。')).toBeTruthy();

    screen.getAllByText('メンテナンスを終了').at(-1)!.click();
    await waitFor(() => expect(sent('DELETE')).toHaveLength(1));
    await screen.findByText('稼働中');
  });
});
