// The image API: listing, visibility, and the upload of a disk image with its progress.
import { action, as, keeping, variable, type Act } from './act';
import { option, own } from './computeWords';
import { ApiError, call, commonHeaders, sentence } from './http';

const BASE = '/image/v2';

export type Visibility = 'public' | 'private' | 'shared' | 'community';
export type DiskFormat = 'qcow2' | 'raw';

export interface Image {
  id: string;
  name: string | null;
  status: string;
  visibility: Visibility;
  owner: string | null;
  disk_format: string | null;
  /** bytes; null while nothing has been uploaded */
  size: number | null;
  virtual_size?: number | null;
  /** GiB */
  min_disk: number;
  /** MiB */
  min_ram: number;
  protected: boolean;
  checksum: string | null;
  os_hash_algo?: string | null;
  os_hash_value?: string | null;
  os_distro?: string;
  os_version?: string;
  description?: string;
  created_at: string;
  updated_at: string;
}

export interface NewImage {
  name: string;
  disk_format: DiskFormat;
  container_format: 'bare';
  visibility: Visibility;
  min_disk?: number;
  min_ram?: number;
  hw_firmware_type?: 'bios' | 'uefi';
}

interface Page {
  images: Image[];
  next?: string;
}

export async function listImages(signal?: AbortSignal): Promise<Image[]> {
  const all: Image[] = [];
  let path: string | undefined = `${BASE}/images?limit=500`;
  while (path !== undefined) {
    const page: Page = await call('GET', path, { signal });
    all.push(...page.images);
    path = page.next ? `/image${page.next.replace(/^\/image/, '')}` : undefined;
  }
  return all;
}

/** With the name of a file, the client sends it in the same command. */
export const createImage = action(
  (image: NewImage, file?: string) => ({ method: 'POST', path: `${BASE}/images`, body: image, made: 'id', client: [createWords(image, file)] }),
  as<Image>(),
);
export const deleteImage = action((id: string) => ({ method: 'DELETE', path: `${BASE}/images/${id}`, client: [['image', 'delete', id]] }));
const PATCH = 'application/openstack-images-v2.1-json-patch';

export const renameImage = action(
  (id: string, name: string) => ({
    method: 'PATCH',
    path: `${BASE}/images/${id}`,
    contentType: PATCH,
    body: [{ op: 'replace', path: '/name', value: name }],
    client: [['image', 'set', ...option('--name', name), id]],
  }),
  as<Image>(),
);
/** A property of the image's own, which is there only where it says something. */
export const explainImage = action(
  (image: Image, description: string) => ({
    method: 'PATCH',
    path: `${BASE}/images/${image.id}`,
    contentType: PATCH,
    body: description ? [{ op: 'add', path: '/description', value: description }] : image.description === undefined ? [] : [{ op: 'remove', path: '/description' }],
    client: [description ? ['image', 'set', '--property', `description=${description}`, image.id] : ['image', 'unset', '--property', 'description', image.id]],
  }),
  as<Image>(),
);
export const changeVisibility = action(
  (id: string, visibility: Visibility) => ({
    method: 'PATCH',
    path: `${BASE}/images/${id}`,
    contentType: PATCH,
    body: [{ op: 'replace', path: '/visibility', value: visibility }],
    client: [['image', 'set', `--${visibility}`, id]],
  }),
  as<Image>(),
);

/** What registers an image and sends its file, to be shown. */
export const describeUpload = (image: NewImage, file: string): readonly Act[] => [
  keeping(createImage.describe(image, file), 'IMAGE_ID'),
  // The client has sent it already.
  { method: 'PUT', path: `${BASE}/images/${variable('IMAGE_ID')}/file`, file, client: [] },
];

function createWords(image: NewImage, file?: string): string[] {
  const words = ['image', 'create', '--disk-format', image.disk_format, '--container-format', image.container_format, `--${image.visibility}`];
  if (image.min_disk !== undefined) words.push('--min-disk', String(image.min_disk));
  if (image.min_ram !== undefined) words.push('--min-ram', String(image.min_ram));
  if (image.hw_firmware_type) words.push('--property', `hw_firmware_type=${image.hw_firmware_type}`);
  if (file !== undefined) words.push('--file', file);
  return [...words, ...own(image.name)];
}

/** Sends the file; `progress` hears the bytes sent so far. fetch() cannot report that, hence XMLHttpRequest. */
export function uploadImage(id: string, file: Blob, progress: (sent: number) => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const path = `${BASE}/images/${id}/file`;
    const request = new XMLHttpRequest();
    request.open('PUT', path);
    for (const [name, value] of Object.entries(commonHeaders(path))) request.setRequestHeader(name, value);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.upload.onprogress = (event) => progress(event.loaded);
    request.onload = () => {
      if (request.status < 300) resolve();
      else reject(new ApiError(request.status, sentence(request.responseText), request.getResponseHeader('x-openstack-request-id') ?? undefined));
    };
    request.onerror = () => reject(new ApiError(0, ''));
    request.onabort = () => reject(new DOMException('aborted', 'AbortError'));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}
