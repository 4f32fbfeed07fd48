import createWrapper from '@cloudscape-design/components/test-utils/dom';
import { fireEvent, render, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { App } from '../src/app/App';
import { speak, type Language } from '../src/i18n';
import { FakeCloud } from './fake/cloud.ts';
import { stubFetch } from './fake/fetch.ts';

const WAIT = { timeout: 15_000 };
let cloud: FakeCloud;

async function open(path: string, language: Language = 'en') {
  window.history.replaceState(null, '', path);
  render(<App language={language} messages={await speak(language)} />);
}

beforeEach(() => {
  cloud = new FakeCloud();
  cloud.loggedIn = false;
  stubFetch(cloud);
});

const fill = (...values: string[]) => {
  const inputs = createWrapper().findAllInputs();
  values.forEach((value, index) => inputs[index]?.setInputValue(value));
};
const submit = () => fireEvent.submit(document.querySelector('form')!);
const sent = (path: string) => cloud.seen.filter((request) => request.path === path).map((request) => request.body);

describe('a password that has ended', () => {
  it('is chosen anew at the log-in, which then goes on by itself', async () => {
    cloud.account.ended = 'own';
    await open('/servers');
    await screen.findByText('Domain');
    fill('kumo', 'yuki', 'secret');
    submit();
    await screen.findByText('Your password has expired');
    fill('password password', 'password password');
    submit();
    await screen.findByText(/among the first that others would try/);
    fill('seven lanterns over a harbour', 'seven lanterns over a harbour');
    submit();
    await screen.findByText('web-1');
    expect(cloud.account.password).toBe('seven lanterns over a harbour');
  });

  it('leads to the provider where that issues passwords, in Japanese too', async () => {
    cloud.account.ended = 'issued';
    await open('/servers', 'ja');
    await screen.findByText('ドメイン');
    fill('kumo', 'yuki', 'secret');
    submit();
    await screen.findByText(/サービス提供者に再発行をご依頼ください/);
  });
});

describe('a forgotten password', () => {
  it('is asked about from the log-in page, and the answer is the same for everybody', async () => {
    await open('/');
    fireEvent.click(await screen.findByText('Forgot your password?', undefined, WAIT));
    await screen.findByText('Send the link', undefined, WAIT);
    submit();
    expect(sent('/service/v1/password-resets')).toEqual([]);
    fill('kumo', 'yuki');
    submit();
    await screen.findByText('Look into your mail', undefined, WAIT);
    expect(screen.getByText(/If there is such an account/)).toBeTruthy();
    expect(sent('/service/v1/password-resets')).toEqual([{ domain: 'kumo', user: 'yuki' }]);
  });

  it('is set anew by the link, whose secret does not stay in the address', async () => {
    await open('/reset-password#link-1');
    await screen.findAllByText('Set a new password', undefined, WAIT);
    expect(window.location.href).not.toContain('link-1');
    fill('password password', 'password password');
    submit();
    await screen.findByText(/among the first that others would try/, undefined, WAIT);
    fill('seven lanterns over a harbour', 'seven lanterns over an harbour');
    submit();
    expect(sent('/service/v1/password-resets/use')).toHaveLength(1);
    fill('seven lanterns over a harbour', 'seven lanterns over a harbour');
    submit();
    await screen.findByText('The password is changed', undefined, WAIT);
    expect(cloud.account.password).toBe('seven lanterns over a harbour');
  });

  it('tells of a link that is not good any more how to get another one', async () => {
    await open('/reset-password', 'ja');
    await screen.findByText('このリンクは使えません', undefined, WAIT);
    expect(screen.getByText('新しいリンクを申し込む')).toBeTruthy();
  });
});

describe('an issued password', () => {
  it('is shown when its owner is ready for it, once', async () => {
    await open('/open-password#link-1');
    fireEvent.click(await screen.findByText('Show the password', undefined, WAIT));
    await screen.findByText('issued-just-for-you', undefined, WAIT);
    expect(cloud.account.link).toBe('');
  });

  it('says when it was opened before', async () => {
    cloud.account.link = 'another';
    await open('/open-password#link-1', 'ja');
    fireEvent.click(await screen.findByText('パスワードを表示', undefined, WAIT));
    await screen.findByText('このリンクは使えません', undefined, WAIT);
  });
});
