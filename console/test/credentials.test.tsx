import createWrapper from '@cloudscape-design/components/test-utils/dom';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { App } from '../src/app/App';
import { speak, type Language } from '../src/i18n';
import { cloudsYaml, openrc } from '../src/pages/credentials/cloudFiles';
import { emptyDraft, isWhole, successor, wishOf } from '../src/pages/credentials/wish';
import { FakeCloud } from './fake/cloud.ts';
import { stubFetch } from './fake/fetch.ts';

const PATH = '/identity/v3/users/u1/application_credentials';
let cloud: FakeCloud;

async function open(language: Language = 'en') {
  window.history.replaceState(null, '', '/application-credentials');
  render(<App language={language} messages={await speak(language)} />);
  await screen.findByText('backup');
}

const sent = (method: string) => cloud.seen.filter((request) => request.method === method && request.path.startsWith(PATH));
const button = (text: string) => screen.getAllByText(text).at(-1)!.closest('button')!;

beforeEach(() => {
  cloud = new FakeCloud();
  stubFetch(cloud);
});

describe('application credentials', () => {
  it('are made with an end and shown with their secret once', async () => {
    await open();
    button('Create application credential').click();
    await screen.findByText('Good for');
    createWrapper().findModal()!.findContent().findInput()!.setInputValue('deploy');
    fireEvent.submit(document.querySelector('form')!);
    await screen.findByText('once-and-never-again');
    const made = sent('POST')[0]!.body as { application_credential: Record<string, string> };
    expect(made.application_credential).toMatchObject({ name: 'deploy', description: '' });
    expect(Date.parse(made.application_credential['expires_at']!) - Date.now()).toBeGreaterThan(89 * 86_400_000);
    button('I have kept it').click();
    await waitFor(() => expect(screen.queryByText('once-and-never-again')).toBeNull());
    expect(screen.getByText('deploy')).toBeTruthy();
  });

  it('are rotated: the new one can do the same, and the old one stays until it is deleted', async () => {
    await open('ja');
    createWrapper().findTable()!.findRowSelectionArea(1)!.click();
    await waitFor(() => expect(button('更新').disabled).toBe(false));
    button('更新').click();
    await screen.findByText('backup に代わる新しい認証情報');
    fireEvent.submit(document.querySelector('form')!);
    await screen.findByText('once-and-never-again');
    const made = (sent('POST')[0]!.body as { application_credential: Record<string, unknown> }).application_credential;
    expect(made).toMatchObject({ description: 'Nightly', roles: [{ name: 'reader' }], access_rules: [{ service: 'compute', method: 'GET', path: '/v2.1/servers/**' }] });
    expect(made['name']).toMatch(/^backup \d{4}-\d\d-\d\d$/);
    expect(made).not.toHaveProperty('expires_at');
    expect(screen.getByText('プログラムを切り替えたら、「backup」を削除してください。')).toBeTruthy();
    expect(sent('DELETE')).toEqual([]);
  });
});

describe('what is wished for', () => {
  it('is the same again under another name, however often it was rotated', () => {
    const old = { id: 'x', name: 'backup 2026-01-01', description: null, project_id: 'p', roles: [], expires_at: '2026-02-01T00:00:00', unrestricted: false };
    expect(successor(old, new Date('2026-03-04T00:00:00Z'))).toMatchObject({ name: 'backup 2026-03-04', days: 90 });
  });

  it('needs a name, and paths for its rules', () => {
    expect(isWhole(emptyDraft())).toBe(false);
    expect(isWhole({ ...emptyDraft(), name: 'a', rules: [{ service: 'compute', method: 'GET', path: 'servers' }] })).toBe(false);
    expect(wishOf({ ...emptyDraft(), name: ' a ', days: 30 }, 0)).toEqual({ name: 'a', description: '', roles: [], rules: [], expiresAt: '1970-01-31T00:00:00Z' });
  });
});

describe('the files for clients', () => {
  const key = { id: 'abc', secret: "it's" };

  it('name the cloud, the credential and its secret, quoted', () => {
    expect(cloudsYaml(key, 'https://cloud.example')).toContain('auth_url: "https://cloud.example/identity/v3"\n      application_credential_id: "abc"\n      application_credential_secret: "it\'s"');
    expect(openrc(key, 'https://cloud.example')).toContain(`export OS_APPLICATION_CREDENTIAL_SECRET='it'\\''s'`);
  });
});
