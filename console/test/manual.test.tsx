import { render, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import en from 'virtual:manual/en';
import ja from 'virtual:manual/ja';
import { App } from '../src/app/App';
import { GROUPS } from '../src/app/places';
import { speak, type Language } from '../src/i18n';
import { withInner } from '../src/pages/manual/manual';
import { changedSections, markSeen } from '../src/pages/manual/revision';
import { searchManual } from '../src/pages/manual/search';
import { TOPICS, topicsOf } from '../src/pages/manual/topics';
import { FakeCloud } from './fake/cloud.ts';
import { stubFetch } from './fake/fetch.ts';
import { parseManual } from '../build/manual.mjs';

async function open(path: string, language: Language = 'en') {
  window.history.replaceState(null, '', path);
  const messages = await speak(language);
  render(<App language={language} messages={messages} />);
}

let cloud: FakeCloud;

beforeEach(() => {
  cloud = new FakeCloud();
  stubFetch(cloud);
});

describe('the manual', () => {
  it('has the same sections in both languages', () => {
    expect(ja.sections.map((section) => section.id)).toEqual(en.sections.map((section) => section.id));
  });

  it('has something to say about every page of the menu', () => {
    const pages = GROUPS.flatMap((group) => group.places.map((place) => place.href.slice(1)));
    expect(pages.filter((page) => !(page in TOPICS))).toEqual([]);
    const ids = new Set(en.sections.map((section) => section.id));
    expect(Object.values(TOPICS).flat().filter((id) => !ids.has(id))).toEqual([]);
    expect(topicsOf('/servers/s1/console')).toBe(TOPICS['servers']);
  });

  it('joins the lines of a paragraph, with no blank between Japanese letters, and keeps code as it is', () => {
    const [section] = (parseManual('## A\n\n一行目、\n二行目。 one\ntwo `a  b`\n\n```\nx\ny\n```\n') as { sections: { blocks: unknown[] }[] }).sections;
    expect(section!.blocks).toEqual([
      { kind: 'text', spans: [{ look: 'plain', text: '一行目、二行目。 one two ' }, { look: 'code', text: 'a  b' }] },
      { kind: 'code', text: 'x\ny' },
    ]);
  });

  it('gives a section with those inside of it', () => {
    expect(withInner(en.sections, 'images').map((section) => section.id)).toEqual(['images', 'staging-taking-out-of-use-definitions']);
    expect(withInner(en.sections, 'nowhere')).toEqual([]);
  });
});

describe('the search over the manual', () => {
  it('finds a section by its title first, and shows the find in its surroundings', () => {
    const [first] = searchManual(en.sections, 'firewall LOG');
    expect(first!.section.id).toBe('firewall-log-what-security-groups-dropped');
    const hit = searchManual(en.sections, 'totp')[0]!;
    expect(hit.section.id).toBe('passwords-and-the-second-factor');
    expect(hit.found.toLowerCase()).toBe('totp');
  });

  it('needs every word', () => {
    expect(searchManual(en.sections, 'passkey zzzzz')).toEqual([]);
  });

  it('finds Japanese words in other spellings by their pairs of letters', () => {
    expect(searchManual(ja.sections, 'ファイアーウォールログ').map((hit) => hit.section.id)).toContain('firewall-log-what-security-groups-dropped');
    expect(searchManual(ja.sections, '二要素認証')[0]!.section.id).toBe('passwords-and-the-second-factor');
    expect(searchManual(ja.sections, 'ＤＩＲ').length).toBeGreaterThan(0);
    expect(searchManual(ja.sections, 'ありえない言葉遣いだ')).toEqual([]);
  });
});

describe('a revision', () => {
  it('is what has changed since it was marked as read, in the reader\'s language; the first sight is none', () => {
    const before = { a: '1'.repeat(12) + '2'.repeat(12), b: '3'.repeat(24) };
    expect(changedSections('en', before)).toEqual([]);
    const now = { ...before, a: '1'.repeat(12) + '9'.repeat(12), c: '4'.repeat(24) };
    expect(changedSections('en', now)).toEqual(['c']);
    expect(changedSections('ja', now)).toEqual(['a', 'c']);
    markSeen(now);
    expect(changedSections('ja', now)).toEqual([]);
  });
});

describe('the help', () => {
  it('stands beside the page with what the manual says about it', async () => {
    await open('/backups', 'ja');
    await waitFor(() => expect(document.querySelector('[aria-label="ヘルプを開く"]')).toBeTruthy());
    (document.querySelector('[aria-label="ヘルプを開く"]') as HTMLElement).click();
    await screen.findByText('アカウントのバックアップと復元');
    expect(screen.getByText('手引きで開く').closest('a')!.getAttribute('href')).toBe('/manual/back-up-the-accounts-and-restore-them');
  });

  it('leads to a section, and to the files', async () => {
    localStorage.setItem('unkai.manual.seen', '{}');
    await open('/manual');
    await screen.findByText(`The manual was revised: ${en.sections.length} sections are new or have changed`);
    URL.createObjectURL = () => '#';
    URL.revokeObjectURL = () => undefined;
    screen.getByText('PDF (Japanese)').click();
    await waitFor(() => expect(cloud.seen.map((request) => request.path)).toContain('/service/v1/manual/ja'));
    screen.getByText('Empty a host').click();
    await screen.findByRole('heading', { level: 1, name: 'Empty a host' });
  });
});
