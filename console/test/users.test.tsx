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

  it('are disabled after the visitor has read what ends and what stays, and enabled again', async () => {
    await open('/users');
    await act('ren', 'Disable');
    const dialog = await screen.findByRole('dialog');
    expect(await within(dialog).findByText('Open sessions: 2')).toBeTruthy();
    expect(dialog.textContent).toMatch(/nightly[\s\S]*Stays with the contract[\s\S]*web-1[\s\S]*laptop/);
    expect(dialog.textContent).toContain('ren@kumo.example');
    fireEvent.click(within(dialog).getByRole('button', { name: 'Disable' }));
    await waitFor(async () => expect((await rowOf('ren')).textContent).toContain('Disabled'));

    await act('ren', 'Enable');
    fireEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Enable' }));
    await waitFor(async () => expect((await rowOf('ren')).textContent).toContain('Active'));
    expect(changes()).toEqual(['PATCH /service/v1/users/u2 {"user":{"enabled":false}}', 'PATCH /service/v1/users/u2 {"user":{"enabled":true}}']);
  });

  it('made by one of the provider\'s people wait for a second one, and say so', async () => {
    Object.assign(cloud.users.users.find((one) => one.id === 'u2')!, { enabled: false, madeBy: 'kei' });
    await open('/users');
    expect((await rowOf('ren')).textContent).toContain('Waits for release');
    await act('ren', 'Release');
    const dialog = await screen.findByRole('dialog');
    expect(dialog.textContent).toMatch(/kei has made this user alone.*ren@kumo\.example/);
    fireEvent.click(within(dialog).getByRole('button', { name: 'Release' }));
    await waitFor(() => expect(changes()).toEqual(['PATCH /service/v1/users/u2 {"user":{"enabled":true}}']));
  });

  it('are removed only after the name was typed, and the last master not at all', async () => {
    await open('/users', 'ja');
    await act('ren', '削除');
    const dialog = await screen.findByRole('dialog');
    await within(dialog).findByText(/キーペア: laptop/);
    const remove = () => within(dialog).getByRole('button', { name: '削除' });
    expect(remove().hasAttribute('disabled')).toBe(true);
    fireEvent.change(dialog.querySelector('input[name=typed-name]')!, { target: { value: 'ren' } });
    fireEvent.click(remove());
    await waitFor(() => expect(screen.queryByText('ren')).toBeNull());
    expect(changes()).toEqual(['DELETE /service/v1/users/u2 null']);

    cloud.holdings.lastMaster = true;
    await act('aoi', '削除');
    expect((await screen.findAllByText(/最後のマスターユーザー/)).length).toBeGreaterThan(0);
    expect(document.querySelector('input[name=typed-name]')).toBeNull();
  });

  it('are created with a role and written to in a language', async () => {
    await open('/users');
    fireEvent.click(await screen.findByRole('button', { name: 'Create user' }));
    const dialog = await screen.findByRole('dialog');
    const type = (name: string, value: string) => fireEvent.change(dialog.querySelector(`input[name=${name}]`)!, { target: { value } });
    type('user-name', 'hana');
    type('user-email', 'hana@kumo.example');
    fireEvent.click(within(dialog).getByRole('button', { name: 'Create' }));
    expect((await rowOf('hana')).textContent).toContain('Operator');
    expect(changes()).toEqual([
      'POST /service/v1/users {"user":{"name":"hana","person":"","email":"hana@kumo.example","language":"en","role":"operator","project":"p1"}}',
    ]);
  });

  it('are the provider’s to look after where the plan says so, and a refusal is told in the visitor’s language', async () => {
    cloud.users.administered = false;
    await open('/users', 'ja');
    expect(await screen.findByText(/サービス提供者が行います/)).toBeTruthy();
    expect(within(await rowOf('ren')).queryByRole('button')).toBeNull();
    expect(screen.queryByRole('button', { name: 'ユーザーの作成' })).toBeNull();
  });

  it('are looked after by the provider with a reason where the plan says so, and else with an approved access only', async () => {
    cloud.wantsReason = true;
    await open('/users', 'ja');
    await act('ren', '無効にする');
    const dialog = () => within(screen.getAllByRole('dialog').at(-1)!);
    await dialog().findByText(/利用中のセッション: 2/);
    fireEvent.click(dialog().getByRole('button', { name: '無効にする' }));
    await screen.findByText('操作の理由');
    fireEvent.change(document.querySelector('textarea[name=reason]')!, { target: { value: 'お客様の依頼 (電話)' } });
    fireEvent.click(screen.getByRole('button', { name: '続ける' }));
    await waitFor(async () => expect((await rowOf('ren')).textContent).toContain('無効'));
    expect(cloud.seen.findLast((one) => one.method === 'PATCH')?.reason).toBe(encodeURIComponent('お客様の依頼 (電話)'));

    cloud.wantsAccess = true;
    await act('ren', '有効に戻す');
    fireEvent.click(await dialog().findByRole('button', { name: '有効に戻す' }));
    expect(await screen.findByText(/緊急アクセス.*承認を受けてから/)).toBeTruthy();
  });
});

async function act(user: string, action: string) {
  fireEvent.click(within(await rowOf(user)).getByRole('radio'));
  fireEvent.click(screen.getAllByRole('button', { name: /^(Actions|操作)/ })[0]!);
  fireEvent.click(await screen.findByRole('menuitem', { name: action }));
}

const changes = () => cloud.seen.filter((one) => one.method !== 'GET').map((one) => `${one.method} ${one.path} ${JSON.stringify(one.body ?? null)}`);
