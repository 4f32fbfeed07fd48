import createWrapper from '@cloudscape-design/components/test-utils/dom';
import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { BreakGlassCase } from '../src/api/breakGlass';
import { App } from '../src/app/App';
import { speak, type Language } from '../src/i18n';
import { FakeCloud } from './fake/cloud.ts';
import { stubFetch } from './fake/fetch.ts';

let cloud: FakeCloud;

async function open(path: string, language: Language = 'en') {
  window.history.replaceState(null, '', path);
  render(<App language={language} messages={await speak(language)} />);
}

const me = { id: 'u1', name: 'master' };
const ren = { id: 'u2', name: 'ren' };
const kei = { id: 'u3', name: 'kei' };

const access = (id: string, state: BreakGlassCase['state'], more: Partial<BreakGlassCase> = {}): BreakGlassCase => ({
  id,
  project: `project-${id}`,
  reason: 'The guest does not boot.',
  ticket: `T-${id}`,
  minutes: 60,
  state,
  requestedBy: kei,
  requestedAt: '2026-01-31T12:00:00Z',
  ...more,
});

const rowOf = async (project: string) => within((await screen.findByText(project)).closest('tr')!);
const sent = (method: string, path: string) => cloud.seen.filter((request) => request.method === method && request.path === path);

beforeEach(() => {
  cloud = new FakeCloud();
  stubFetch(cloud);
});

describe('break-glass', () => {
  it('lets others decide and review, and says how long an access still runs', async () => {
    cloud.breakGlass = {
      setting: 'required',
      logIns: [],
      cases: [
        access('1', 'requested'),
        access('2', 'requested', { requestedBy: me }),
        access('3', 'running', { decidedBy: ren, decidedAt: '2026-01-31T12:05:00Z', endsAt: new Date(Date.now() + 29.5 * 60_000).toISOString() }),
        access('4', 'review_due', { decidedBy: me, decidedAt: '2026-01-31T12:05:00Z', endsAt: '2026-01-31T13:05:00Z' }),
        access('5', 'reviewed', { decidedBy: ren, decidedAt: '2026-01-31T12:05:00Z', endsAt: '2026-01-31T13:05:00Z', reviewedBy: me, reviewNote: 'Looked through.' }),
      ],
    };
    await open('/break-glass');
    await screen.findByText('Break-glass is required here');
    expect((await rowOf('project-2')).getByText('A second person decides')).toBeTruthy();
    expect((await rowOf('project-2')).queryByText('Approve')).toBeNull();
    expect((await rowOf('project-3')).getByText('Running, 30 min left')).toBeTruthy();
    expect((await rowOf('project-4')).getByText('A third person reviews')).toBeTruthy();
    expect((await rowOf('project-5')).getByText('master: Looked through.')).toBeTruthy();
    (await rowOf('project-1')).getByText('Approve').click();
    await screen.findByText(/kei may act in the project project-1 from now on, for 60 minutes/);
    fireEvent.submit(document.querySelector('form')!);
    await waitFor(() => expect(sent('PUT', '/service/v1/break-glass/1/approval')).toHaveLength(1));
  });

  it('asks for a host, and keeps a log-in without an access on the page until somebody has looked into it', async () => {
    cloud.breakGlass = {
      setting: 'required',
      cases: [access('7', 'requested', { project: undefined, host: { id: 'h1', name: 'host-7' } })],
      logIns: [{ id: 'l1', host: 'h1', hostName: 'host-7', at: '2026-01-31T12:00:00Z', user: 'root', from: '203.0.113.9', terminal: 'ssh publickey', alarm: true }],
    };
    await open('/break-glass');
    (await screen.findByText('Approve')).click();
    await screen.findByText(/kei may act on the host host-7 from now on/);
    screen.getByText('Cancel').click();
    await screen.findByText('203.0.113.9, ssh publickey');
    screen.getByText('Look into').click();
    await screen.findByText(/root logged in on host-7/);
    createWrapper().findModal()!.findContent().findTextarea()!.setTextareaValue('The night shift.');
    fireEvent.submit(document.querySelector('form')!);
    await waitFor(() => expect(sent('PUT', '/service/v1/break-glass/log-ins/l1/review')).toHaveLength(1));

    screen.getByText('Ask for access').click();
    await screen.findByText('A host');
    const content = () => createWrapper().findModal()!.findContent();
    fireEvent.click(screen.getByLabelText(/^A host/));
    await screen.findByText(/Name no customer/);
    content().findSelect()!.openDropdown();
    content().findSelect()!.selectOption(1);
    content().findAllInputs()[0]!.setInputValue('H-1');
    content().findTextarea()!.setTextareaValue('The disk fails.');
    fireEvent.submit(document.querySelector('form')!);
    await waitFor(() => expect(sent('POST', '/service/v1/break-glass')).toHaveLength(1));
    expect(sent('POST', '/service/v1/break-glass')[0]!.body).toMatchObject({ ticket: 'H-1', host: cloud.hosts[0]!.id });
  });

  it('says in Japanese that an evaluation lets operators act by their role, and takes a request', async () => {
    await open('/break-glass', 'ja');
    await screen.findByText('このサイトでは、運用者のロールだけで操作できます');
    screen.getAllByText('アクセスを申請')[0]!.click();
    await screen.findByText('お客様の操作履歴に表示されます。');
    const content = createWrapper().findModal()!.findContent();
    const [project, ticket] = content.findAllInputs();
    project?.setInputValue('project-9');
    ticket?.setInputValue('T-9');
    content.findTextarea()!.setTextareaValue('起動しません。');
    fireEvent.submit(document.querySelector('form')!);
    await waitFor(() => expect(sent('POST', '/service/v1/break-glass')).toHaveLength(1));
  });
});
