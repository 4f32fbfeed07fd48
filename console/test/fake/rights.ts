// What a role may do, as the service's own policy has it.
import { readFileSync } from 'node:fs';

const PROVIDERS = ['auditor', 'service-operator', 'security-officer', 'admin'];
const HELD = {
  reader: ['any', 'reader'],
  master: ['any', 'reader', 'member', 'manager', 'billing'],
  auditor: ['any', 'auditor'],
  'service-operator': ['any', 'auditor', 'service-operator'],
  'security-officer': ['any', 'auditor', 'security-officer'],
} as const;
/** In their own project, where a line names none of the provider's people. */
const AT_HOME: Partial<Record<keyof typeof HELD, readonly string[]>> = { auditor: ['reader'], 'security-officer': ['reader'], 'service-operator': ['reader', 'member'] };

export function rightsOf(role: keyof typeof HELD): string[] {
  const lines = readFileSync('../cloud/src/main/resources/policy.conf', 'utf8').split('\n').filter((line) => /^[a-z-]+:[a-z:-]+\s/.test(line));
  return lines.flatMap((line) => {
    const [action = '', ...least] = line.split(/\s+/);
    const held: readonly string[] = least.some((each) => PROVIDERS.includes(each)) ? HELD[role] : [...HELD[role], ...(AT_HOME[role] ?? [])];
    return least.some((each) => held.includes(each)) ? [action] : [];
  });
}
