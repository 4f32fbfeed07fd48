import createWrapper from '@cloudscape-design/components/test-utils/dom';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { App } from '../src/app/App';
import { speak, type Language } from '../src/i18n';
import { FakeCloud } from './fake/cloud.ts';
import { stubFetch } from './fake/fetch.ts';

let cloud: FakeCloud;

async function open(path: string, language: Language = 'en') {
  window.history.replaceState(null, '', path);
  const messages = await speak(language);
  render(<App language={language} messages={messages} />);
}

const submit = () => fireEvent.submit([...document.querySelectorAll('form')].at(-1)!);

async function typePassword(password: string) {
  await screen.findByText('Domain');
  const [domain, user, secret] = createWrapper().findAllInputs();
  domain?.setInputValue('kumo');
  user?.setInputValue('master');
  secret?.setInputValue(password);
  submit();
}

const fill = (...values: string[]) => {
  const inputs = createWrapper().findModal()!.findContent().findAllInputs();
  values.forEach((value, index) => inputs[index]?.setInputValue(value));
};

beforeEach(() => {
  cloud = new FakeCloud();
  cloud.pace = 0;
  stubFetch(cloud);
});

describe('log-in with a second factor', () => {
  it('asks for the code in a second step, says when it is wrong, and takes a recovery code', async () => {
    cloud.loggedIn = false;
    cloud.account.enrolled = true;
    await open('/servers');
    await typePassword('secret');
    await screen.findByText(/has a second factor/);
    createWrapper().findInput()!.setInputValue('000000');
    submit();
    await screen.findByText(/The code is not right/);
    createWrapper().findInput()!.setInputValue('aaaa-bbbb-cccc-dddd');
    submit();
    await screen.findByText('web-1');
  });

  it('sets one up where the role is given to nobody without, in Japanese too', async () => {
    cloud.loggedIn = false;
    cloud.account.required = true;
    await open('/servers', 'ja');
    await screen.findByText('ドメイン');
    const [domain, user, secret] = createWrapper().findAllInputs();
    domain?.setInputValue('kumo');
    user?.setInputValue('master');
    secret?.setInputValue('secret');
    submit();
    (await screen.findByText('認証アプリのコードを設定')).click();
    await screen.findByAltText('認証アプリ用の QR コード');
    expect(screen.getByText('ABCD EFGH')).toBeTruthy();
    createWrapper().findInput()!.setInputValue('123456');
    submit();
    await screen.findByText('eeee-ffff-gggg-hhhh');
    screen.getByText('保管しました').click();
    await screen.findByText(/コードを入力してください/);
    createWrapper().findInput()!.setInputValue('123456');
    submit();
    await screen.findByText('web-1');
  });
});

describe('my account', () => {
  it('turns the second factor on with password and first code, and off with both', async () => {
    await open('/account');
    (await screen.findByText('Set up one-time codes')).click();
    await screen.findByText('Present password');
    fill('wrong');
    submit();
    await screen.findByText(/present password is not right/);
    fill('secret');
    submit();
    await screen.findByAltText('QR code for the authenticator app');
    fill('123456');
    submit();
    await screen.findByText('aaaa-bbbb-cccc-dddd');
    screen.getByText('I have kept them').click();
    await screen.findByText('2 of 10 recovery codes left');

    screen.getByText('Turn one-time codes off').click();
    await screen.findByText('Present password');
    fill('secret', '123456');
    submit();
    await waitFor(() => expect(cloud.account.enrolled).toBe(false));
    await screen.findByText('Set up one-time codes');
  });

  it('changes the password, says what is wrong with a weak one, and asks to log in again', async () => {
    await open('/account');
    (await screen.findByText('Change the password')).click();
    await screen.findByText('Present password');
    fill('secret', 'password-2026', 'password-2026');
    submit();
    await screen.findByText(/among the first that others would try/);
    fill('secret', 'seven unlikely gnomes', 'seven unlikely gnome');
    submit();
    await screen.findByText('The two are not the same.');
    fill('secret', 'seven unlikely gnomes', 'seven unlikely gnomes');
    submit();
    await screen.findByText('The password is changed');
    await screen.findByText(/Your session has ended/);
  });

  it('shows operators who is excepted and why, and ends an exception', async () => {
    await open('/account');
    await screen.findByText('An account for evaluation.');
    await screen.findByText(/one of the roles admin, master needs a second factor/);
    screen.getByLabelText('End the exception of trial').click();
    await screen.findByText(/trial of sora needs a second factor/);
    submit();
    await screen.findByText('There are no exceptions.');
    expect(cloud.account.exceptions).toEqual([]);
  });

  it('changes the mail address by a link to the new one, which is confirmed by a button, once', async () => {
    await open('/account', 'ja');
    await screen.findByText('old@kumo.example');
    screen.getByRole('button', { name: 'メールアドレスを変更' }).click();
    await screen.findByText('新しいメールアドレス');
    fill('old@kumo.example', 'secret');
    submit();
    await screen.findByText(/すでに登録されている/);
    fill('new@kumo.example', 'secret');
    submit();
    await screen.findByText(/new@kumo.example の確認待ち/);
    screen.getByText('old@kumo.example');
    cleanup();

    await open('/confirm-address#link-1', 'ja');
    const button = await screen.findByRole('button', { name: 'このメールアドレスを登録' });
    expect(window.location.hash).toBe('');
    expect(cloud.account.email).toBe('old@kumo.example');
    fireEvent.click(button);
    await screen.findByText('メールアドレスを変更しました');
    expect(cloud.account.email).toBe('new@kumo.example');
    cleanup();

    await open('/confirm-address#link-1');
    fireEvent.click(await screen.findByRole('button', { name: 'Register this address' }));
    await screen.findByText('This link is not good any more');
  });

  it('says that the provider changes the address where the plan leaves it to the provider', async () => {
    cloud.account.emailLocked = true;
    await open('/account');
    await screen.findByText(/the provider changes it/);
    expect(screen.queryByRole('button', { name: 'Change mail address' })).toBeNull();
  });
});
