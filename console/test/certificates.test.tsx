import { fireEvent, render, screen, waitFor } from '@testing-library/react';
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

describe('the certificates', () => {
  it('are shown with where they are used, how long they are good and who renews them', async () => {
    await open('/certificates');
    const identity = (await screen.findByText('Between processes: identity')).closest('tr')!;
    expect(identity.textContent).toContain('Good');
    expect(identity.textContent).toContain('By itself (built-in authority)');
    expect(identity.textContent).toContain('DNS:localhost');
    expect((await screen.findByText('Host host-a')).closest('tr')!.textContent).toContain('By itself (host)');
  });

  it('are counted in hours below two days, as those of hosts are', async () => {
    await open('/certificates');
    const host = (await screen.findByText('Host host-a')).closest('tr')!;
    expect(host.textContent).toContain('(21 hours)');
    expect((await screen.findByText('Between processes: identity')).closest('tr')!.textContent).toContain('(389 days)');
  });

  it('say why files were refused, that the one of before stays in use, and where they are', async () => {
    cloud.certificates[0] = {
      ...cloud.certificates[0]!,
      state: 'good',
      failure: { reason: 'names', values: ['/etc/ssl/site.crt', 'cloud.example.jp'], detail: 'not this' },
    };
    await open('/certificates');
    await screen.findByText('There is no new certificate for “Console and APIs”');
    await screen.findByText(/The certificate in \/etc\/ssl\/site.crt is not for cloud.example.jp/);
    await screen.findByText('Until then the present certificate stays in use.');
    const edge = (await screen.findByText('/etc/ssl/site.crt')).closest('tr')!;
    expect(edge.textContent).toContain('By replacing the files');
    expect(edge.textContent).toContain('(failed)');
  });

  it('say when an order is tried again, and from which server the certificate is to come', async () => {
    cloud.certificates[0] = {
      ...cloud.certificates[0]!,
      renewal: 'acme',
      origin: 'https://acme.example/dir',
      state: 'good',
      nextTryAt: '2026-11-26T10:00:00Z',
      failure: { reason: 'acme-refused', values: ['NXDOMAIN looking up A for cloud.example.jp'], detail: 'not this' },
    };
    await open('/certificates');
    await screen.findByText('The ACME server refused: NXDOMAIN looking up A for cloud.example.jp');
    await screen.findByText(/It is tried again at .*2026/);
    await screen.findByText('https://acme.example/dir');
    fireEvent.click(screen.getByRole('button', { name: 'Try now' }));
    await waitFor(() => expect(screen.queryByText(/The ACME server refused/)).toBeNull(), { timeout: 8000 });
  });

  it('say it in Japanese, and in the words of the service where the reason is unknown', async () => {
    cloud.certificates[0] = { ...cloud.certificates[0]!, failure: { reason: 'early', values: ['/a.crt', '2027-01-01'], detail: 'x' } };
    cloud.certificates[1] = { ...cloud.certificates[1]!, failure: { reason: 'of tomorrow', values: [], detail: 'A sentence of the service.' } };
    await open('/certificates', 'ja');
    await screen.findByText(/\/a.crt の証明書は 2027-01-01 から有効になります/);
    await screen.findByText(/A sentence of the service/);
  });

  it('warn of an end that comes near, and say what to do', async () => {
    await open('/certificates');
    await screen.findByText(/The certificate “Console and APIs” is good only until/);
    await screen.findByText(/Put the new certificate and its key in the place of the files/);
  });

  it('say in Japanese which place cannot be reached', async () => {
    await open('/certificates', 'ja');
    await screen.findByText(/「SSL-VPN ゲートウェイ」の証明書を確認できません/);
    await screen.findByText(/Connection refused/);
  });

  it('teach what will be there while nothing has been looked at', async () => {
    cloud.certificates = [];
    await open('/certificates');
    expect(await screen.findAllByText('No certificate has been looked at yet')).not.toHaveLength(0);
  });
});
