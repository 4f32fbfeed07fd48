// The server to be made, while it is being described: defaults, what is still wrong with it, and the request it becomes.
import type { Flavor, KeyPair, Limits, NewServer, Server } from '../../../api/compute';
import type { Image } from '../../../api/image';
import type { Network, SecurityGroup } from '../../../api/network';
import { fits, forNew, quotaAfter } from '../quota';

export interface Draft {
  name: string;
  description: string;
  imageId: string | null;
  flavorId: string | null;
  networkIds: readonly string[];
  groupIds: readonly string[];
  keyName: string | null;
  userData: string;
}

/** What the project has to choose from. */
export interface Choices {
  images: readonly Image[];
  flavors: readonly Flavor[];
  networks: readonly Network[];
  groups: readonly SecurityGroup[];
  keys: readonly KeyPair[];
  servers: readonly Pick<Server, 'name'>[];
  limits: Limits;
}

/** bytes, after encoding: what the compute API takes */
const USER_DATA_LIMIT = 65_535;

export const usableImages = (images: readonly Image[]) =>
  images.filter((image) => image.status === 'active').sort((left, right) => (left.name ?? '').localeCompare(right.name ?? ''));

/** External networks are for routers and floating addresses; servers stand behind them. */
export const usableNetworks = (networks: readonly Network[]) => networks.filter((network) => !network['router:external']);

export const bySize = (flavors: readonly Flavor[]) =>
  [...flavors].sort((left, right) => left.ram - right.ram || left.vcpus - right.vcpus || left.disk - right.disk);

/** A description that could be sent as it is, where the project has what it takes. */
export function defaults(choices: Choices): Draft {
  const images = usableImages(choices.images);
  const image = images.find((each) => /debian/i.test(each.name ?? '')) ?? images[0];
  const networks = usableNetworks(choices.networks);
  const network = networks.find((each) => !each.shared) ?? networks[0];
  return {
    name: freeName(choices.servers.map((server) => server.name)),
    description: '',
    imageId: image?.id ?? null,
    flavorId: smallestFlavor(choices, image)?.id ?? null,
    networkIds: network ? [network.id] : [],
    groupIds: choices.groups.filter((group) => group.name === 'default').slice(0, 1).map((group) => group.id),
    keyName: choices.keys[0]?.name ?? null,
    userData: '',
  };
}

export function smallestFlavor(choices: Choices, image: Image | undefined): Flavor | undefined {
  return bySize(choices.flavors).find((flavor) => fits(flavor, image) && !quotaAfter(choices.limits, forNew(flavor)).some((each) => each.over));
}

function freeName(taken: readonly string[]): string {
  for (let number = 1; ; number++) {
    const name = `server-${number}`;
    if (!taken.includes(name)) return name;
  }
}

export type Problem =
  | 'nameMissing'
  | 'nameLong'
  | 'descriptionLong'
  | 'imageMissing'
  | 'flavorMissing'
  | 'flavorSmall'
  | 'quota'
  | 'networkMissing'
  | 'userDataLong';

export type Problems = Partial<Record<'name' | 'description' | 'image' | 'flavor' | 'network' | 'userData', Problem>>;

/** What keeps the description from being sent, by field; empty when nothing does. */
export function problemsOf(draft: Draft, choices: Choices): Problems {
  const problems: Problems = {};
  const name = draft.name.trim();
  if (name === '') problems.name = 'nameMissing';
  else if (name.length > 255) problems.name = 'nameLong';
  if (draft.description.length > 255) problems.description = 'descriptionLong';

  const image = choices.images.find((each) => each.id === draft.imageId);
  const flavor = choices.flavors.find((each) => each.id === draft.flavorId);
  if (!image) problems.image = 'imageMissing';
  if (!flavor) problems.flavor = 'flavorMissing';
  else if (!fits(flavor, image)) problems.flavor = 'flavorSmall';
  else if (quotaAfter(choices.limits, forNew(flavor)).some((each) => each.over)) problems.flavor = 'quota';
  if (draft.networkIds.length === 0) problems.network = 'networkMissing';
  if (encode(draft.userData).length > USER_DATA_LIMIT) problems.userData = 'userDataLong';
  return problems;
}

/** The request for a description without problems. */
export function toRequest(draft: Draft, choices: Choices): NewServer {
  if (draft.imageId === null || draft.flavorId === null) throw new Error('a server needs an image and a flavor');
  const request: NewServer = {
    name: draft.name.trim(),
    imageRef: draft.imageId,
    flavorRef: draft.flavorId,
    networks: draft.networkIds.map((uuid) => ({ uuid })),
    config_drive: true,
  };
  if (draft.description.trim()) request.description = draft.description.trim();
  if (draft.keyName) request.key_name = draft.keyName;
  if (draft.groupIds.length > 0) request.security_groups = draft.groupIds.map((id) => ({ name: groupName(id, choices.groups) }));
  if (draft.userData.trim()) request.user_data = encode(draft.userData);
  return request;
}

/** A group is called by its name; by its id only where the name alone would not tell which. */
function groupName(id: string, groups: readonly SecurityGroup[]): string {
  const name = groups.find((group) => group.id === id)?.name;
  return name === undefined || groups.filter((group) => group.name === name).length > 1 ? id : name;
}

/** Base64 of the text's UTF-8. */
function encode(text: string): string {
  return btoa(String.fromCodePoint(...new TextEncoder().encode(text)));
}
