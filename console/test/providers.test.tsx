import createWrapper from '@cloudscape-design/components/test-utils/dom';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { App } from '../src/app/App';
import { keyOf } from '../src/api/signIn';
import { speak, type Language } from '../src/i18n';
import { FakeCloud } from './fake/cloud.ts';
import { stubFetch } from './fake/fetch.ts';
import { KEY } from './fake/providers.ts';

const WAIT = { timeout: 15_000 };
let cloud: FakeCloud;
let left: string[];

async function open(path: string, language: Language = 'en') {
  window.history.replaceState(null, '', path);
  const messages = await speak(language);
  render(<App language={language} messages={messages} />);
}

const sent = (method: string, path: string) => cloud.seen.filter((request) => request.method === method && request.path === path);

/** The browser stays where it is, and says where it would have gone. */
function leaving(event: Event) {
  event.preventDefault();
  left.push((event as CustomEvent<string>).detail);
}

// What a page loads when it is first opened is not part of what is looked at.
beforeAll(async () => {
  await Promise.all([import('../src/app/Shell'), import('../src/pages/servers/ServerList'), import('../src/pages/providers/IdentityProviders')]);
}, 120_000);

beforeEach(() => {
  cloud = new FakeCloud();
  stubFetch(cloud);
  localStorage.clear();
  left = [];
  window.removeEventListener('unkai:leave', leaving);
  window.addEventListener('unkai:leave', leaving);
});

describe('sign-in through an identity provider', () => {
  it('begins at the link, asks before it is followed for the first time, and remembers it', async () => {
    cloud.loggedIn = false;
    await open(`/sign-in/${KEY}`);
    await screen.findByText(/sign in at Kumo SSO \(login\.kumo\.example\)/, undefined, WAIT);
    expect(left).toEqual([]);
    expect(localStorage.getItem('unkai.provider')).toBeNull();
    screen.getByText('Continue to Kumo SSO').click();
    await waitFor(() => expect(left).toEqual(['https://login.kumo.example/authorize?state=s1']), WAIT);
    expect(JSON.parse(localStorage.getItem('unkai.provider')!)).toEqual({ key: KEY, name: 'Kumo SSO' });

    cleanup();
    await open(`/sign-in/${KEY}`);
    await waitFor(() => expect(left).toHaveLength(2), WAIT);
  });

  it('takes a pasted link, and says what a wrong one is', async () => {
    cloud.loggedIn = false;
    await open('/', 'ja');
    (await screen.findByText('組織のアカウントでログイン', undefined, WAIT)).click();
    await screen.findByText('ログインリンク', undefined, WAIT);
    createWrapper().findInput()!.setInputValue('https://cloud.example/sign-in/AAAAAAAAAAAAAAAAAAAAAA');
    fireEvent.submit(document.querySelector('form')!);
    await screen.findByText(/このログインリンクは無効か/, undefined, WAIT);
    expect(left).toEqual([]);
  });

  it('opens the session with what the provider sent, and leaves no code in the address', async () => {
    cloud.loggedIn = false;
    await open('/sign-in/return?state=s1&code=c1&iss=https%3A%2F%2Flogin.kumo.example');
    await waitFor(() => expect(window.location.pathname).toBe('/'), WAIT);
    expect(sent('PUT', '/service/v1/session/provider')[0]!.body).toEqual({ state: 's1', code: 'c1', issuer: 'https://login.kumo.example' });
    expect(window.location.search).toBe('');
  });

  it('asks for the local second factor where that is missing', async () => {
    cloud.loggedIn = false;
    cloud.providers.code = '123456';
    await open('/sign-in/return?state=s1&code=c1');
    await screen.findByText('Code', undefined, WAIT);
    createWrapper().findInput()!.setInputValue('654321');
    fireEvent.submit(document.querySelector('form')!);
    await screen.findByText(/The code is not right/, undefined, WAIT);
    createWrapper().findInput()!.setInputValue('123456');
    fireEvent.submit(document.querySelector('form')!);
    await waitFor(() => expect(window.location.pathname).toBe('/'), WAIT);
  });

  it('ends at the provider too, where the service says so', async () => {
    cloud.leave = 'https://login.kumo.example/end?id_token_hint=x';
    await open('/account');
    await screen.findByRole('heading', { name: 'My account' }, WAIT);
    const menu = () => createWrapper().findTopNavigation()!.findUtilities().at(-1)!.findMenuDropdownType()!;
    menu().openDropdown();
    menu().findItemById('log-out')!.click();
    await waitFor(() => expect(left).toEqual(['https://login.kumo.example/end?id_token_hint=x']), WAIT);
    await screen.findByText('Domain', undefined, WAIT);
  });

  it('says in the own language why it did not work', async () => {
    cloud.loggedIn = false;
    await open('/sign-in/return?state=s1&error=access_denied', 'ja');
    await screen.findByText(/組織のログイン画面で許可されなかったか/, undefined, WAIT);
  });

  it('finds the key in what was pasted', () => {
    expect(keyOf(` https://cloud.example/sign-in/${KEY}/?iss=x `)).toBe(KEY);
    expect(keyOf(KEY)).toBe(KEY);
    expect(keyOf('kumo')).toBe('');
  });
});

describe('identity providers', () => {
  it('show rules and link, and are registered by an operator', async () => {
    await open('/identity-providers');
    const row = (await screen.findByText('Kumo SSO', undefined, WAIT)).closest('tr')!;
    expect(within(row).getByText('cloud-users → Operator')).toBeTruthy();
    expect(within(row).getByText('Everybody → group ops')).toBeTruthy();

    screen.getByText('Register provider').click();
    await screen.findByText('Client secret', undefined, WAIT);
    const form = createWrapper(createWrapper().findModal()!.findContent().getElement());
    await waitFor(() => expect(sent('GET', '/service/v1/portal-access/contracts')).not.toHaveLength(0), WAIT);
    form.findSelect()!.openDropdown();
    await waitFor(() => expect(form.findSelect()!.findDropdown().findOptionByValue('d2')).toBeTruthy(), WAIT);
    form.findSelect()!.selectOptionByValue('d2');
    const type = (name: string, text: string) =>
      fireEvent.change(document.querySelector<HTMLInputElement>(`input[name="provider-${name}"]`)!, { target: { value: text } });
    type('name', 'Kiri ID');
    type('issuer', 'https://id.kiri.example');
    type('clientId', 'cloud');
    type('clientSecret', 'a secret');
    type('secondFactor', 'mfa, otp');
    fireEvent.submit(document.querySelector('form')!);

    await screen.findByText('Kiri ID', undefined, WAIT);
    expect(sent('POST', '/service/v1/identity-providers')[0]!.body).toEqual({
      identityProvider: {
        contract: 'd2',
        name: 'Kiri ID',
        issuer: 'https://id.kiri.example',
        clientId: 'cloud',
        clientSecret: 'a secret',
        scopes: 'openid profile',
        nameClaim: 'preferred_username',
        mappingClaim: null,
        rules: [{ value: '*', role: 'viewer', group: null }],
        secondFactor: ['mfa', 'otp'],
        enabled: true,
        logOutThere: false,
      },
    });
  });

  it('are only looked at by who manages the contract', async () => {
    cloud.rights = ['identity-provider:list', 'source-rule:update'];
    await open('/identity-providers', 'ja');
    await screen.findByText('Kumo SSO', undefined, WAIT);
    expect(screen.queryByText('プロバイダーを登録')).toBeNull();
    expect(screen.getByText(/ログインリンクをユーザーにお知らせください/)).toBeTruthy();
  });
});
