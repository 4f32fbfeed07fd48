// The compute API's actions in the words of the `openstack` client.
import type { NewServer, ServerAction, ServerChange } from './compute';
import { fileOf } from './commands';

/** The version from which on the client knows a server's description. */
const DESCRIBED = ['--os-compute-api-version', '2.79'];

/** A name of the visitor's own: what begins with a dash is not taken for an option. */
export const own = (name: string): string[] => (name.startsWith('-') ? ['--', name] : [name]);

/** An option with a text of the visitor's own. */
export const option = (name: string, text: string): string[] => (text.startsWith('-') ? [`${name}=${text}`] : [name, text]);

export function createWords(server: NewServer): string[] {
  const words = [...DESCRIBED, 'server', 'create', '--image', server.imageRef, '--flavor', server.flavorRef];
  for (const network of server.networks) words.push('--network', network.uuid);
  for (const group of server.security_groups ?? []) words.push(...option('--security-group', group.name));
  if (server.key_name) words.push(...option('--key-name', server.key_name));
  if (server.description) words.push(...option('--description', server.description));
  if (server.user_data) words.push('--user-data', fileOf(new TextDecoder().decode(Uint8Array.from(atob(server.user_data), (each) => each.charCodeAt(0)))));
  if (server.config_drive) words.push('--use-config-drive');
  return [...words, ...own(server.name)];
}

export function changeWords(id: string, { name, description }: ServerChange): string[] {
  const words = [...(description === undefined ? [] : DESCRIBED), 'server', 'set'];
  if (name !== undefined) words.push(...option('--name', name));
  if (description !== undefined) words.push(...option('--description', description ?? ''));
  return [...words, id];
}

export function actionWords(id: string, action: ServerAction): string[] {
  if ('os-start' in action) return ['server', 'start', id];
  if ('os-stop' in action) return ['server', 'stop', id];
  if ('reboot' in action) return ['server', 'reboot', action.reboot.type === 'HARD' ? '--hard' : '--soft', id];
  if ('rescue' in action) {
    const image = action.rescue.rescue_image_ref;
    return ['server', 'rescue', ...(image ? ['--image', image] : []), id];
  }
  if ('resize' in action) return ['server', 'resize', '--flavor', action.resize.flavorRef, id];
  if ('confirmResize' in action) return ['server', 'resize', 'confirm', id];
  if ('revertResize' in action) return ['server', 'resize', 'revert', id];
  if ('rebuild' in action) return ['server', 'rebuild', '--image', action.rebuild.imageRef, id];
  if ('createImage' in action) return ['server', 'image', 'create', ...option('--name', action.createImage.name), id];
  const [verb = ''] = Object.keys(action);
  return ['server', verb, id];
}
