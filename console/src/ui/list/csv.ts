// A list as a file for spreadsheets.
import type { Column } from '../ResourceTable';
import { textOf } from './sift';

/** A spreadsheet would run what begins so as a formula (OWASP, "CSV Injection"), also in the wide letters that Japanese keyboards give. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** RFC 4180; begins with the mark by which Excel knows UTF-8. */
export function toCsv<T>(items: readonly T[], columns: readonly Column<T>[]): string {
  const shown = columns.filter((column) => column.value);
  const lines = [
    shown.map((column) => cell(column.header)),
    ...items.map((item) => shown.map((column) => cell(column.words ? textOf(column, item) : (column.value?.(item) ?? '')))),
  ];
  return `\uFEFF${lines.map((line) => `${line.join()}\r\n`).join('')}`;
}
