import createWrapper from '@cloudscape-design/components/test-utils/dom';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { webcrypto } from 'node:crypto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { App } from '../src/app/App';
import type { WholeEvent } from '../src/api/history';
import { speak, type Language } from '../src/i18n';
import { checkProof, micros } from '../src/pages/history/checkProof';
import { FakeCloud } from './fake/cloud.ts';
import { stubFetch } from './fake/fetch.ts';
import recorded from './fake/proof.json' with { type: 'json' };

let cloud: FakeCloud;

async function open(path: string, language: Language = 'en') {
  window.history.replaceState(null, '', path);
  render(<App language={language} messages={await speak(language)} />);
}

beforeEach(() => {
  vi.stubGlobal('crypto', webcrypto);
  cloud = new FakeCloud();
  stubFetch(cloud);
});

/** As the ledger's own code made it. */
const whole = () => JSON.parse(JSON.stringify(recorded)) as WholeEvent & { proof: NonNullable<WholeEvent['proof']> };
const check = (event: ReturnType<typeof whole>) => checkProof(event, event.proof, recorded.pem);

describe('a proof that the browser checks', () => {
  it('is good as the ledger made it', async () => {
    expect(await check(whole())).toMatchObject({ inclusion: 'good', signature: 'good', round: 'good' });
  });

  it('is bad for whatever else is shown', async () => {
    const text = whole();
    text.text = text.text.replace('雲6', '雲7');
    expect(await check(text)).toMatchObject({ inclusion: 'bad', signature: 'good' });
    const place = whole();
    place.event.place = 5;
    expect((await check(place)).inclusion).toBe('bad');
    const time = whole();
    time.event.received = time.event.received.replace('456Z', '457Z');
    expect((await check(time)).inclusion).toBe('bad');
    const head = whole();
    head.proof.head.time = '2026-11-26T08:00:00Z';
    expect(await check(head)).toMatchObject({ inclusion: 'good', signature: 'bad', round: 'bad' });
    const round = whole();
    round.proof.round!.round.number = 4;
    expect((await check(round)).round).toBe('bad');
  });

  it('counts microseconds, which a Date cannot', () => {
    expect(micros('2026-11-26T07:00:00.123456Z')).toBe('1795676400123456');
    expect(micros('1970-01-01T00:00:01.5Z')).toBe('1500000');
    expect(micros('1970-01-01T00:00:01Z')).toBe('1000000');
  });
});

describe('the history', () => {
  it('says of each event whether it is sealed, and checks the proof of the one that is opened', async () => {
    await open('/history');
    expect(await screen.findAllByText('Being sealed')).not.toHaveLength(0);
    const failed = (await screen.findByText('The password is not right.')).closest('tr')!;
    expect(failed.textContent).toContain('Sealed');
    failed.querySelector<HTMLElement>('button[aria-label^="Details"]')!.click();
    await screen.findByText('Proof', { selector: 'h3' }, { timeout: 5_000 });
    await screen.findByText("The head bears the signature of the ledger's key");
    await screen.findByText('The head is held by the published round 3');
    expect(screen.getByText(/The event leads, hash by hash/)).toBeTruthy();
    const changes = screen.getByRole('table', { name: 'What was changed' });
    expect(changes.textContent).toContain('In operationYesNo');
    expect(changes.textContent).toContain('User datachanged, never recorded');
    expect(changes.textContent).toContain('Metadata: role–web');
  });

  it('says the facts of an event in words, with units, and things by their names', async () => {
    await open('/history', 'ja');
    const failed = (await screen.findByText('The password is not right.')).closest('tr')!;
    failed.querySelector<HTMLElement>('button[aria-label^="詳細"]')!.click();
    await screen.findByText('接続時間', undefined, { timeout: 5_000 });
    const told = Object.fromEntries([...document.querySelectorAll('dt')].map((term) => [term.textContent, term.parentElement!.querySelector('dd')!]));
    const text = (name: string) => told[name]?.textContent;
    expect(text('コンソール')).toBe('グラフィカル');
    expect(text('接続時間')).toBe('12 分 34 秒');
    expect(text('接続日時')).toMatch(/^2026\/11\/2/);
    expect(text('受信量')).toBe('40 MiB');
    expect(text('許可する接続元: reader')).toBe('制限なし');
    expect(text('お客様への開示')).toBe('いいえ → はい');
    expect(text('unheardOf')).toBe('1');
    await waitFor(() => expect(told['サーバー']!.querySelector('a')!.textContent).toBe(cloud.servers[0]!.name));
    const changes = screen.getByRole('table', { name: '変更内容' });
    await waitFor(() => expect(changes.querySelector(`a[href="/networks/${cloud.networks[0]!.id}"]`)!.textContent).toBe(cloud.networks[0]!.name));
    expect(changes.textContent).toContain('アドレス: 192.0.2.7');
    expect(changes.textContent).toContain('曜日月, 金日');
  });

  it('tells of an event that is not kept any more, which is no failure', async () => {
    cloud.droppedPlace = cloud.events[0]!.place;
    await open('/history', 'ja');
    const row = await screen.findAllByText('封印待ち');
    row[0]!.closest('tr')!.querySelector<HTMLElement>('button[aria-label^="詳細"]')!.click();
    await screen.findByText(/保存期間が過ぎたため月ごとに削除されました/, undefined, { timeout: 5_000 });
    expect(screen.queryByText('再試行')).toBeNull();
  });

  it('names what has an empty name by its ID', async () => {
    cloud.events[0]!.target.name = '';
    await open('/history');
    await waitFor(() => expect(screen.getAllByText(cloud.events[0]!.target.id).length).toBeGreaterThan(0));
  });

  it('keeps its filters in the address', async () => {
    await open('/history?outcome=failure&actor=master&period=week', 'ja');
    await waitFor(() => {
      const query = cloud.seen.filter((request) => request.path === '/service/v1/history').at(-1)!.query;
      expect(query.get('outcome')).toBe('failure');
      expect(query.get('actor')).toBe('master');
      expect(query.get('since')).toMatch(/Z$/);
    });
    const filter = createWrapper().findPropertyFilter()!;
    expect(filter.findTokens().map((token) => token.getElement().textContent).join()).toContain('失敗');
    filter.findRemoveAllButton()!.click();
    await waitFor(() => expect(window.location.search).toBe('?period=week'));
  });

  it('searches all of it by the service, not what is loaded', async () => {
    await open('/history?text=198.51.100.7&source=cloud&since=2026-11-01T00:00:00Z&until=2026-11-02T00:00:00Z');
    await waitFor(() => {
      const query = cloud.seen.filter((request) => request.path === '/service/v1/history').at(-1)!.query;
      expect(query.get('text')).toBe('198.51.100.7');
      expect(query.get('source')).toBe('cloud');
      expect([query.get('since'), query.get('until')]).toEqual(['2026-11-01T00:00:00Z', '2026-11-02T00:00:00Z']);
    });
  });

  it('says how an exported file is checked', async () => {
    URL.createObjectURL = () => 'blob:x';
    URL.revokeObjectURL = () => undefined;
    await open('/history?outcome=failure');
    (await screen.findByText('Export')).click();
    await screen.findByText('Export the history');
    createWrapper().findModal()!.findFooter()!.findButton('[class*="variant-primary"]')!.click();
    await screen.findByText('./unkai verify unkai-history.jsonl --key ledger.pem');
    const query = cloud.seen.find((request) => request.path === '/service/v1/history/export')!.query;
    expect([query.get('format'), query.get('outcome')]).toEqual(['jsonl', 'failure']);
  });
});

describe('a history on paper', () => {
  const choosePdf = async () => {
    (await screen.findByText('Export')).click();
    (await screen.findByText('PDF, to read and hand in')).click();
  };
  const run = () => createWrapper().findModal()!.findFooter()!.findButton('[class*="variant-primary"]')!.getElement();

  it('is not begun where it cannot hold the history, and what to do is said before', async () => {
    cloud.sealedEvents = 123_456;
    await open('/history');
    await choosePdf();
    await screen.findByText(/This history has 123,456 events.*choose a period above the list/);
    expect(run().hasAttribute('disabled')).toBe(true);
    screen.getByText('JSON Lines, with proofs').click();
    await waitFor(() => expect(run().hasAttribute('disabled')).toBe(false));
  });

  it('says with filters that it may end before the last event', async () => {
    cloud.sealedEvents = 123_456;
    await open('/history?outcome=failure');
    await choosePdf();
    await screen.findByText(/the PDF holds the first 20,000/);
    expect(run().hasAttribute('disabled')).toBe(false);
  });
});

describe('the console sessions of a server', () => {
  it('say who is connected now, and how long others were', async () => {
    const id = cloud.servers[0]!.id;
    await open(`/servers/${id}/history`, 'ja');
    const table = await screen.findByRole('table', { name: 'コンソールの接続' });
    await waitFor(() => expect(table.textContent).toContain('12 分 34 秒'));
    expect(table.textContent).toContain('接続中');
    expect(table.textContent).toContain('接続の途絶');
  });

  it('stand in the overview while they are open', async () => {
    await open(`/servers/${cloud.servers[0]!.id}`);
    await screen.findByText('kei (graphical, from 198.51.100.4)');
  });
});

describe('the ledger', () => {
  it('is public: rounds, key and how to compare, without a session', async () => {
    cloud.loggedIn = false;
    await open('/ledger');
    await screen.findByText('ab'.repeat(32));
    await screen.findByText('Save as ledger.pem');
    await waitFor(() => expect(screen.getAllByText(/^[0-9a-f]{64}$/)).toHaveLength(2));
    expect(cloud.seen.every((request) => request.path.startsWith('/service/v1/ledger/'))).toBe(true);
  });

  it('tells before the first round when it comes', async () => {
    cloud.rounds = [];
    await open('/ledger', 'ja');
    await screen.findByText(/1 分以内に最初のもの/);
  });

  it('shows how long events are kept, what is held, and lets it be changed with a reason', async () => {
    await open('/ledger-state');
    const security = (await screen.findByText('Security')).closest('tr')!;
    expect(security.textContent).toContain('365 days');
    expect(security.textContent).toContain('Held (1)');
    fireEvent.click(screen.getByRole('button', { name: 'Edit: Access' }));
    fireEvent.change(screen.getByLabelText('Days'), { target: { value: '29' } });
    expect(screen.getAllByText('30 days at least')).not.toHaveLength(0);
    fireEvent.change(screen.getByLabelText('Reason'), { target: { value: 'new rule' } });
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Save' }).disabled).toBe(true);
    fireEvent.change(screen.getByLabelText('Days'), { target: { value: '90' } });
    await screen.findByText(/is dropped within hours/);
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(screen.getByText('Log-ins and log-outs, tunnels, consoles').closest('tr')!.textContent).toContain('90 days'));
  });

  it('shows the provider what its auditor found', async () => {
    await open('/ledger-state');
    await screen.findByText('Nothing differs');
    expect(screen.getAllByText('Nothing was found')).not.toHaveLength(0);
  });

  it('names a finding with its place', async () => {
    cloud.audit = {
      ...cloud.audit,
      findings: [
        { found: '2026-11-26T07:00:00Z', kind: 'changed', log: 'p1', place: 17, sentence: 'Event 17 of p1 was changed.', sentenceJa: 'p1 のイベント 17 が書き換えられています。', message: null, facts: {} },
        { found: '2026-11-26T06:00:00Z', kind: 'missing', log: 'p2', place: 4, sentence: 'Event 4 of p2 is not there.', sentenceJa: null, message: null, facts: {} },
      ],
    };
    await open('/ledger-state', 'ja');
    await screen.findByText('p1 のイベント 17 が書き換えられています。');
    expect(screen.getByText('書き換え')).toBeTruthy();
    expect(screen.getByText('Event 4 of p2 is not there.')).toBeTruthy();
    expect(screen.getByText(/不一致があります/)).toBeTruthy();
  });
});
