import { Chalk, type ChalkInstance } from 'chalk';
import type { Diagnostic, Place, Severity } from './diagnostic.ts';
import { type Locate, positionOf } from './order.ts';
import { plainText } from './plain-text.ts';

const MAX_LINE = 160;

/**
 * Diagnostics for a person: severity, code, message, code frame, consequence, related places and the fix.
 * `color`: ANSI colours on or off; nothing else depends on the terminal.
 */
export function printPretty(found: readonly Diagnostic[], locate: Locate, color: boolean): string {
  const chalk = new Chalk({ level: color ? 1 : 0 });
  return found.map((one) => printOne(one, locate, chalk)).join('\n');
}

/** `2 errors, 1 warning`. */
export function summarize(found: readonly Diagnostic[]): string {
  const words: string[] = [];
  for (const severity of ['error', 'warning', 'info'] as const) {
    const count = found.filter((one) => one.severity === severity).length;
    if (count > 0) words.push(`${count} ${severity}${count === 1 || severity === 'info' ? '' : 's'}`);
  }
  return words.length === 0 ? 'no findings' : words.join(', ');
}

function printOne(one: Diagnostic, locate: Locate, chalk: ChalkInstance): string {
  const target = one.target === undefined ? '' : chalk.dim(` [${one.target}]`);
  const lines = [`${paint(one.severity, chalk)} ${chalk.bold(one.code)}${target} ${plainText(one.message)}`];
  if (one.at !== undefined) {
    const [head = '', ...code] = frame(one.at, '', locate, chalk);
    lines.push(head, ...(one.confidential === true ? [] : code));
  }
  for (const other of one.related) lines.push(...frame(other.at, plainText(other.message), locate, chalk));
  lines.push(
    `  ${chalk.dim('why')} ${plainText(one.consequence)}`,
    `  ${chalk.dim('fix')} ${plainText(one.fix)}`,
    '',
  );
  return lines.join('\n');
}

function paint(severity: Severity, chalk: ChalkInstance): string {
  const color = { error: chalk.red, warning: chalk.yellow, info: chalk.blue }[severity];
  return color(severity);
}

function frame(at: Place, note: string, locate: Locate, chalk: ChalkInstance): string[] {
  const { file, line, column } = positionOf(at, locate);
  const where = line === undefined ? file : `${file}:${line}:${column ?? 1}`;
  const head = `  ${note === '' ? chalk.dim('at') : chalk.dim('see')} ${chalk.cyan(plainText(where))}${note === '' ? '' : `  ${note}`}`;
  const found = locate(at);
  if (found === undefined) return [head];
  const start = Math.max(0, found.column - 1 - MAX_LINE / 2);
  const end = Math.min(found.lineText.length, start + MAX_LINE);
  const before = plainText(found.lineText.slice(start, found.column - 1));
  const marked = plainText(found.lineText.slice(found.column - 1, Math.min(found.endColumn - 1, end)));
  const after = plainText(found.lineText.slice(Math.min(found.endColumn - 1, end), end));
  const number = String(found.line);
  const cut = start > 0 ? '…' : '';
  return [
    head,
    `  ${chalk.dim(`${number} |`)} ${cut}${before}${marked}${after}${end < found.lineText.length ? '…' : ''}`,
    `  ${' '.repeat(number.length)} ${chalk.dim('|')} ${' '.repeat(cut.length + before.length)}${chalk.red('^'.repeat(Math.max(1, marked.length)))}`,
  ];
}
