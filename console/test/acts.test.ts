// Every action of the console can be taken away as commands: none is added without, and what is shown is what is sent.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { action, keeping, variable, type Act } from '../src/api/act';
import { clientCommands, curlCommands, quote } from '../src/api/commands';
import * as compute from '../src/api/compute';
import * as image from '../src/api/image';
import * as network from '../src/api/network';
import { FakeCloud } from './fake/cloud.ts';
import { stubFetch } from './fake/fetch.ts';

const read = (name: string) => readFileSync(`src/${name}`, 'utf8');
const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name));
const sources = files.map((name) => ({ name, text: read(name) }));

/** Requests that change something and are no action of somebody who is logged in, or show nothing that could be sent again. */
const NO_ACTIONS: Readonly<Record<string, string>> = {
  'api/session.ts': 'the log-in itself, and its ceremonies',
  'api/signIn.ts': 'the log-in at an identity provider',
  'api/passwords.ts': 'a single-use link from a mail',
  'api/passkeys.ts': 'the answers of an authenticator',
  'api/account.ts': 'secrets and proofs of the visitor alone',
  'api/contract.ts': 'the way of an applicant, who has a link and no account',
  'api/ledger.ts': 'a subscription of somebody without an account',
  'api/compute.ts': 'the console log is read, and a link to a console made, by requests that change nothing',
  'api/forwarding.ts': 'a check that saves nothing',
  'api/providers.ts': 'a check that saves nothing',
};

/** Dialogs that send nothing of their own. */
const NO_DIALOGS: Readonly<Record<string, string>> = {
  'ui/DeleteDialog.tsx': 'shows them itself',
  'app/AskReason.tsx': 'belongs to another request',
  'app/ProveAgain.tsx': 'belongs to another request',
  'app/viewing/OpenView.tsx': 'another session of this browser, which no program has',
  'pages/account/ProofDialog.tsx': 'proofs of the visitor alone',
  'pages/account/PasskeyPanel.tsx': 'the answers of an authenticator',
  'pages/apply/FollowApplication.tsx': 'the way of an applicant, who has a link and no account',
  'pages/console/SendText.tsx': 'types into the guest',
};

describe('every action', () => {
  it('is declared as one', () => {
    const loose = sources
      .filter(({ name }) => !(name in NO_ACTIONS) && name !== 'api/act.ts')
      .filter(({ text }) => /call(<[^(]*>)?\(\s*'(POST|PUT|PATCH|DELETE)'/.test(text))
      .map(({ name }) => name);
    expect(loose).toEqual([]);
  });

  it('is shown as commands where it is done', () => {
    const names = sources.flatMap(({ text }) => [...text.matchAll(/export const (\w+) = action\(/g)].map(([, name]) => name ?? ''));
    expect(names.length).toBeGreaterThan(80);
    // Some are chosen by name from a table, whose entries are described.
    const shown = sources.filter(({ name, text }) => name !== 'api/act.ts' && /\.describe\(|\bbind\(/.test(text));
    const hidden = names.filter((name) => !shown.some(({ text }) => new RegExp(`(?<!const )\\b${name}\\b(?! = action)`).test(text.replace(/^import[\s\S]*?;$/gm, ''))));
    expect(hidden).toEqual([]);
  });

  it('has its commands in its dialog', () => {
    const bare = sources
      .filter(({ name }) => !(name in NO_DIALOGS))
      .filter(({ text }) => [...text.matchAll(/<(?:Delete|Each)?Dialog\b[\s\S]*?\n?\s*>\n/g)].some(([tag]) => !tag.includes('acts=')))
      .map(({ name }) => name);
    expect(bare).toEqual([]);
  });
});

describe('a word', () => {
  const words = ['', 'plain-1.2/3', "it's", '$HOME `id` \\ "x"', '日本語 の名前', 'a\nb', '-rf', '*', '~', '!x', 'a;b|c&d', variable('NEXT'), `x'${variable('NEXT')}$y`];

  it('comes through a real shell as it is', () => {
    const script = `NEXT='the next'; printf '%s\\0' ${words.map(quote).join(' ')}`;
    const out = execFileSync('bash', ['-c', script]).toString().split('\0').slice(0, -1);
    expect(out).toEqual(words.map((word) => word.replaceAll(variable('NEXT'), 'the next')));
  });
});

/** What the shell would run, word by word. */
function run(script: string, programs: readonly string[]): string[][] {
  const recorder = programs.map((name) => `${name}() { printf '%s\\0' ${name} "$@" >&3; printf '\\1\\0' >&3; echo made-by-${name}; }`).join('\n');
  const out = execFileSync('bash', ['-c', `exec 3>&1 >/dev/null\nexport OS_TOKEN=token\n${recorder}\njq() { cat; }\n${script}`]).toString();
  return out
    .split('\x01\0')
    .filter((each) => each !== '')
    .map((each) => each.split('\0').slice(0, -1));
}

describe('the commands of an action', () => {
  const nasty = `it's "a" $name`;
  const samples: readonly Act[] = [
    compute.createServer.describe({
      name: nasty,
      imageRef: 'i1',
      flavorRef: 'f1',
      networks: [{ uuid: 'n1' }],
      key_name: 'my key',
      security_groups: [{ name: 'default' }],
      user_data: btoa('#!/bin/sh'),
      config_drive: true,
    }),
    compute.updateServer.describe('s1', { name: '-x', description: null }),
    compute.actOnServer.describe('s1', { reboot: { type: 'HARD' } }),
    network.createRule.describe({ security_group_id: 'g1', direction: 'ingress', ethertype: 'IPv4', protocol: 'tcp', port_range_min: 22, port_range_max: 22 }),
    image.changeVisibility.describe('i1', 'shared'),
  ];

  it('send by curl exactly what the console sends', async () => {
    const cloud = new FakeCloud();
    cloud.pace = 0;
    stubFetch(cloud);
    for (const act of samples) {
      cloud.seen.length = 0;
      await action(() => act)().catch(() => undefined);
      const sent = cloud.seen[0];
      const [words = []] = run(curlCommands([act], 'https://unkai.example'), ['curl']);
      const given = (option: string) => words[words.indexOf(option) + 1] ?? '';
      expect(given('-X')).toBe(sent?.method);
      expect(words).toContain(`https://unkai.example${sent?.path}`);
      expect(JSON.parse(given('-d'))).toEqual(sent?.body);
      expect(words).toContain('X-Auth-Token: token');
    }
  });

  it('say the same to the client', () => {
    const commands = samples.map((act) => run(clientCommands([act]) ?? '', ['openstack'])[0]?.slice(1));
    expect(commands[0]?.at(-1)).toBe(nasty);
    expect(commands[0]).toContain('--use-config-drive');
    expect(commands[1]).toEqual(['--os-compute-api-version', '2.79', 'server', 'set', '--name=-x', '--description', '', 's1']);
    expect(commands[2]).toEqual(['server', 'reboot', '--hard', 's1']);
    expect(commands[3]?.join(' ')).toBe('security group rule create --ingress --ethertype IPv4 --protocol tcp --dst-port 22 g1');
    expect(commands[4]).toEqual(['image', 'set', '--shared', 'i1']);
  });

  it('hand an id on to the next', () => {
    const acts = [
      keeping(network.createNetwork.describe({ name: 'inner' }), 'NETWORK_ID'),
      network.createSubnet.describe({ network_id: variable('NETWORK_ID'), name: 'range', ip_version: 4, cidr: '10.0.0.0/24' }),
    ];
    expect(run(clientCommands(acts) ?? '', ['openstack'])[1]).toContain('made-by-openstack');
    const [, second = []] = run(curlCommands(acts, 'https://unkai.example'), ['curl']);
    expect(JSON.parse(second[second.indexOf('-d') + 1] ?? '').subnet.network_id).toBe('made-by-curl');
  });

  it('name a variable in the place of a secret', () => {
    const act: Act = { method: 'PUT', path: '/x', body: { key: variable('CLIENT_KEY') } };
    const text = curlCommands([act], 'https://unkai.example');
    expect(text).toContain('"$CLIENT_KEY"');
    expect(clientCommands([act])).toBeNull();
  });
});
