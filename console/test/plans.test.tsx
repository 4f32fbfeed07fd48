import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { App } from '../src/app/App';
import { speak, type Language } from '../src/i18n';
import { broken, csvOf, svgOf, type Drawn } from '../src/pages/plans/matrix';
import { FakeCloud } from './fake/cloud.ts';
import { stubFetch } from './fake/fetch.ts';

const WAIT = { timeout: 15_000 };
let cloud: FakeCloud;

async function open(path: string, language: Language = 'en') {
  window.history.replaceState(null, '', path);
  render(<App language={language} messages={await speak(language)} />);
}

beforeEach(() => {
  cloud = new FakeCloud();
  stubFetch(cloud);
});

describe('the plans', () => {
  it('stand side by side and say in plain words what they promise', async () => {
    await open('/plans');
    const table = await screen.findByRole('table', { name: 'Side by side' }, WAIT);
    const row = (topic: string) => within(table).getByRole('rowheader', { name: topic }).closest('tr')!.textContent;
    expect(row('Users')).toContain('Your master user makes and removes them.');
    expect(row('Users')).toContain('The provider registers and removes them for you.');
    expect(row('Life of a password')).toContain('A password expires after 90 days. A new one differs from the present one.');
    expect(row('Where data is')).toContain('In Japan only.');
    expect(row('Where data is')).toContain('Not limited to a country.');
    expect(row('Security incidents')).toContain('within 1 business day of');
    expect(row('Planned maintenance')).toContain('14 days ahead as a rule, by mail and telephone.');
    expect(within(table).getByText('Not offered')).toBeTruthy();
    expect(screen.queryByText('Publish a plan')).toBeNull();
  });

  it('speak Japanese', async () => {
    await open('/plans', 'ja');
    await screen.findAllByText('お客様専用です（3 台以上）。', undefined, WAIT);
    expect(screen.getByText('日本だけに保存します。')).toBeTruthy();
  });

  it('say of each promise whether the system enforces it', async () => {
    cloud.rights = [];
    await open('/plans/shared');
    expect(await screen.findAllByText(/^Not enforced by the system/, undefined, WAIT)).toHaveLength(1);
    expect(screen.getAllByText('Enforced by the system')).toHaveLength(4);
    expect(document.body.textContent).not.toContain('dev.unkai.identity');
  });

  it('are published from a file by who may, and a refusal names what is wrong', async () => {
    cloud.rights = ['plan:publish'];
    cloud.plans.refusal = 'The plan\'s field "backups" is not known.';
    await open('/plans');
    fireEvent.click(await screen.findByText('Publish a plan', undefined, WAIT));
    const file = new File(['id: third'], 'third.yaml', { type: 'application/yaml' });
    Object.defineProperty(file, 'text', { value: () => Promise.resolve('id: third') });
    const dialog = await screen.findByRole('dialog');
    fireEvent.change(dialog.querySelector('input[type=file]')!, { target: { files: [file] } });
    await within(dialog).findByText('third.yaml');
    fireEvent.click(within(dialog).getByText('Publish'));
    await screen.findByText('The plan\'s field "backups" is not known.', undefined, WAIT);
    cloud.plans.refusal = null;
    fireEvent.click(within(dialog).getByText('Publish'));
    await waitFor(() => expect(cloud.plans.published).toEqual(['id: third']), WAIT);
  });
});

describe('a plan', () => {
  it('shows who answers for what in a table that can be read without its colours', async () => {
    await open('/plans/shared');
    const table = await screen.findByRole('table', { name: 'Responsibilities: Shared, version 2' }, WAIT);
    expect(within(table).getAllByRole('columnheader').map((cell) => cell.textContent)).toEqual(['Layer', 'Customer', 'Provider']);
    const cells = within(within(table).getByRole('rowheader', { name: 'Networks' }).closest('tr')!).getAllByRole('cell');
    expect(cells.map((cell) => cell.textContent)).toEqual(['In partAddresses', 'In partSeparation']);
    expect(screen.getByText('Terms of service')).toBeTruthy();
  });

  it('shows an older version as such', async () => {
    await open('/plans/shared/1');
    await screen.findByText('A newer version is published', undefined, WAIT);
    expect(screen.getAllByText('Shared of old')).not.toHaveLength(0);
  });

  it('is taken from the offer by who may', async () => {
    cloud.rights = ['plan:offer'];
    await open('/plans/shared');
    fireEvent.click(await screen.findByText('Stop offering', undefined, WAIT));
    const dialog = await screen.findByRole('dialog');
    fireEvent.click(within(dialog).getAllByText('Stop offering').at(-1)!);
    await screen.findByText('Offer to new customers', { selector: 'button *' }, WAIT);
    expect(cloud.plans.all.find((plan) => plan.id === 'shared')?.offered).toBe(false);
  });
});

describe('the responsibility table', () => {
  const drawn: Drawn = {
    title: 'Who & what',
    corner: 'Layer',
    parties: ['Customer', '=cmd()'],
    rows: [
      {
        name: 'Data',
        cells: [
          { share: 'whole', word: 'Responsible', text: 'Content, "all" of it' },
          { share: 'none', word: 'Not responsible', text: 'サービス提供者は仮想マシンの中のデータの内容には一切関与しません。' },
        ],
      },
    ],
  };

  it('is a table for spreadsheets in which nothing is taken for a formula', () => {
    expect(csvOf(drawn)).toBe(
      '\uFEFFLayer,Customer,\'=cmd()\r\nData,"Responsible: Content, ""all"" of it",Not responsible: サービス提供者は仮想マシンの中のデータの内容には一切関与しません。\r\n',
    );
  });

  it('is a picture that is well-formed and keeps its texts inside of their cells', () => {
    const picture = new DOMParser().parseFromString(svgOf(drawn), 'image/svg+xml');
    expect(picture.querySelector('parsererror')).toBeNull();
    expect(picture.querySelector('title')?.textContent).toBe('Who & what');
    expect(picture.querySelectorAll('rect')).toHaveLength(6);
    const texts = [...picture.querySelectorAll('text')].map((text) => text.textContent);
    expect(texts).toContain('Responsible');
    expect(texts.some((text) => text?.startsWith('サービス'))).toBe(true);
  });

  it('breaks Japanese anywhere but before a mark, and English between words', () => {
    expect(broken('あいうえ、お', 13 * 4)).toEqual(['あいう', 'え、お']);
    expect(broken('one two three', 7 * 8)).toEqual(['one two', 'three']);
  });
});
