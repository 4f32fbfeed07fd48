import createWrapper from '@cloudscape-design/components/test-utils/dom';
import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { NewServer } from '../src/api/compute';
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

beforeEach(() => {
  cloud = new FakeCloud();
  cloud.pace = 0;
  stubFetch(cloud);
});

describe('log-in', () => {
  it('is asked for where there is no session, and says when the password is wrong', async () => {
    cloud.loggedIn = false;
    await open('/servers');
    await screen.findByText('Password');
    const page = createWrapper();
    const [domain, user, password] = page.findAllInputs();
    domain?.setInputValue('kumo');
    user?.setInputValue('master');
    password?.setInputValue('wrong');
    fireEvent.submit(document.querySelector('form')!);
    await screen.findByText(/user name or the password is not right/i);

    password?.setInputValue('secret');
    fireEvent.submit(document.querySelector('form')!);
    await screen.findByText('web-1');
  });

  it('is asked for over the page when the session ends, and the page stays', async () => {
    await open('/servers');
    await screen.findByText('web-1');
    cloud.loggedIn = false;
    screen.getByLabelText('Refresh').click();
    await screen.findByText(/nothing you typed is lost/i);
    expect(screen.getByText('web-1')).toBeTruthy();
  });
});

describe('the server list', () => {
  it('shows states and addresses in Japanese', async () => {
    await open('/servers', 'ja');
    const row = (await screen.findByText('web-1')).closest('tr')!;
    expect(within(row).getByText('実行中')).toBeTruthy();
    expect(row.textContent).toContain('203.0.113.21');
  });

  it('teaches where there is nothing yet', async () => {
    cloud.servers = [];
    await open('/servers');
    await screen.findByText('Create the first server');
  });
});

describe('the wizard', () => {
  const forward = () => createWrapper().findWizard()!.findPrimaryButton().click();
  const step = (title: string) => waitFor(() => expect(createWrapper().findWizard()?.findHeader()?.getElement().textContent).toContain(title));

  it('creates the proposed server in four steps, shows the quota left, and follows it until it runs', async () => {
    await open('/servers/create');
    await step('Name and image');
    expect(screen.getByText('4 left')).toBeTruthy();
    forward();
    await step('Size');
    forward();
    await step('Network and access');
    forward();
    await step('Review and create');
    forward();
    await waitFor(() => expect(sent('POST', '/compute/v2.1/servers')).toHaveLength(1));
    const { server } = sent('POST', '/compute/v2.1/servers')[0]!.body as { server: NewServer };
    expect(server).toEqual({
      name: 'server-1',
      imageRef: 'i1',
      flavorRef: 'f2',
      networks: [{ uuid: 'n1' }],
      key_name: 'laptop',
      security_groups: [{ name: 'default' }],
      config_drive: true,
    });
    await screen.findByText('Server server-1 is running.');
  });

  it('does not go on while something is missing', async () => {
    await open('/servers/create');
    await step('Name and image');
    createWrapper().findInput()!.setInputValue(' ');
    forward();
    await screen.findByText('Give the server a name.');
    await step('Name and image');
  });
});

describe('deletion', () => {
  it('waits for the name to be typed', async () => {
    await open('/servers/s1');
    const actions = (await screen.findByText('Actions')).closest('button')!;
    fireEvent.click(actions);
    const menu = createWrapper().findButtonDropdown()!;
    menu.findItemById('delete')!.click();
    const dialog = () => createWrapper().findModal()!;
    await waitFor(() => expect(dialog().isVisible()).toBe(true));
    const remove = () => dialog().findFooter()!.findAllButtons().at(-1)!;
    expect(remove().getElement().hasAttribute('disabled')).toBe(true);
    dialog().findContent().findInput()!.setInputValue('web-1');
    await waitFor(() => expect(remove().getElement().hasAttribute('disabled')).toBe(false));
    remove().click();
    await waitFor(() => expect(sent('DELETE', '/compute/v2.1/servers/s1')).toHaveLength(1));
  });
});

describe('the schedules of a server', () => {
  it('are taught, added with a proposal, paused and deleted', async () => {
    const id = cloud.servers[0]!.id;
    await open(`/servers/${id}/schedules`);
    (await screen.findByText('Add the first schedule')).click();
    await screen.findByText(/Mon, Tue, Wed, Thu, Fri 19:00/);
    fireEvent.submit(document.querySelector('form')!);

    const row = (await screen.findByLabelText('Pause Stop')).closest('tr')!;
    expect(cloud.schedules.of(id)).toMatchObject([{ name: 'Stop', action: 'stop', time: '19:00', date: null, keep: null, enabled: true }]);
    expect(row.textContent).toContain('30 Nov 2026');

    screen.getByLabelText('Pause Stop').click();
    await screen.findByText('Paused');
    expect(cloud.schedules.of(id)[0]?.enabled).toBe(false);

    screen.getByLabelText('Delete Stop').click();
    await screen.findByText('Delete the schedule Stop?');
    fireEvent.submit(document.querySelector('form')!);
    await screen.findByText('No schedules yet');
  });

  it('tell in Japanese what became of each time', async () => {
    const id = cloud.servers[0]!.id;
    cloud.schedules.runs = [
      { id: '2', scheduleId: 's', scheduleName: '夜間停止', action: 'stop', dueAt: '2026-11-25T10:00:00Z', ranAt: '2026-11-25T10:00:01Z', result: 'done', reason: null, imageId: null, requestId: 'req-2' },
      { id: '1', scheduleId: 's', scheduleName: '夜間停止', action: 'stop', dueAt: '2026-11-24T10:00:00Z', ranAt: '2026-11-24T12:00:00Z', result: 'missed', reason: 'The service was not running at that time.', imageId: null, requestId: 'req-1' },
    ];
    await open(`/servers/${id}/schedules`, 'ja');
    const missed = (await screen.findByText('実行できず')).closest('tr')!;
    expect(missed.textContent).toContain('The service was not running at that time.');
    expect(screen.getByText('完了')).toBeTruthy();
  });
});
