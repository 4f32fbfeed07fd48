// A list of addresses and prefixes as one types it: one a line, commas and spaces do as well. The service judges each of them.

export function prefixesOf(text: string): string[] {
  return [...new Set(text.split(/[\s,、，]+/).filter((part) => part !== ''))];
}

export const textOf = (prefixes: readonly string[]) => prefixes.join('\n');
