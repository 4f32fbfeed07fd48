// Where the console shows the thing of a kind, where the service has it, and what it is called there.

interface Place {
  api: (id: string) => string;
  /** Absent where the console has no page for it. */
  page?: (id: string) => string;
}

const network = (collection: string) => (id: string) => `/network/v2.0/${collection}/${id}`;
const compute = (collection: string) => (id: string) => `/compute/v2.1/${collection}/${id}`;

/** By the kind in the event. */
export const PLACES: Record<string, Place> = {
  'compute/server': { api: compute('servers'), page: (id) => `/servers/${id}` },
  'compute/flavor': { api: compute('flavors') },
  'network/network': { api: network('networks'), page: (id) => `/networks/${id}` },
  'network/subnet': { api: network('subnets') },
  'network/port': { api: network('ports') },
  'network/security-group': { api: network('security-groups'), page: (id) => `/security-groups/${id}` },
  'network/router': { api: network('routers'), page: () => '/routers' },
  'network/floatingip': { api: network('floatingips'), page: () => '/floating-addresses' },
  'image/image': { api: (id) => `/image/v2/images/${id}`, page: () => '/images' },
  'service/plan': { api: (id) => `/service/v1/plans/${id}`, page: (id) => `/plans/${id}` },
};

/** By the name of a fact or the last part of a field: of which kind the thing is whose id stands there. */
export const KINDS: Record<string, string> = {
  server: 'compute/server',
  flavor_id: 'compute/flavor',
  image: 'image/image',
  image_id: 'image/image',
  network_id: 'network/network',
  floating_network_id: 'network/network',
  address_on_network: 'network/network',
  subnet_id: 'network/subnet',
  subnets: 'network/subnet',
  port_id: 'network/port',
  router_id: 'network/router',
  group_id: 'network/security-group',
  remote_group_id: 'network/security-group',
  security_groups: 'network/security-group',
  members: 'compute/server',
};
