import { readdirSync, readFileSync } from 'node:fs';
import { render, screen } from '@testing-library/react';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { App } from '../src/app/App';
import { speak } from '../src/i18n';
import { learnReasons, reasonWords } from '../src/i18n/reasons';
import ja from '../src/i18n/reasons.ja.json';
import { FakeCloud } from './fake/cloud.ts';
import { stubFetch } from './fake/fetch.ts';

/** The texts of the service's sources as it says them: their pieces joined. */
const said = ['../cloud/src/main/java/dev/unkai/cloud', '../node/src/main/java/dev/unkai/node']
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`))
  .filter((name) => name.endsWith('.java'))
  .map((name) => readFileSync(name, 'utf8').replace(/"\s*\+\s*"/g, ''))
  .join('\n');

/** Pieces of one sentence that are put together in more than one place. */
const PIECES = ['The server could not be ', ' in time: ', ' Ask the provider.', ' on the host: ', ' Choose a group with the policy ', 'None of your dedicated hosts is', 'There is no host', 'Choose a smaller flavor', ' or another availability zone'];
const pieces = (text: string) => PIECES.reduce((parts, piece) => parts.flatMap((part) => (part.includes(piece) ? [piece, ...part.split(piece)] : [part])), [text]);

describe('why something failed', () => {
  beforeAll(() => learnReasons('ja'));
  afterAll(() => learnReasons('en'));

  it.each(Object.keys(ja))('is still said by the service: %s', (sentence) => {
    const missing = sentence
      .split(/\{\{\w+\}\}/)
      .flatMap(pieces)
      .filter((part) => part.trim() && !said.includes(part.trim()));
    expect(missing).toEqual([]);
  });

  it.each(Object.entries(ja))('keeps what differs: %s', (sentence, words) => {
    const names = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((found) => found[1]).sort();
    expect(names(words)).toEqual(names(sentence));
  });

  it('is told in the reader’s language, also where a sentence has another in it', () => {
    expect(
      reasonWords('No valid host was found. No host has room for 20 GiB of disk beside 2 vCPUs and 4096 MiB of memory at present. Choose a smaller flavor, try again later, or ask the provider.'),
    ).toBe(
      '配置できるホストが見つかりませんでした。現在、2 vCPU とメモリ 4096 MiB に加えてディスク 20 GiB の空きがあるホストがありません。小さいフレーバーを選択するか、しばらくしてからやり直すか、サービス提供者にお問い合わせください。',
    );
    expect(reasonWords('The server could not be running in time: its host does not answer. This is tried further.')).toBe(
      '期限までにサーバーを起動できませんでした。理由: ホストが応答していません。引き続き試行しています。',
    );
    expect(reasonWords('libvirt on this host does not answer; the node goes on trying.')).toBe('ホストの libvirt が応答していません。引き続き試行しています。');
  });

  it('stands so on the page of a server that has failed', async () => {
    stubFetch(new FakeCloud());
    window.history.replaceState(null, '', '/servers/s5');
    render(<App language="ja" messages={await speak('ja')} />);
    await screen.findByText(/現在、32 vCPU とメモリ 65536 MiB の空きがあるホストがありません。/, undefined, { timeout: 15_000 });
    expect(screen.queryByText(/No host has room/)).toBeNull();
  });

  it('is shown as it is where nobody knows it, and in English always', async () => {
    expect(reasonWords('Something new has happened.')).toBe('Something new has happened.');
    await learnReasons('en');
    expect(reasonWords('The move was not over in time.')).toBe('The move was not over in time.');
    await learnReasons('ja');
  });
});
