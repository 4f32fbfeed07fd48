import createWrapper from '@cloudscape-design/components/test-utils/dom';
import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Disclosure, Hold, WholePackage } from '../src/api/evidence';
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
const kei = { id: 'u3', name: 'kei' };

const hold = (reference: string, state: Hold['state'], more: Partial<Hold> = {}): Hold => ({
  id: reference,
  reference,
  project: 'project-1',
  everything: true,
  things: [],
  reason: 'r',
  authority: 'District court',
  mayTell: true,
  state,
  madeBy: kei,
  madeAt: '2026-01-31T12:00:00Z',
  ...more,
});

const asked = (more: Partial<Disclosure> = {}): Disclosure => ({
  id: 'd1',
  reference: 'D-1',
  requester: 'Police of the prefecture',
  theirNumber: 'Sha 12',
  channel: 'letter',
  receivedAt: '2026-01-31T00:00:00Z',
  legalBasis: 'Article 197',
  project: 'project-1',
  scope: 'log-ins of January',
  state: 'received',
  mayTell: false,
  recordedBy: kei,
  recordedAt: '2026-01-31T12:00:00Z',
  ...more,
});

const whole = (more: Partial<WholePackage['evidence']> = {}): WholePackage => ({
  evidence: {
    id: 'p1',
    name: 'P-1',
    reference: 'K-7',
    project: 'project-1',
    reason: 'r',
    mayTell: false,
    toldLater: false,
    state: 'collecting',
    madeBy: kei,
    madeAt: '2026-01-31T12:00:00Z',
    ...more,
  },
  parts: [
    { name: 'events.jsonl', kind: 'events', state: 'done', size: 1024, sha256: 'ab'.repeat(32) },
    { name: 'server-memory.elf', kind: 'memory', state: 'missing', size: 0, obstacle: { kind: 'not_running' } },
    { name: 'server-disk.qcow2', kind: 'disk', state: 'wanted', size: 0 },
  ],
  custody: [{ at: '2026-01-31T12:00:00Z', by: kei, action: 'evidence-package/make', facts: { reason: 'r' } }],
});

const rowOf = async (text: string) => within((await screen.findByText(text)).closest('tr')!);
const sent = (method: string, path: string) => cloud.seen.filter((request) => request.method === method && request.path === path);

beforeEach(() => {
  cloud = new FakeCloud();
  stubFetch(cloud);
});

describe('evidence', () => {
  it('offers of a hold what the reader may do, and leaves the rest to a second officer', async () => {
    cloud.evidence.holds = [
      hold('K-1', 'provisional'),
      hold('K-2', 'provisional', { madeBy: me }),
      hold('K-3', 'ending', { endAskedBy: me, endReason: 'over', mayTell: false }),
      hold('K-4', 'ended', { endedBy: kei, things: [{ kind: 'server', id: 's1', name: 'web' }, { kind: 'log', id: 'access', name: '' }], everything: false }),
    ];
    await open('/evidence');
    expect((await rowOf('K-2')).queryByText('Confirm')).toBeNull();
    expect((await rowOf('K-2')).getByText('A second officer confirms')).toBeTruthy();
    expect((await rowOf('K-3')).queryByText('Agree to the end')).toBeNull();
    expect((await rowOf('K-3')).getByText('Let the customer know')).toBeTruthy();
    expect((await rowOf('K-4')).getByText('Server web')).toBeTruthy();
    expect((await rowOf('K-4')).getByText('Log: Access')).toBeTruthy();
    expect((await rowOf('K-4')).queryByRole('button')).toBeNull();
    (await rowOf('K-1')).getByText('Confirm').click();
    await screen.findByText('You agree as the second person that K-1 is held.');
    fireEvent.submit(document.querySelector('form')!);
    await waitFor(() => expect(sent('PUT', '/service/v1/evidence/holds/K-1/confirmation')).toHaveLength(1));
  });

  it('teaches in Japanese what a hold is where there is none, and sends what was typed', async () => {
    await open('/evidence/holds', 'ja');
    await screen.findByText('保全中のものはありません');
    screen.getAllByText('証拠を保全')[0]!.click();
    await screen.findByText(/誰にも削除できなくなります。稼働中/);
    const content = createWrapper().findModal()!.findContent();
    const [reference, authority, project] = content.findAllInputs();
    reference?.setInputValue('K-9');
    authority?.setInputValue('東京地方裁判所');
    project?.setInputValue('project-9');
    content.findAllTextareas()[0]!.setTextareaValue('捜査関係事項照会');
    content.findAllRadioGroups().at(-1)!.findInputByValue('no')!.click();
    fireEvent.submit(document.querySelector('form')!);
    await waitFor(() => expect(sent('POST', '/service/v1/evidence/holds')).toHaveLength(1));
    expect(sent('POST', '/service/v1/evidence/holds')[0]!.body).toMatchObject({ reference: 'K-9', project: 'project-9', everything: true, mayTell: false, endsAt: null });
  });

  it('leads a request from step to step, and does not let who proposed agree', async () => {
    cloud.evidence.disclosures = [asked({ state: 'proposed', proposal: 'granted', reason: 'lawful', proposedBy: me })];
    cloud.evidence.changes = [{ at: '2026-01-31T12:00:00Z', by: kei, action: 'disclosure/record', facts: { requester: 'x' } }];
    await open('/evidence/disclosures');
    (await screen.findByText('D-1')).click();
    await screen.findByText('You proposed this answer. A second officer has to agree.');
    expect(screen.queryByText('Agree')).toBeNull();
    expect(screen.getByText('Recorded')).toBeTruthy();
    expect(screen.getByText('Customer may be told')).toBeTruthy();
    expect(screen.queryByText('Tell the customer')).toBeNull();
  });

  it('corrects a decided request but for what was decided about, with a reason, and shows what stood there', async () => {
    cloud.evidence.disclosures = [asked({ state: 'granted', decidedBy: me, from: '2026-01-01T00:00:00Z' })];
    cloud.evidence.changes = [{ at: '2026-01-31T12:00:00Z', by: kei, action: 'disclosure/correct', facts: { channel: 'visit → letter', reason: 'it was a letter' } }];
    await open('/evidence/disclosures?open=d1', 'ja');
    await screen.findByText('1 回訂正されています。訂正前の内容は経過にあります。');
    expect(screen.getByText('来訪 → 書面')).toBeTruthy();
    screen.getByText('訂正', { selector: 'button span' }).click();
    await screen.findByText(/対象のお客様、法的根拠、範囲は回答の前提/);
    const content = createWrapper().findAllModals().at(-1)!.findContent();
    const [requester, , basis, project] = content.findAllInputs();
    expect(basis!.findNativeInput().getElement().disabled && project!.findNativeInput().getElement().disabled).toBe(true);
    requester!.setInputValue('京都府警察');
    content.findAllTextareas().at(-1)!.setTextareaValue('誤記');
    fireEvent.submit(document.querySelector('form')!);
    await waitFor(() => expect(sent('PUT', '/service/v1/evidence/disclosures/d1')).toHaveLength(1));
    expect(sent('PUT', '/service/v1/evidence/disclosures/d1')[0]!.body).toEqual({
      requester: '京都府警察',
      theirNumber: 'Sha 12',
      channel: 'letter',
      receivedAt: '2026-01-31T00:00:00Z',
      legalBasis: 'Article 197',
      project: 'project-1',
      scope: 'log-ins of January',
      from: '2026-01-01T00:00:00Z',
      to: null,
      reason: '誤記',
    });
  });

  it('leads from a request to its package and back, and links one that was made for none', async () => {
    cloud.evidence.disclosures = [asked({ state: 'granted', decidedBy: kei })];
    cloud.evidence.packages = [whole({ id: 'p1', name: 'P-1', disclosure: 'd1' }), whole({ id: 'p2', name: 'P-2', mayTell: true }), whole({ id: 'p3', name: 'P-3' })];
    await open('/evidence/disclosures?open=d1');
    (await screen.findByText('Link a package')).click();
    const select = () => createWrapper().findAllModals().at(-1)!.findContent().findSelect()!;
    await waitFor(() => select().openDropdown());
    await screen.findByText('P-3');
    expect(screen.queryByText('P-2')).toBeNull();
    select().selectOptionByValue('p3');
    fireEvent.submit(document.querySelector('form')!);
    await waitFor(() => expect(sent('POST', '/service/v1/evidence/disclosures/d1/packages')[0]?.body).toEqual({ packageId: 'p3' }));
    (await screen.findByText('P-1 (Collecting)')).click();
    (await screen.findByText('D-1 (Police of the prefecture)')).click();
    await screen.findByText('What was done');
  });

  it('lets a second officer agree that the customer is not told for a time, and shows until when', async () => {
    cloud.evidence.disclosures = [asked({ state: 'granted', decidedBy: kei })];
    cloud.evidence.secrecy = [{ id: 's1', until: '2999-01-01T00:00:00Z', ground: 'Order of 26 November', asked: kei, askedAt: '2026-01-31T12:00:00Z', agreed: null, agreedAt: null, ended: null, endedAt: null, endReason: null }];
    await open('/evidence/disclosures?open=d1');
    await screen.findByText('Waits for a second officer');
    expect(screen.queryByText('Do not tell for a time')).toBeNull();
    screen.getByText('Agree not to tell').click();
    await screen.findByText(/You agree as the second person that the customer is not told/);
    fireEvent.submit(document.querySelector('form')!);
    await waitFor(() => expect(sent('PUT', '/service/v1/evidence/disclosures/d1/secrecy/agreement')).toHaveLength(1));
  });

  it('says above the register that a period for which the customer is not told ends within a week', async () => {
    const day = 86_400_000;
    const at = (days: number) => new Date(Date.now() + days * day).toISOString();
    cloud.evidence.disclosures = [
      { ...asked({ state: 'granted', decidedBy: kei }), id: 'd1', reference: 'D-1', secretUntil: at(3) },
      { ...asked({ state: 'granted', decidedBy: kei }), id: 'd2', reference: 'D-2', secretUntil: at(30) },
    ];
    await open('/evidence/disclosures');
    await screen.findByText(/^D-1: the customer may be told from/);
    expect(screen.queryByText(/^D-2: the customer may be told from/)).toBeNull();
  });

  it('shows how far a package has come, what is missing and why, and who had it', async () => {
    cloud.evidence.packages = [whole({ obstacle: { kind: 'ledger', detail: 'The ledger does not answer.' } })];
    await open('/evidence/packages');
    await screen.findByText('P-1 does not go on just now');
    expect(screen.getByText(/The ledger does not give the events just now.*\(The ledger does not answer\.\)/)).toBeTruthy();
    screen.getByText('P-1').click();
    await screen.findByText('2 of 3 parts');
    expect(screen.getByText('Missing')).toBeTruthy();
    expect(screen.getByText('The server did not run, so this did not exist.')).toBeTruthy();
    expect(screen.getByText('Asked for')).toBeTruthy();
    expect(screen.queryByText('Take it out (tar)')).toBeNull();
  });

  it('lets an auditor read and nothing else', async () => {
    cloud.rights = cloud.rights.filter((action) => !action.startsWith('evidence:') || action === 'evidence:hold:list');
    cloud.evidence.holds = [hold('K-1', 'provisional')];
    cloud.evidence.packages = [whole({ state: 'sealed' })];
    await open('/evidence');
    await screen.findByText('K-1');
    expect(screen.queryByText('Hold evidence')).toBeNull();
    expect((await rowOf('K-1')).queryByText('Confirm')).toBeNull();
    screen.getByText('Packages').click();
    (await screen.findByText('P-1')).click();
    await screen.findByText('Who had it in hands');
    expect(screen.queryByText('Take it out (tar)')).toBeNull();
  });
});
