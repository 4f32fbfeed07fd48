// A private address range that the project does not use yet.

/** 10.1.0.0/24, 10.2.0.0/24 …: the first whose 10.n is in no given range. */
export function freeRange(taken: readonly string[]): string {
  for (let number = 1; number < 255; number++) {
    if (!taken.some((cidr) => cidr.startsWith(`10.${number}.`))) return `10.${number}.0.0/24`;
  }
  return '';
}
