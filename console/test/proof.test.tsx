import createWrapper from '@cloudscape-design/components/test-utils/dom';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { call, onProofNeeded } from '../src/api/http';
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
  cloud.proved = false;
  stubFetch(cloud);
});

const end = () => call('DELETE', '/service/v1/sessions');
const proofs = () => cloud.seen.filter((request) => request.path === '/service/v1/session/proof').map((request) => request.body);
const tried = () => cloud.seen.filter((request) => request.method === 'DELETE').length;
const type = (value: string) => createWrapper().findModal()!.findContent().findAllInputs()[0]!.setInputValue(value);
const bytes = (...values: number[]) => Uint8Array.from(values).buffer;
const submit = () => fireEvent.submit([...document.querySelectorAll('form')].at(-1)!);

describe('an act that wants a fresh proof', () => {
  it('asks for the password, says when it is wrong, and is done when it is right', async () => {
    await open('/account');
    await screen.findByRole('heading', { name: 'My account' }, WAIT);
    const done = end();
    await screen.findByText('Show that it is you', undefined, WAIT);
    type('guess');
    submit();
    await screen.findByText(/The present password is not right/, undefined, WAIT);
    expect(tried()).toBe(1);
    type('secret');
    submit();
    await done;
    expect(proofs()).toEqual([{ password: 'guess' }, { password: 'secret' }]);
    expect(tried()).toBe(2);
    await waitFor(() => expect(screen.queryByText('Show that it is you')).toBeNull());
  });

  it('takes a code of the second factor instead', async () => {
    cloud.account.enrolled = true;
    await open('/account', 'ja');
    await screen.findByText('マイアカウント', undefined, WAIT);
    const done = end();
    await screen.findByText('ご本人の確認', undefined, WAIT);
    await waitFor(() => expect(createWrapper().findModal()!.findContent().findRadioGroup()).not.toBeNull(), WAIT);
    fireEvent.click(createWrapper().findModal()!.findContent().findRadioGroup()!.findInputByValue('code')!.getElement());
    type('123456');
    submit();
    await done;
    expect(proofs()).toEqual([{ code: '123456' }]);
  });

  it('is done by a passkey alone where there is one, and says when it was put away', async () => {
    cloud.account.enrolled = true;
    cloud.account.passkeys = [{ id: 'k1', name: 'Phone', createdAt: '2026-02-01T12:00:00Z', backedUp: false }];
    class Key {
      id = 'BAUG';
      rawId = 'BAUG';
      type = 'public-key';
      response = { clientDataJSON: bytes(1), authenticatorData: bytes(2), signature: bytes(3), userHandle: null };
    }
    vi.stubGlobal('PublicKeyCredential', Key);
    const get = vi.fn(async (): Promise<unknown> => Promise.reject(new DOMException('put away', 'NotAllowedError')));
    const real = navigator;
    vi.stubGlobal('navigator', new Proxy(real, { get: (_, name) => (name === 'credentials' ? { get } : (Reflect.get(real, name) as unknown)) }));
    await open('/account');
    await screen.findByRole('heading', { name: 'My account' }, WAIT);
    const done = end();
    await screen.findByText('Show that it is you', undefined, WAIT);
    await waitFor(() => expect(createWrapper().findModal()!.findContent().findRadioGroup()).not.toBeNull(), WAIT);
    expect(createWrapper().findModal()!.findContent().findAllInputs()).toHaveLength(0);
    submit();
    await screen.findByText(/The browser gave no passkey/, undefined, WAIT);
    expect(proofs()).toEqual([]);
    get.mockImplementation(async () => new Key());
    submit();
    await done;
    expect(get).toHaveBeenLastCalledWith({ publicKey: expect.objectContaining({ userVerification: 'required', rpId: 'localhost' }) });
    expect(proofs()).toMatchObject([{ passkey: { id: 'BAUG', response: { signature: 'Aw' } } }]);
    vi.unstubAllGlobals();
  });

  it('is not done when the visitor does not want to', async () => {
    let asked = 0;
    let decide: (proved: boolean) => void = () => undefined;
    const answer = new Promise<boolean>((resolve) => {
      decide = resolve;
    });
    const stop = onProofNeeded(() => {
      asked++;
      return answer;
    });
    const refused = expect(end()).rejects.toMatchObject({ status: 403, code: 'ProofTooOld' });
    decide(false);
    await refused;
    expect(asked).toBe(1);
    expect(tried()).toBe(1);
    stop();
    await expect(end()).rejects.toMatchObject({ code: 'ProofTooOld' });
  });
});
