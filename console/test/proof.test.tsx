import createWrapper from '@cloudscape-design/components/test-utils/dom';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
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
const submit = () => fireEvent.submit([...document.querySelectorAll('form')].at(-1)!);

describe('an act that wants a fresh proof', () => {
  it('asks for the password, says when it is wrong, and is done when it is right', async () => {
    await open('/account');
    await screen.findByText('My account', undefined, WAIT);
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
