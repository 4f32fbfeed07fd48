import { render, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { App } from '../src/app/App';
import { speak, type Language } from '../src/i18n';
import { FakeCloud } from './fake/cloud.ts';
import { stubFetch } from './fake/fetch.ts';

let cloud: FakeCloud;

async function open(path: string, language: Language = 'en') {
  window.history.replaceState(null, '', path);
  render(<App language={language} messages={await speak(language)} />);
}

beforeEach(() => {
  cloud = new FakeCloud();
  stubFetch(cloud);
});

describe('the backups', () => {
  it('show whether there is a good one, how large it is, and which cannot be used', async () => {
    await open('/backups');
    const good = (await screen.findByText('identity-20261126T060000Z.backup')).closest('tr')!;
    expect(good.textContent).toContain('47 KiB');
    expect(good.textContent).toContain('Schedule');
    expect(screen.getByText('identity-20261126T000000Z.backup').closest('tr')!.textContent).toContain('Unusable');
    expect(screen.getByText('Backed up')).toBeTruthy();
    expect(screen.getByText(/every 6 hours and kept for 14 days in \/var\/lib\/unkai\/backup\/identity/)).toBeTruthy();
  });

  it('teach the command in Japanese where there is none', async () => {
    cloud.backups = { ...cloud.backups, state: 'none', newestAt: null, backups: [] };
    await open('/backups', 'ja');
    await screen.findByText('./unkai backup');
    expect(screen.getAllByText('バックアップはまだありません')).not.toHaveLength(0);
  });

  it('say why the last one failed', async () => {
    cloud.backups = { ...cloud.backups, state: 'failing', lastFailure: { at: '2026-11-26T06:10:00Z', reason: 'No space left on device' } };
    await open('/backups');
    await screen.findByText(/No space left on device It is tried again every ten minutes/);
  });
});

describe('what the console shows', () => {
  it('follows the rights that the service answers, not the names of roles', async () => {
    cloud.rights = ['compute:server:list'];
    await open('/backups');
    await screen.findByText('Servers');
    expect(screen.queryByText('Operation')).toBeNull();
    expect(cloud.seen.some((request) => request.path === '/service/v1/backups')).toBe(false);
  });

  it('shows who sees the contract and no machines a first page without machines', async () => {
    cloud.rights = ['contract:show', 'session:list', 'account:read'];
    await open('/');
    await screen.findByRole('heading', { level: 1, name: 'Home: kumo' });
    await screen.findByText('Nothing ends soon.');
    expect(screen.getByText('Your contract')).toBeTruthy();
    expect(screen.getByText('Plans')).toBeTruthy();
    expect(screen.getByText('Sign-ins')).toBeTruthy();
    for (const hidden of ['Servers', 'Networks', 'History', 'Operation']) expect(screen.queryByText(hidden)).toBeNull();
  });

  it('shows an auditor the requests for access and no button to decide', async () => {
    cloud.rights = ['operation:break-glass:list'];
    cloud.breakGlass = {
      logIns: [],
      setting: 'required',
      cases: [
        {
          id: 'b1',
          project: 'kumo',
          reason: 'disk full',
          ticket: 'T-7',
          minutes: 30,
          state: 'requested',
          requestedBy: { id: 'u5', name: 'kei' },
          requestedAt: '2026-11-26T06:10:00Z',
        },
      ],
    };
    await open('/break-glass');
    await screen.findByText('T-7');
    for (const hidden of [/Approve/, /Refuse/, /Ask for access/]) expect(screen.queryByRole('button', { name: hidden })).toBeNull();
  });

  it('gives who may only look no buttons to change servers', async () => {
    cloud.rights = ['compute:server:list'];
    await open('/servers');
    await screen.findByText('web-1');
    expect(screen.queryByRole('button', { name: 'Stop' })).toBeNull();
    expect(screen.queryByText('Create server')).toBeNull();
    expect(screen.queryByRole('checkbox')).toBeNull();
  });

  it('offers the pages of an operator to whoever may use them', async () => {
    cloud.rights = ['operation:backup:list'];
    await open('/servers');
    await screen.findByText('Operation');
    await waitFor(() => expect(screen.getAllByText('Backups')).not.toHaveLength(0));
    expect(screen.queryByText('Hosts')).toBeNull();
  });
});
