import createWrapper from '@cloudscape-design/components/test-utils/dom';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
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

const sent = (method: string, path: string) => cloud.seen.filter((request) => request.method === method && request.path === path);
const type = (name: string, text: string) => fireEvent.change(document.querySelector(`input[name="${name}"]`)!, { target: { value: text } });

beforeEach(() => {
  cloud = new FakeCloud();
  stubFetch(cloud);
});

describe('an applicant', () => {
  it('fills in the form without a session, and hears the same whoever he is', async () => {
    cloud.loggedIn = false;
    await open('/apply');
    await screen.findByText('Servers on common hosts.');
    fireEvent.submit(document.querySelector('form')!);
    await screen.findAllByText('Enter this.');
    expect(sent('POST', '/service/v1/applications')).toHaveLength(0);

    createWrapper().findTiles()!.findInputByValue('shared')!.click();
    type('company', 'Kumo Trading');
    type('person', 'Yuki Sato');
    type('email', 'yuki@customer.example');
    type('contractName', 'kumo-trading');
    createWrapper().findTextarea()!.setTextareaValue('198.51.100.0/24, 2001:db8::/32');
    fireEvent.submit(document.querySelector('form')!);

    await screen.findByText(/If yuki@customer.example can be written to/);
    expect(sent('POST', '/service/v1/applications')[0]?.body).toMatchObject({ plan: 'shared', contractName: 'kumo-trading', language: 'en', addresses: ['198.51.100.0/24', '2001:db8::/32'], vpnUsers: [], website: '' });
  });

  it('confirms the address by a button, not by opening the page', async () => {
    await open('/apply/verify#the-verify-token', 'ja');
    const button = await screen.findByText('確認する');
    expect(sent('POST', '/service/v1/application-verifications')).toHaveLength(0);
    button.click();
    await screen.findByText('お申し込み A-7');
    expect(sent('POST', '/service/v1/application-verifications')[0]?.body).toEqual({ token: 'the-verify-token' });
    expect(window.location.hash).toBe('#follow-token-of-the-applicant');
    expect(screen.getByText('メールアドレスを確認')).toBeTruthy();
  });

  it('agrees to every text before there is a contract', async () => {
    cloud.contract.approve();
    await open('/application#follow-token');
    const agree = (await screen.findByText('Agree and make the contract')).closest('button')!;
    const boxes = createWrapper().findAllCheckboxes();
    expect(boxes).toHaveLength(2);
    boxes[0]!.findNativeInput().click();
    expect(agree.disabled).toBe(true);
    boxes[1]!.findNativeInput().click();
    await waitFor(() => expect(agree.disabled).toBe(false));
    fireEvent.submit(document.querySelector('form')!);
    await screen.findByText('Ready to use');
    expect(sent('POST', '/service/v1/application/consent')[0]?.body).toEqual({
      hash: 'abc',
      texts: ['terms', 'specification'],
      person: 'Yuki Sato',
      language: 'en',
    });
  });

  it('sees an issued password once, after pressing the button', async () => {
    cloud.contract.issued = true;
    await open('/welcome#sealed');
    const button = await screen.findByText('Show the password');
    expect(sent('POST', '/service/v1/first-credentials')).toHaveLength(0);
    fireEvent.submit(button.closest('form')!);
    await screen.findByText('a-password-made-here');
  });

  it('chooses a password of his own, typed twice', async () => {
    await open('/welcome#sealed', 'ja');
    await screen.findByText('パスワードを設定');
    const [first, second] = [...document.querySelectorAll<HTMLInputElement>('input[type="password"]')];
    fireEvent.change(first!, { target: { value: 'seventeen purple herons' } });
    fireEvent.change(second!, { target: { value: 'seventeen purple heron' } });
    fireEvent.submit(document.querySelector('form')!);
    await screen.findByText('2 つの入力が一致していません。');
    fireEvent.change(second!, { target: { value: 'seventeen purple herons' } });
    fireEvent.submit(document.querySelector('form')!);
    await screen.findByText('パスワードを設定しました。このパスワードでログインしてください。');
    expect(sent('POST', '/service/v1/first-credentials')[0]?.body).toEqual({ credential: { token: 'sealed', password: 'seventeen purple herons' } });
  });
});

describe('an operator', () => {
  it('approves an application with limits of its own', async () => {
    await open('/applications');
    (await screen.findByText('A-7')).click();
    (await screen.findByText('Approve')).click();
    await screen.findByText('Approve A-7');
    const [instances] = createWrapper().findModal()!.findAll('input');
    fireEvent.change(instances!.getElement(), { target: { value: '20' } });
    fireEvent.submit(document.querySelector('form')!);
    await waitFor(() => expect(sent('POST', '/service/v1/applications/a1/approval')[0]?.body).toEqual({ quota: { instances: 20 }, addresses: ['198.51.100.0/24'] }));
    await screen.findAllByText('Waits for consent');
  });
});

describe('a customer', () => {
  it('sees the contract and who agreed to what', async () => {
    await open('/contract', 'ja');
    await screen.findByText('Yuki Sato (yuki@customer.example)');
    expect(screen.getAllByText('共用プラン（第 1 版）').length).toBeGreaterThan(0);
    expect(screen.getByText('198.51.100.7')).toBeTruthy();
  });
});
