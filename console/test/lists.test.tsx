import { readFileSync } from 'node:fs';
import createWrapper from '@cloudscape-design/components/test-utils/dom';
import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { App } from '../src/app/App';
import { speak, type Language } from '../src/i18n';
import en from '../src/i18n/en.json';
import { EFFECTS } from '../src/pages/servers/effects';
import { expressionOf, serverAsk } from '../src/pages/servers/longServers';
import { runEach, type Outcome } from '../src/ui/each/runEach';
import { toCsv } from '../src/ui/list/csv';
import { sift, sorted } from '../src/ui/list/sift';
import { readView, writeView, type Token, type View } from '../src/ui/list/view';
import type { Column } from '../src/ui/ResourceTable';
import { FakeCloud } from './fake/cloud.ts';
import { stubFetch } from './fake/fetch.ts';
import * as seed from './fake/seed.ts';

let cloud: FakeCloud;

async function open(path: string, language: Language = 'en') {
  window.history.replaceState(null, '', path);
  const messages = await speak(language);
  render(<App language={language} messages={messages} />);
}

const sent = (method: string, path: string) => cloud.seen.filter((request) => request.method === method && request.path === path);
const pick = (name: string) => createWrapper().findTable()!.findRows().find((row) => row.getElement().textContent?.includes(name))!.find('input')!.click();
const rows = () => createWrapper().findTable()!.findRows().map((row) => row.getElement().textContent);

afterEach(() => {
  vi.restoreAllMocks();
});

beforeEach(() => {
  cloud = new FakeCloud();
  cloud.pace = 60_000;
  stubFetch(cloud);
});

interface Thing {
  name: string;
  state: string;
  size: number;
}

const COLUMNS: readonly Column<Thing>[] = [
  { id: 'name', header: 'Name', value: (thing) => thing.name, cell: (thing) => thing.name },
  { id: 'state', header: 'State', value: (thing) => thing.state, words: { on: 'Running', off: 'Stopped' }, cell: (thing) => thing.state },
  { id: 'size', header: 'Size', value: (thing) => thing.size, cell: (thing) => thing.size },
];
const THINGS: Thing[] = [
  { name: 'web-10', state: 'on', size: 10 },
  { name: 'web-9', state: 'off', size: 9 },
  { name: 'db', state: 'on', size: 100 },
];

describe('a view in the address', () => {
  const columns = ['name', 'status'];
  const round = (tokens: Token[]) => {
    const view: View = { filter: { tokens, operation: 'or' }, sort: { column: 'name', descending: true }, page: 3 };
    return readView(writeView(new URLSearchParams('tab=x'), '', columns, view), '', columns);
  };

  it('comes back as it was, whatever was typed', () => {
    const tokens: Token[] = [
      { operator: ':', value: 'web' },
      { operator: ':', value: 'a=b' },
      { operator: ':', value: 'status=running' },
      { operator: ':', value: '!:x' },
      { operator: '!:', value: 'ウェブ & 1' },
      { propertyKey: 'status', operator: '!=', value: 'running' },
      { propertyKey: 'name', operator: ':', value: '=1+1' },
    ];
    expect(round(tokens)).toEqual({ filter: { tokens, operation: 'or' }, sort: { column: 'name', descending: true }, page: 3 });
  });

  it('is short and leaves the rest of the address alone', () => {
    const view: View = { filter: { tokens: [{ operator: ':', value: 'web' }, { propertyKey: 'status', operator: '=', value: 'running' }], operation: 'and' }, sort: null, page: 1 };
    expect(writeView(new URLSearchParams('tab=x&page=9'), '', columns, view).toString()).toBe('tab=x&q=web&q=status%3Drunning');
  });

  it('takes nothing that makes no sense', () => {
    const view = readView(new URLSearchParams(`page=-2&sort=-nothing&q=&q=${'x'.repeat(999)}${'&q=a'.repeat(99)}`), '', columns);
    expect(view).toMatchObject({ sort: null, page: 1 });
    expect(view.filter.tokens).toHaveLength(19);
    expect(view.filter.tokens[0]?.value).toHaveLength(200);
  });
});

describe('what the browser sifts', () => {
  const found = (operation: 'and' | 'or', ...tokens: Token[]) => sift(THINGS, { tokens, operation }, COLUMNS).map((thing) => thing.name);

  it('finds a text in any column, also in the word shown', () => {
    expect(found('and', { operator: ':', value: 'STOPPED' })).toEqual(['web-9']);
    expect(found('and', { operator: '!:', value: 'web' })).toEqual(['db']);
  });

  it('knows a state by its key and by its word', () => {
    expect(found('and', { propertyKey: 'state', operator: '=', value: 'on' })).toEqual(['web-10', 'db']);
    expect(found('and', { propertyKey: 'state', operator: '!=', value: 'Running' })).toEqual(['web-9']);
  });

  it('joins conditions by and, or by or', () => {
    const tokens: Token[] = [{ operator: ':', value: 'web' }, { propertyKey: 'state', operator: '=', value: 'on' }];
    expect(found('and', ...tokens)).toEqual(['web-10']);
    expect(found('or', ...tokens)).toEqual(['web-10', 'web-9', 'db']);
  });

  it('sorts numbers in names as numbers', () => {
    const order = (column: string, descending: boolean) => sorted(THINGS, { column, descending }, COLUMNS, 'en').map((thing) => thing.name);
    expect(order('name', false)).toEqual(['db', 'web-9', 'web-10']);
    expect(order('size', true)).toEqual(['db', 'web-10', 'web-9']);
  });

  it('takes ten thousand in a blink', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => ({ name: `web-${index}`, state: index % 2 ? 'on' : 'off', size: index }));
    const before = performance.now();
    const left = sorted(sift(many, { tokens: [{ operator: ':', value: '99' }], operation: 'and' }, COLUMNS), { column: 'name', descending: true }, COLUMNS, 'ja');
    expect(left.length).toBe(280);
    expect(performance.now() - before).toBeLessThan(500);
  });
});

describe('the file for spreadsheets', () => {
  it('starts no formula, quotes what needs it, and says what is shown', () => {
    const file = toCsv(
      [
        { name: '=HYPERLINK("x")', state: 'on', size: -1 },
        { name: '＠sum, "a"\nb', state: 'off', size: 2 },
        { name: '-1', state: 'gone', size: 3 },
      ],
      COLUMNS,
    );
    expect(file).toBe('\uFEFFName,State,Size\r\n"\'=HYPERLINK(""x"")",Running,-1\r\n"\'＠sum, ""a""\nb",Stopped,2\r\n\'-1,gone,3\r\n');
  });
});

describe('the style sheet', () => {
  it('closes each rule, so that none is swallowed by the one before', () => {
    const rules = readFileSync('src/main.css', 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
    expect(rules.match(/\n[.#:a-z][^{}]*\{[^{}]*\n[.#][^{}]*\{/g)).toBeNull();
    expect(rules.split('{').length).toBe(rules.split('}').length);
  });
});

describe('the same for each', () => {
  it('goes on after a refusal, at most four at a time', async () => {
    let under = 0;
    let most = 0;
    const outcomes = new Map<number, Outcome>();
    await runEach(
      [1, 2, 3, 4, 5, 6],
      async (item) => {
        most = Math.max(most, ++under);
        await Promise.resolve();
        under--;
        if (item === 2) throw new Error('no');
      },
      (item, outcome) => outcomes.set(item, outcome),
    );
    expect(most).toBe(4);
    expect([...outcomes.values()].map((outcome) => outcome.state)).toEqual(['done', 'failed', 'done', 'done', 'done', 'done']);
  });
});

describe('a long list of servers', () => {
  it('is asked for in the API’s terms', () => {
    const regex = (...tokens: Token[]) => new RegExp(expressionOf(tokens), 'i');
    expect(expressionOf([{ operator: ':', value: 'a.b' }])).toBe('a\\.b');
    expect(regex({ operator: ':', value: 'web' }, { operator: '!:', value: 'old' }).test('web-old')).toBe(false);
    expect(regex({ operator: ':', value: 'web' }, { operator: '!=', value: 'web-1' }).test('web-12')).toBe(true);
    expect(regex({ operator: '=', value: 'web' }).test('web-1')).toBe(false);
    const ask = (...tokens: Token[]) => serverAsk({ limit: 20, filter: { tokens, operation: 'and' }, sort: { column: 'name', descending: false } }, seed.images(), seed.flavors());
    expect(ask({ propertyKey: 'status', operator: '=', value: 'shelved' })).toEqual({
      limit: 20,
      filters: [['status', 'SHELVED'], ['status', 'SHELVED_OFFLOADED']],
      sort: { key: 'display_name', descending: false },
    });
    expect(ask({ propertyKey: 'status', operator: '=', value: 'running' }, { propertyKey: 'status', operator: '=', value: 'stopped' })).toBeNull();
    expect(ask({ propertyKey: 'image', operator: '=', value: seed.images()[0]!.name! })?.filters).toEqual([['image', 'i1']]);
  });

  it('comes page by page, filtered by the service, and is saved whole', async () => {
    cloud.servers = seed.manyServers(1234);
    await open('/servers?sort=name');
    await waitFor(() => expect(rows()[0]).toContain('node-00001'));
    expect(rows()).toHaveLength(20);
    expect(createWrapper().findTable()!.findHeaderSlot()!.getElement().textContent).toContain('(more than 500)');

    createWrapper().findTable()!.findPagination()!.findNextPageButton().click();
    await waitFor(() => expect(rows()[0]).toContain('node-00021'));
    expect(window.location.search).toBe('?sort=name&page=2');

    const filter = () => createWrapper().findTable()!.findFilterSlot()!.findPropertyFilter()!;
    filter().setInputValue('00123');
    fireEvent.keyDown(filter().findNativeInput().getElement(), { key: 'Enter', keyCode: 13 });
    await waitFor(() => expect(rows()).toHaveLength(1));
    expect(window.location.search).toBe('?q=00123&sort=name');
    expect(cloud.seen.some((request) => request.query.get('name') === '00123' && request.query.get('limit') === '20')).toBe(true);

    const saved: Blob[] = [];
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
    vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: (blob: Blob) => (saved.push(blob), 'blob:x'), revokeObjectURL: () => undefined }));
    window.history.replaceState(null, '', '/servers?q=status%3Dstopped');
    fireEvent(window, new PopStateEvent('popstate'));
    await waitFor(() => expect(rows()).toHaveLength(20));
    screen.getByLabelText('Save as CSV').click();
    await waitFor(() => expect(saved).toHaveLength(1));
    const reader = new FileReader();
    reader.readAsText(saved[0]!);
    await waitFor(() => expect(String(reader.result).split('\r\n')).toHaveLength(1 + 247 + 1));
  });
});

describe('a list that is held whole', () => {
  it('is filtered by the address, by state in either language, and the filter can be cleared', async () => {
    await open('/servers?q=status%3Dstopped', 'ja');
    await waitFor(() => expect(rows().every((row) => row?.includes('停止'))).toBe(true));
    const all = cloud.servers.length;
    expect(rows().length).toBeLessThan(all);
    expect(createWrapper().findTable()!.findFilterSlot()!.findPropertyFilter()!.findTokens()[0]!.getElement().textContent).toContain('停止');
    const filter = createWrapper().findTable()!.findFilterSlot()!.findPropertyFilter()!;
    filter.setInputValue('no such server');
    fireEvent.keyDown(filter.findNativeInput().getElement(), { key: 'Enter', keyCode: 13 });
    (await screen.findByText('検索条件をクリア')).click();
    await waitFor(() => expect(rows()).toHaveLength(all));
    expect(window.location.search).toBe('');
  });
});

describe('several servers at once', () => {
  it('are stopped one by one; the one that refuses says why and can be asked again', async () => {
    const running = cloud.servers.filter((server) => server.status === 'ACTIVE' && server['OS-EXT-STS:task_state'] === null).slice(0, 2);
    expect(running).toHaveLength(2);
    const [good, bad] = running;
    const answer = cloud.answer.bind(cloud);
    let refuses = true;
    vi.spyOn(cloud, 'answer').mockImplementation((request) =>
      refuses && request.path.endsWith(`${bad!.id}/action`) ? { status: 409, body: { conflictingRequest: { code: 409, message: 'It is locked.' } } } : answer(request),
    );
    await open('/servers');
    await screen.findByText(good!.name);
    for (const server of running) pick(server.name);
    screen.getByText('Stop').click();
    await screen.findByText('Stop 2 servers?');
    const dialog = () => createWrapper().findModal()!;
    expect(dialog().getElement().textContent).toContain('What stays');
    dialog().findFooter()!.findAllButtons().at(-1)!.click();
    await screen.findByText(/It is locked/);
    expect(dialog().getElement().textContent).toContain(`${good!.name}: accepted`);
    expect(dialog().getElement().textContent).toContain('1 of 2 done');
    refuses = false;
    dialog().findFooter()!.findAllButtons().at(-1)!.click();
    await waitFor(() => expect(createWrapper().findModal()).toBeNull());
    expect(sent('POST', `/compute/v2.1/servers/${good!.id}/action`)).toHaveLength(1);
    expect(sent('POST', `/compute/v2.1/servers/${bad!.id}/action`)).toHaveLength(1);
  });
});

describe('before a deletion', () => {
  it('it is told what is lost, what stays and what becomes free, and stopping is one click away', async () => {
    await open('/servers/s1');
    fireEvent.click((await screen.findByText('Actions')).closest('button')!);
    createWrapper().findButtonDropdown()!.findItemById('delete')!.click();
    const dialog = (await screen.findByText('Delete web-1?')).closest('[role=dialog]') as HTMLElement;
    expect(dialog.querySelector('[data-effect=lost]')!.textContent).toContain('Everything on the disk (');
    expect(dialog.querySelector('[data-effect=stays]')!.textContent).toContain('203.0.113.21');
    await waitFor(() => expect(within(dialog).getAllByRole('img').length).toBeGreaterThan(2));
    within(dialog).getByText('Stop instead').click();
    await screen.findByText('Stop web-1?');
  });

  it('all effects have words in both languages', () => {
    const words = en.effects.servers as Record<string, Record<string, string>>;
    for (const [act, effects] of Object.entries(EFFECTS)) expect(Object.keys(words[act]!)).toEqual(effects);
  });
});

describe('a name', () => {
  it('is changed where it stands, stays typed when it is refused, and can be put back', async () => {
    await open('/servers/s1');
    (await screen.findByLabelText('Edit Name')).click();
    const input = () => createWrapper().findInput()!;
    await waitFor(() => expect(input()).not.toBeNull());
    input().setInputValue('api-1');
    const answer = cloud.answer.bind(cloud);
    const refusal = vi
      .spyOn(cloud, 'answer')
      .mockImplementation((request) => (request.method === 'PUT' ? { status: 409, body: { conflictingRequest: { code: 409, message: 'It is locked.' } } } : answer(request)));
    screen.getByLabelText('Save').click();
    await screen.findByText('It is locked.');
    expect(input().findNativeInput().getElement().value).toBe('api-1');
    refusal.mockRestore();
    fireEvent.keyDown(input().findNativeInput().getElement(), { key: 'Enter', keyCode: 13 });
    (await screen.findByText('Undo')).click();
    await waitFor(() => expect(sent('PUT', '/compute/v2.1/servers/s1').map((request) => request.body)).toEqual([{ server: { name: 'api-1' } }, { server: { name: 'web-1' } }]));
  });

  it('is left as it was by Escape', async () => {
    await open('/servers/s1');
    (await screen.findByLabelText('Edit Name')).click();
    await waitFor(() => expect(createWrapper().findInput()).not.toBeNull());
    createWrapper().findInput()!.setInputValue('x');
    fireEvent.keyDown(createWrapper().findInput()!.findNativeInput().getElement(), { key: 'Escape', keyCode: 27 });
    await screen.findByLabelText('Edit Name');
    expect(sent('PUT', '/compute/v2.1/servers/s1')).toEqual([]);
  });
});

describe('the placement', () => {
  it('says why here and why nowhere, to who runs the service', async () => {
    await open('/servers/s1/placement', 'ja');
    await screen.findByText('host-2 に配置');
    expect(screen.getByText(/空きメモリが最も多い/)).toBeTruthy();
    expect(document.body.textContent).toContain('専有先: 3 → 2');
  });

  it('is not shown to a customer', async () => {
    cloud.rights = cloud.rights.filter((right) => right !== 'compute:host:show');
    await open('/servers/s1/placement');
    await screen.findByText('Overview');
    expect(screen.queryByText('Placement')).toBeNull();
  });
});

describe('a quick look', () => {
  it('shows the selected image below the list', async () => {
    await open('/images');
    const image = cloud.images[0]!;
    await screen.findByText(image.name!);
    pick(image.name!);
    await waitFor(() => expect(screen.getByTestId('quick-look').textContent).toContain(image.id));
  });
});
