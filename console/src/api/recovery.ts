// What lets one in when the second factor is lost.
import type { Service } from './service';

/** Each good once; shown just now and never again. */
export type RecoveryCodes = Service['RecoveryCodes'];
