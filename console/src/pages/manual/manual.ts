// The manual of the version that runs: sections with plain blocks. It comes with the console's own files, when somebody first opens it.
import { queryOptions } from '@tanstack/react-query';
import type { Language } from '../../i18n';

export interface Span {
  look: 'plain' | 'strong' | 'code';
  text: string;
  /** of another site; absent where it leads nowhere from here */
  href?: string;
}

export type Block =
  | { kind: 'text'; spans: Span[] }
  | { kind: 'code'; text: string }
  | { kind: 'list'; ordered: boolean; items: Block[][] }
  | { kind: 'table'; head: Span[][]; rows: Span[][][] };

export interface Section {
  /** the same in both languages */
  id: string;
  /** 2: a section, 3: one inside of the one before */
  level: number;
  title: string;
  blocks: Block[];
}

export interface Manual {
  title: string;
  sections: Section[];
}

const loaders: Record<Language, () => Promise<{ default: Manual }>> = {
  ja: () => import('virtual:manual/ja'),
  en: () => import('virtual:manual/en'),
};

export const manualQuery = (language: Language) =>
  queryOptions({ queryKey: ['manual', language], queryFn: async () => (await loaders[language]()).default, staleTime: Infinity, gcTime: Infinity });

const spansText = (spans: readonly Span[]) => spans.map((span) => span.text).join('');

function blockText(block: Block): string {
  switch (block.kind) {
    case 'text':
      return spansText(block.spans);
    case 'code':
      return block.text;
    case 'list':
      return block.items.map((item) => item.map(blockText).join(' ')).join(' ');
    case 'table':
      return [block.head, ...block.rows].map((row) => row.map(spansText).join(' ')).join(' ');
  }
}

const texts = new WeakMap<Section, string>();

/** All that a section says, as one line. */
export function textOf(section: Section): string {
  let text = texts.get(section);
  if (text === undefined) {
    text = section.blocks.map(blockText).join(' ').replace(/\s+/g, ' ');
    texts.set(section, text);
  }
  return text;
}

/** A section with those inside of it. */
export function withInner(sections: readonly Section[], id: string): Section[] {
  const from = sections.findIndex((section) => section.id === id);
  if (from < 0) return [];
  const level = sections[from]!.level;
  const rest = sections.slice(from + 1);
  const end = rest.findIndex((section) => section.level <= level);
  return [sections[from]!, ...(end < 0 ? rest : rest.slice(0, end))];
}
