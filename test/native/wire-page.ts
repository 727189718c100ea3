/** The frames of docs/wire.md: its fenced blocks, whose lines are bytes in hexadecimal, two spaces or more, and words. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

export interface PageFrame {
  /** What follows the fence, without its first word. */
  readonly title: string;
  readonly bytes: Buffer;
}

/** @param kind The first word after the fence. */
export function framesOfPage(kind: 'frame' | 'malformed'): PageFrame[] {
  const page = readFileSync(path.join(import.meta.dirname, '..', '..', 'docs', 'wire.md'), 'utf8');
  const blocks = page.replaceAll('\r', '').matchAll(/^```(\w+) (.+)\n([^`]*)^```$/gm);
  return [...blocks]
    .filter(([, word]) => word === kind)
    .map(([, , title = '', lines = '']) => ({ title, bytes: bytesOf(lines) }));
}

function bytesOf(lines: string): Buffer {
  const hex = lines.split('\n').flatMap((line) => (line.split('  ')[0] ?? '').split(' '));
  const digits = hex.filter((word) => word !== '');
  const wrong = digits.find((word) => !/^[0-9A-F]{2}$/.test(word));
  if (wrong !== undefined) throw new Error(`docs/wire.md has a word that is not hexadecimal: ${wrong}`);
  return Buffer.from(digits.join(''), 'hex');
}
