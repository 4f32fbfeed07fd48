import { render, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { App } from '../src/app/App';
import { speak, type Language } from '../src/i18n';
import { FakeCloud } from './fake/cloud.ts';
import { stubFetch } from './fake/fetch.ts';

let cloud: FakeCloud;

async function open(language: Language) {
  window.history.replaceState(null, '', '/mail');
  const messages = await speak(language);
  render(<App language={language} messages={messages} />);
}

const sent = (method: string, path: string) => cloud.seen.filter((request) => request.method === method && request.path === path);

beforeEach(() => {
  cloud = new FakeCloud();
  stubFetch(cloud);
});

describe('the outbox', () => {
  it('says that nothing leaves without a relay, and shows a link only after a warning', async () => {
    await open('en');
    await screen.findByText('No relay is configured');
    expect(screen.getAllByText('Waits here')).toHaveLength(2);
    screen.getByText('Unkai: confirm your address').click();
    await screen.findByText(/apply#●+/);
    expect(screen.queryByText('Send again')).toBeNull();

    screen.getByText('Show the link').click();
    await screen.findByText(/in place of yuki@customer.example/);
    expect(sent('POST', '/service/v1/mails/m1/opening')).toHaveLength(0);
    screen.getAllByText('Show the link').at(-1)!.click();

    await screen.findByText(/apply#a-token/);
    await screen.findByText(/to operator/);
  });

  it('shows what the relay said, and lets a mail be sent again', async () => {
    cloud.mail.relay = 'relay.example:587';
    cloud.mail.mails = cloud.mail.mails.map((one) => ({ ...one, state: 'failed', tries: 3, lastError: '550 no such mailbox' }));
    await open('ja');
    await screen.findByText(/relay.example:587 から送信しています。/);
    expect(screen.getAllByText('送信を断念')).toHaveLength(2);
    screen.getByText('Unkai: welcome').click();
    (await screen.findByText('再送')).click();

    await waitFor(() => expect(sent('POST', '/service/v1/mails/m2/retry')).toHaveLength(1));
    await screen.findByText('再送を開始しました。');
    expect(screen.queryByText('リンクを表示')).toBeNull();
  });
});
