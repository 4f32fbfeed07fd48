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

const asked = (path: string) => cloud.seen.filter((request) => request.method === 'GET' && request.path === path).length;

beforeEach(() => {
  sessionStorage.clear();
  cloud = new FakeCloud();
  cloud.pace = 0;
  cloud.changes.tells = true;
  stubFetch(cloud);
});

describe('a page', () => {
  it('shows what somebody else has changed as soon as it is told, without asking for anything else', async () => {
    await open('/servers');
    await screen.findByText('web-1');
    await waitFor(() => expect(cloud.changes.followers).toBe(1));
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    const images = asked('/image/v2/images');
    const server = cloud.servers.find((each) => each.name === 'web-1')!;
    server.name = 'renamed-by-somebody';
    const begun = Date.now();
    cloud.changes.tell({ kind: 'server', id: server.id });
    await screen.findByText('renamed-by-somebody', undefined, { interval: 10 });
    // It asks by itself after half a minute only.
    expect(Date.now() - begun).toBeLessThan(10_000);
    expect(asked('/image/v2/images')).toBe(images);
  });

  it('says when the connection is lost, of when it is, and when it goes on', async () => {
    await open('/servers', 'ja');
    await screen.findByText('web-1');
    await waitFor(() => expect(cloud.changes.followers).toBe(1));
    cloud.unreachable = true;
    cloud.changes.end();
    const sign = await screen.findByText(/更新が途切れています。再接続しています….*表示は \d\d:\d\d 時点の内容です。/);
    expect(sign.getAttribute('role')).toBe('status');
    expect(screen.getByText('web-1')).toBeTruthy();

    cloud.unreachable = false;
    await screen.findByText('更新を再開しました。表示は最新です。');
  });
});

describe('long work', () => {
  const keep = (name: string, item: object) =>
    sessionStorage.setItem(name, JSON.stringify({ owner: 'u1/p1', items: [{ key: 'k', begun: Date.now(), ...item }] }));

  it('is still followed, step by step, after the page was loaded again', async () => {
    const server = cloud.servers.find((each) => each.name === 'web-1')!;
    Object.assign(server, { status: 'BUILD', 'OS-EXT-STS:task_state': 'block_device_mapping' });
    keep('unkai.watched', { id: server.id, name: 'web-1', goal: 'create' });
    await open('/images');
    await screen.findByText('Creating server web-1…');
    await screen.findByText('Step 3 of 4: its disk is made.');
    Object.assign(server, { status: 'ACTIVE', 'OS-EXT-STS:task_state': null });
    await waitFor(() => expect(cloud.changes.followers).toBe(1));
    cloud.changes.tell({ kind: 'server', id: server.id });
    await screen.findByText('Server web-1 is running.');
    expect(sessionStorage.getItem('unkai.watched')).toBeNull();
  });

  it('of an emptied host tells how many have left, and what stands in the way, in Japanese too', async () => {
    keep('unkai.watched', { id: 'h1', name: 'host-1', goal: 'drain' });
    await open('/images', 'ja');
    await screen.findByText('ホスト host-1 のサーバーを移しています');
    await screen.findByText('3 台のうち 1 台が離れました');
    await screen.findByText(/1 台は今は移せません/);
  });

  it('that only the page itself can do is said to have been interrupted, to nobody else', async () => {
    keep('unkai.unfinished', { id: 'i9', kind: 'upload', name: 'debian' });
    await open('/servers');
    await screen.findByText('The upload of image debian was interrupted: the page was loaded again');
    cleanup();
    sessionStorage.setItem('unkai.unfinished', JSON.stringify({ owner: 'somebody/else', items: [{ id: 'i9', kind: 'upload', name: 'debian', begun: Date.now() }] }));
    await open('/servers');
    await screen.findByText('web-1');
    expect(screen.queryByText(/was interrupted/)).toBeNull();
  });
});

describe('what somebody types', () => {
  const nameField = () => createWrapper().findWizard()!.findContent()!.findInput()!;

  it('stays when the session ends and he logs in again', async () => {
    await open('/servers/create');
    await screen.findAllByText('Name and image');
    nameField().setInputValue('typed-before');
    cloud.loggedIn = false;
    cloud.changes.end();
    await screen.findByText(/nothing you typed is lost/i);
    const password = [...document.querySelectorAll<HTMLInputElement>('input[type=password]')].at(-1)!;
    fireEvent.change(password, { target: { value: 'secret' } });
    fireEvent.submit([...document.querySelectorAll('form')].at(-1)!);
    await waitFor(() => expect(screen.queryByText(/nothing you typed is lost/i)).toBeNull());
    expect(nameField().getInputValue()).toBe('typed-before');
    await waitFor(() => expect(cloud.changes.followers).toBe(1));
  });

  it('stays when the service cannot be reached, and when the right to send it is lost', async () => {
    await open('/servers/create');
    await screen.findAllByText('Name and image');
    nameField().setInputValue('typed-before');
    cloud.unreachable = true;
    cloud.changes.end();
    await screen.findByText(/Updates are interrupted/);
    expect(nameField().getInputValue()).toBe('typed-before');
    cloud.unreachable = false;
    await screen.findByText(/Updates go on again/);

    cloud.refuses = ({ method, path }) =>
      method === 'POST' && path === '/compute/v2.1/servers' ? { status: 403, body: { forbidden: { code: 403, message: "Policy doesn't allow it." } } } : null;
    for (const title of ['Size', 'Network and access', 'Review and create']) {
      createWrapper().findWizard()!.findPrimaryButton().click();
      await waitFor(() => expect(createWrapper().findWizard()?.findHeader()?.getElement().textContent).toContain(title));
    }
    createWrapper().findWizard()!.findPrimaryButton().click();
    await screen.findByText("Policy doesn't allow it.");
    expect(screen.getByText(/Your role does not allow this/)).toBeTruthy();
    expect(screen.getByText('Request ID: req-fake')).toBeTruthy();
    expect(screen.getAllByText('typed-before').length).toBeGreaterThan(0);
  });
});
