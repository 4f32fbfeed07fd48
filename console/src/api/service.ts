// The types of the service API, from the description that the service's code makes of itself (see ../../openapi).
import type { components, paths } from './service.gen';

/** What the service answers and takes, by the names of its description. */
export type Service = components['schemas'];

type Content<R> = R extends { content: { 'application/json': infer T } } ? T : never;
type Good<O> = O extends { responses: infer R } ? { [S in keyof R & (200 | 201 | 202)]: Content<R[S]> }[keyof R & (200 | 201 | 202)] : never;

/** The answer to GET at an address, as it stands in the description. */
export type Got<P extends keyof paths> = Good<paths[P]['get']>;
