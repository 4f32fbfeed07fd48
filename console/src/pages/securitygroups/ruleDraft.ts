// A firewall rule while it is being described, and the API's rules that it becomes (one per IP version where both are meant).
import type { NewRule, Rule } from '../../api/network';
import { parseRange, PRESETS, PRESET_NAMES, type Preset } from './rules';

export { PRESET_NAMES };

export interface RuleDraft {
  kind: Preset | 'customTcp' | 'customUdp';
  ports: string;
  remote: 'anywhere' | 'range' | 'group';
  range: string;
  groupId: string | null;
  description: string;
}

export const emptyRule = (): RuleDraft => ({ kind: 'ssh', ports: '', remote: 'anywhere', range: '', groupId: null, description: '' });

/** "80" or "8000-8080" → first and last port; null when it is neither. */
export function parsePorts(text: string): { from: number; to: number } | null {
  const match = /^\s*(\d{1,5})\s*(?:[-–]\s*(\d{1,5})\s*)?$/.exec(text);
  if (!match) return null;
  const from = Number(match[1]);
  const to = Number(match[2] ?? match[1]);
  return from >= 1 && from <= to && to <= 65_535 ? { from, to } : null;
}

export function problemOfRule(draft: RuleDraft): 'ports' | 'range' | 'group' | null {
  if ((draft.kind === 'customTcp' || draft.kind === 'customUdp') && parsePorts(draft.ports) === null) return 'ports';
  if (draft.remote === 'range' && parseRange(draft.range) === null) return 'range';
  if (draft.remote === 'group' && draft.groupId === null) return 'group';
  return null;
}

/** The rules for a description without problems. */
export function draftRules(draft: RuleDraft, groupId: string, direction: Rule['direction']): Partial<NewRule>[] {
  const range = draft.remote === 'range' ? parseRange(draft.range) : null;
  const versions = range ? [range.ethertype] : (['IPv4', 'IPv6'] as const);
  return versions.map((ethertype) => ({
    security_group_id: groupId,
    direction,
    ethertype,
    ...matching(draft, ethertype),
    ...(range ? { remote_ip_prefix: range.prefix } : {}),
    ...(draft.remote === 'group' ? { remote_group_id: draft.groupId } : {}),
    ...(draft.description.trim() ? { description: draft.description.trim() } : {}),
  }));
}

function matching(draft: RuleDraft, ethertype: Rule['ethertype']): Partial<NewRule> {
  if (draft.kind === 'customTcp' || draft.kind === 'customUdp') {
    const ports = parsePorts(draft.ports);
    const protocol = draft.kind === 'customTcp' ? 'tcp' : 'udp';
    return ports ? { protocol, port_range_min: ports.from, port_range_max: ports.to } : { protocol };
  }
  const preset = PRESETS[draft.kind];
  const protocol = preset.protocol === 'icmp' && ethertype === 'IPv6' ? 'ipv6-icmp' : preset.protocol;
  return {
    ...(protocol === null ? {} : { protocol }),
    ...(preset.from === null ? {} : { port_range_min: preset.from, port_range_max: preset.to }),
  };
}
