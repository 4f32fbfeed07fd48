// What lets one in when the second factor is lost.

/** Each good once; shown just now and never again. */
export interface RecoveryCodes {
  recoveryCodes: string[];
}
