import { describe, expect, it } from 'vitest';
import { defaults, problemsOf, toRequest, type Choices } from '../src/pages/servers/create/draft';
import { forNew, quotaAfter } from '../src/pages/servers/quota';
import * as seed from './fake/seed.ts';

const limits = {
  maxTotalInstances: 10,
  totalInstancesUsed: 4,
  maxTotalCores: 20,
  totalCoresUsed: 18,
  maxTotalRAMSize: 20_480,
  totalRAMUsed: 4_096,
  maxTotalKeypairs: 100,
};

const choices = (part: Partial<Choices> = {}): Choices => ({
  images: seed.images(),
  flavors: seed.flavors(),
  networks: seed.networks(),
  groups: seed.groups(),
  keys: seed.keys(),
  servers: seed.servers(),
  limits,
  ...part,
});

describe('the server that the wizard proposes', () => {
  it('can be sent as it is', () => {
    expect(problemsOf(defaults(choices()), choices())).toEqual({});
  });

  it('is the smallest that fits the image, in a network of the project, with its key and the default group', () => {
    expect(defaults(choices())).toMatchObject({ imageId: 'i1', flavorId: 'f2', networkIds: ['n1'], keyName: 'laptop', groupIds: ['g1'] });
  });

  it('has a name that no server has yet', () => {
    const servers = [{ name: 'server-1' }, { name: 'server-2' }];
    expect(defaults(choices({ servers })).name).toBe('server-3');
  });

  it('never stands in an external network', () => {
    const only = seed.networks().filter((network) => network['router:external']);
    const draft = defaults(choices({ networks: only }));
    expect(draft.networkIds).toEqual([]);
    expect(problemsOf(draft, choices({ networks: only })).network).toBe('networkMissing');
  });
});

describe('the request that the wizard sends', () => {
  it('carries what was chosen and nothing else', () => {
    const draft = { ...defaults(choices()), name: ' web-3 ', networkIds: ['n1', 'n2'], groupIds: ['g1', 'g2'] };
    expect(toRequest(draft, choices())).toEqual({
      name: 'web-3',
      imageRef: 'i1',
      flavorRef: 'f2',
      networks: [{ uuid: 'n1' }, { uuid: 'n2' }],
      key_name: 'laptop',
      security_groups: [{ name: 'default' }, { name: 'web' }],
      config_drive: true,
    });
  });

  it('leaves out key, groups, description and user data that were not given', () => {
    const request = toRequest({ ...defaults(choices()), keyName: null, groupIds: [], description: '  ' }, choices());
    expect(Object.keys(request).sort()).toEqual(['config_drive', 'flavorRef', 'imageRef', 'name', 'networks']);
  });

  it('sends user data as base64 of its UTF-8', () => {
    const request = toRequest({ ...defaults(choices()), userData: 'echo 雲海' }, choices());
    expect(new TextDecoder().decode(Uint8Array.from(atob(request.user_data ?? ''), (c) => c.charCodeAt(0)))).toBe('echo 雲海');
  });

  it('names a group by its id where another has the same name', () => {
    const groups = [...seed.groups(), { ...seed.groups()[1]!, id: 'g3' }];
    const request = toRequest({ ...defaults(choices()), groupIds: ['g3'] }, choices({ groups }));
    expect(request.security_groups).toEqual([{ name: 'g3' }]);
  });
});

describe('what keeps the wizard from sending', () => {
  const problems = (part: object) => problemsOf({ ...defaults(choices()), ...part }, choices());

  it('says what is missing', () => {
    expect(problems({ name: '  ' }).name).toBe('nameMissing');
    expect(problems({ name: 'x'.repeat(256) }).name).toBe('nameLong');
    expect(problems({ imageId: null }).image).toBe('imageMissing');
    expect(problems({ flavorId: null }).flavor).toBe('flavorMissing');
    expect(problems({ networkIds: [] }).network).toBe('networkMissing');
    expect(problems({ userData: 'x'.repeat(50_000) }).userData).toBe('userDataLong');
  });

  it('refuses a flavor that is too small for the image or too large for the quota', () => {
    expect(problems({ flavorId: 'f1' }).flavor).toBe('flavorSmall');
    expect(problems({ flavorId: 'f4' }).flavor).toBe('quota');
  });
});

describe('the quota left', () => {
  it('is what remains after the new server', () => {
    const [servers, vcpus, ram] = quotaAfter(limits, forNew(seed.flavors()[2]));
    expect(servers).toMatchObject({ used: 4, adding: 1, left: 5, over: false });
    expect(vcpus).toMatchObject({ used: 18, adding: 2, left: 0, over: false });
    expect(ram).toMatchObject({ used: 4_096, adding: 4_096, left: 12_288, over: false });
  });

  it('knows what does not fit, and what has no limit', () => {
    expect(quotaAfter(limits, forNew(seed.flavors()[3]))[1]).toMatchObject({ left: -2, over: true });
    expect(quotaAfter({ ...limits, maxTotalCores: -1 }, forNew(seed.flavors()[4]))[1]).toMatchObject({ max: null, left: null, over: false });
  });
});
