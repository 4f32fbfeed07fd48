import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { App } from '../src/app/App';
import { speak, type Language } from '../src/i18n';
import { FakeCloud } from './fake/cloud.ts';
import { stubFetch } from './fake/fetch.ts';

let cloud: FakeCloud;

async function open(path: string, language: Language = 'en') {
  cleanup();
  window.history.replaceState(null, '', path);
  render(<App language={language} messages={await speak(language)} />);
}

const rowOf = async (name: string) => (await screen.findByText(name)).closest('tr')!;

beforeEach(() => {
  cloud = new FakeCloud();
  stubFetch(cloud);
});

describe('the users of a contract', () => {
  it('are listed with their roles by the names of the service, whatever a client called them', async () => {
    await open('/users');
    expect((await rowOf('ren')).textContent).toContain('Operator');
    expect((await rowOf('aoi')).textContent).toMatch(/No role.*Disabled/);
    expect(within(await rowOf('master')).queryByRole('button')).toBeNull();
  });

  it('who have their roles from an identity provider say so, and keep them', async () => {
    const [, ren] = cloud.users.users;
    ren!.provider = 'Kumo SSO';
    await open('/users', 'ja');
    const row = await rowOf('ren');
    expect(row.textContent).toContain('Kumo SSO でログイン');
    expect(within(row).queryByRole('button')).toBeNull();
  });

  it('get and lose roles; what a client gave goes by its own name', async () => {
    await open('/users', 'ja');
    fireEvent.click(within(await rowOf('ren')).getByRole('button'));
    fireEvent.click(await screen.findByRole('checkbox', { name: /閲覧者/ }));
    fireEvent.click(screen.getByRole('checkbox', { name: /運用担当/ }));
    fireEvent.click(screen.getByRole('button', { name: '保存' }));
    await waitFor(() => expect(screen.queryByRole('checkbox', { name: /閲覧者/ })).toBeNull());

    expect(cloud.seen.filter((one) => one.method !== 'GET').map((one) => `${one.method} ${one.path}?project=${one.query.get('project') ?? ''}`)).toEqual([
      'PUT /service/v1/users/u2/roles/viewer?project=p1',
      'DELETE /service/v1/users/u2/roles/member?project=p1',
    ]);
    await waitFor(async () => expect((await rowOf('ren')).textContent).toContain('閲覧者'));
  });

  it('are shown to who may only look without a way to change them, and to others not at all', async () => {
    cloud.rights = ['user:list'];
    await open('/users');
    expect(within(await rowOf('ren')).queryByRole('button')).toBeNull();

    cloud.rights = ['compute:server:list'];
    await open('/users');
    await screen.findByText('Servers');
    expect(cloud.seen.filter((one) => one.path === '/service/v1/users')).toHaveLength(1);
  });
});
