import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { App } from '../src/app/App';
import { find, type Entry } from '../src/app/palette/find';
import { soundOf } from '../src/app/palette/sound';
import { speak, type Language } from '../src/i18n';
import { FakeCloud } from './fake/cloud.ts';
import { stubFetch } from './fake/fetch.ts';

let cloud: FakeCloud;

beforeEach(() => {
  cloud = new FakeCloud();
  cloud.pace = 0;
  stubFetch(cloud);
});

async function open(language: Language = 'en') {
  window.history.replaceState(null, '', '/key-pairs');
  render(<App language={language} messages={await speak(language)} />);
  await screen.findByRole('heading', { name: language === 'en' ? /Key pairs/ : /キーペア/ });
  fireEvent.keyDown(window, { key: 'k', ctrlKey: true });
  return screen.findByRole('combobox', { name: /Search pages|ページ、リソース/ });
}

const options = () => within(screen.getByRole('listbox', { name: /Results|検索結果/ })).getAllByRole('option');
const type = (box: HTMLElement, text: string) => fireEvent.change(box, { target: { value: text } });

describe('the palette', () => {
  it('finds a server on the server by name and address, and its actions as far as its state allows', async () => {
    const box = await open();
    type(box, 'web-1');
    await waitFor(() => expect(options().map((one) => one.textContent)).toContainEqual(expect.stringMatching(/^web-1Server · /)));
    const texts = () => options().map((one) => one.textContent);
    expect(texts()).toContainEqual(expect.stringContaining('Stop: web-1'));
    expect(texts()).not.toContainEqual(expect.stringContaining('Start: web-1'));
    type(box, '203.0.113.21');
    await waitFor(() => expect(cloud.seen.some((one) => one.path.endsWith('/servers/detail') && one.query.get('ip') === '203\\.0\\.113\\.21')).toBe(true));
    await waitFor(() => expect(texts()).toContainEqual(expect.stringMatching(/^web-1Server/)));
    expect(texts()).not.toContainEqual(expect.stringMatching(/^db-/));
  });

  it('opens the same dialog as the page, by the keyboard alone, and has it first the next time', async () => {
    const box = await open();
    type(box, 'stop web-1');
    await waitFor(() => expect(options()[0]?.textContent).toContain('Stop: web-1'));
    expect(box.getAttribute('aria-activedescendant')).toBe(options()[0]?.id);
    fireEvent.keyDown(box, { key: 'Enter' });
    await screen.findByText('Stop web-1?');
    expect(window.location.pathname).toMatch(/^\/servers\//);
    expect(cloud.seen.filter((one) => one.method === 'POST')).toEqual([]);

    fireEvent.keyDown(window, { key: 'k', ctrlKey: true });
    const again = await screen.findByRole('combobox', { name: /Search pages/ });
    expect(options()[0]?.textContent).toContain('Stop: web-1');
    fireEvent.keyDown(again, { key: 'ArrowDown' });
    expect(again.getAttribute('aria-activedescendant')).toBe(options()[1]?.id);
  });

  it('finds hosts, applications and users for the provider, and opens the one that is meant', async () => {
    cloud.rights.push('compute:host:show', 'application:list', 'user:list');
    const box = await open();
    const texts = () => options().map((one) => one.textContent);
    type(box, 'kumo trading');
    await waitFor(() => expect(texts()).toContainEqual(expect.stringMatching(/^Kumo TradingContract or application · A-7/)));
    type(box, 'ren');
    await waitFor(() => expect(texts()).toContainEqual(expect.stringMatching(/^renUser/)));
    expect(cloud.seen.some((one) => one.path === '/identity/v3/users' && one.query.get('name__icontains') === 'ren')).toBe(true);
    type(box, 'host-1');
    await waitFor(() => expect(options()[0]?.textContent).toMatch(/^host-1Host/));
    fireEvent.keyDown(box, { key: 'Enter' });
    await screen.findByText(/libvirt 9\.0\.0/);
    expect(window.location.pathname).toBe('/hosts');
  });

  it('asks nobody for hosts and users who may not see them', async () => {
    cloud.rights = ['compute:server:list', 'compute:keypair:own'];
    const box = await open();
    type(box, 'ren');
    await screen.findByText(/Nothing found/);
    expect(cloud.seen.filter((one) => /hosts|identity.v3.users|applications/.test(one.path))).toEqual([]);
  });

  it('finds Japanese pages by their English names and by romaji', async () => {
    const box = await open('ja');
    for (const typed of ['security groups', 'sekyuritiguru-pu', 'セキュリティ']) {
      type(box, typed);
      await waitFor(() => expect(options().map((one) => one.textContent)).toContainEqual(expect.stringMatching(/^セキュリティグループ/)));
    }
  });

  it('shows nothing that one may not do', async () => {
    cloud.rights = ['compute:server:list', 'compute:keypair:own'];
    const box = await open();
    type(box, 'web-1');
    await waitFor(() => expect(options()).toHaveLength(1));
    type(box, 'network');
    await screen.findByText(/Nothing found/);
  });
});

describe('what is typed', () => {
  const entry = (text: string, ...words: string[]): Entry => ({ id: text, group: 'pages', text, words, right: null, href: '/' });

  it('sounds the same however it is spelt', () => {
    expect(soundOf('サーバー')).toBe(soundOf('sa-ba-'));
    expect(soundOf('ネットワーク')).toBe(soundOf('nettowaaku'));
    expect(soundOf('ファイアウォール').startsWith(soundOf('faia'))).toBe(true);
    expect(soundOf('ディスク')).toBe(soundOf('disuku'));
    expect(soundOf('しょうめいしょ')).toBe(soundOf('shoumeisho'));
    expect(soundOf('チーム')).toBe(soundOf('chi-mu'));
  });

  it('prefers the beginning of a name to its middle, and what was used to what was not', () => {
    const entries = [entry('a web server'), entry('web'), entry('cobweb'), entry('web-2')];
    expect(find(entries, 'web', ['web-2']).map((each) => each.text)).toEqual(['web-2', 'web', 'a web server', 'cobweb']);
    expect(find(entries, 'web nothing', [])).toEqual([]);
  });
});
