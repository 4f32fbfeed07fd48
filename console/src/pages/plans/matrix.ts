// The responsibility table outside of the page: as CSV for spreadsheets, and as a picture that needs no other file.
import type { Share } from '../../api/plans';

export interface Drawn {
  title: string;
  corner: string;
  parties: string[];
  rows: { name: string; cells: { share: Share; word: string; text: string }[] }[];
}

/** RFC 4180, with the mark by which spreadsheets know UTF-8. */
export function csvOf(drawn: Drawn): string {
  const rows = [
    [drawn.corner, ...drawn.parties],
    ...drawn.rows.map((row) => [row.name, ...row.cells.map((cell) => `${cell.word}: ${cell.text}`)]),
  ];
  return `\uFEFF${rows.map((row) => row.map(field).join(',')).join('\r\n')}\r\n`;
}

/** A text that a spreadsheet would take for a formula is kept a text. */
function field(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

const FIRST = 220;
const OTHER = 330;
const LINE = 18;
const PAD = 12;
const FILLS: Record<Share, string> = { whole: '#d3e7ff', part: '#fdf3d1', none: '#f4f4f4' };

/** Height and place of everything are worked out here, since a picture has no lines that break by themselves. */
export function svgOf(drawn: Drawn): string {
  const width = FIRST + OTHER * drawn.parties.length;
  const parts: string[] = [];
  let y = 44;
  const box = (x: number, wide: number, high: number, fill: string) =>
    parts.push(`<rect x="${x}" y="${y}" width="${wide}" height="${high}" fill="${fill}" stroke="#8c8c94"/>`);
  const lines = (x: number, texts: readonly string[], from: number, bold: boolean) => {
    texts.forEach((text, at) => {
      parts.push(`<text x="${x + PAD}" y="${y + PAD + 12 + (from + at) * LINE}"${bold ? ' font-weight="bold"' : ''}>${escaped(text)}</text>`);
    });
  };
  parts.push(`<text x="0" y="26" font-size="18" font-weight="bold">${escaped(drawn.title)}</text>`);
  const header = [drawn.corner, ...drawn.parties];
  const headerHeight = LINE + 2 * PAD;
  header.forEach((text, at) => {
    const x = at === 0 ? 0 : FIRST + OTHER * (at - 1);
    box(x, at === 0 ? FIRST : OTHER, headerHeight, '#e4e8ef');
    lines(x, [text], 0, true);
  });
  y += headerHeight;
  for (const row of drawn.rows) {
    const name = broken(row.name, FIRST - 2 * PAD);
    const texts = row.cells.map((cell) => broken(cell.text, OTHER - 2 * PAD));
    const high = Math.max(name.length, ...texts.map((text) => text.length + 1)) * LINE + 2 * PAD;
    box(0, FIRST, high, '#ffffff');
    lines(0, name, 0, true);
    row.cells.forEach((cell, at) => {
      const x = FIRST + OTHER * at;
      box(x, OTHER, high, FILLS[cell.share]);
      lines(x, [cell.word], 0, true);
      lines(x, texts[at] ?? [], 1, false);
    });
    y += high;
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width + 2}" height="${y + 2}" viewBox="-1 0 ${width + 2} ${y + 2}" role="img"`,
    ` font-family="'Noto Sans JP','Hiragino Sans','Yu Gothic',sans-serif" font-size="13" fill="#16191f">`,
    `<title>${escaped(drawn.title)}</title>${parts.join('')}</svg>\n`,
  ].join('');
}

/** Characters of Japanese are as wide as they are high, others half of that; Japanese may break anywhere but before a mark. */
export function broken(text: string, width: number): string[] {
  const pieces = text.match(/[\u3000-\u9fff\uff00-\uffef][、。）」・，．]*|[^\s\u3000-\u9fff\uff00-\uffef]+\s*|\s+/g) ?? [];
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const piece of pieces) {
    const wide = wideness(piece);
    if (line !== '' && used + wideness(piece.trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = '';
      used = 0;
    }
    line += piece;
    used += wide;
  }
  if (line.trim() !== '') lines.push(line.trimEnd());
  return lines;
}

const wideness = (text: string) => [...text].reduce((sum, character) => sum + (character > '\u2e7f' ? 13 : 7), 0);

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
