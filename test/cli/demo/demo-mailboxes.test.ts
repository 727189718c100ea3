import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type DemoMessage, demoMailboxes, largeMessageSize } from '../../../src/cli/demo/demo-mailboxes.js';

const mailboxes = demoMailboxes().map(({ name, messages }) => ({ name, messages: [...messages()] }));
const messages: readonly DemoMessage[] = mailboxes.flatMap((mailbox) => mailbox.messages);
const pathOf = ({ folder, fileName }: DemoMessage): string => [...folder, fileName].join('\\');

describe('the demo’s mail', () => {
  it('is the same every time', () => {
    const digest = (boxes: Iterable<{ messages: Iterable<DemoMessage> }>): string => {
      const hash = createHash('sha256');
      for (const { messages } of boxes) {
        for (const message of messages) hash.update(`${message.side} ${pathOf(message)}\n`).update(message.bytes);
      }
      return hash.digest('hex');
    };
    expect(digest(demoMailboxes().map((box) => ({ messages: box.messages() })))).toBe(digest(mailboxes));
  });

  it('is at least 300 messages in two mailboxes, in nested folders', () => {
    expect(mailboxes).toHaveLength(2);
    expect(messages.length).toBeGreaterThanOrEqual(300);
    expect(messages.some(({ folder }) => folder.length >= 3)).toBe(true);
  });

  it('gives work in both directions, in each mailbox', () => {
    for (const mailbox of mailboxes) {
      for (const side of ['server', 'local', 'both']) {
        expect(mailbox.messages.filter((message) => message.side === side).length).toBeGreaterThan(10);
      }
    }
  });

  it('has folders and files in several writings, all of them names that Windows takes', () => {
    const names = messages.flatMap(({ folder, fileName }) => [...folder, fileName]);
    for (const writing of ['Latin', 'Han', 'Hiragana', 'Greek', 'Cyrillic']) {
      expect(names.some((name) => new RegExp(`\\p{Script=${writing}}`, 'u').test(name))).toBe(true);
    }
    expect(names.some((name) => /\p{Emoji_Presentation}/u.test(name))).toBe(true);
    for (const name of names) {
      expect(name).not.toMatch(/[<>:"/\\|?*\r\n]|[. ]$/);
      expect(name.length).toBeLessThanOrEqual(200);
    }
  });

  it('has no two messages of the same path, even where case makes no difference', () => {
    for (const mailbox of mailboxes) {
      expect(new Set(mailbox.messages.map((message) => pathOf(message).toLowerCase())).size).toBe(
        mailbox.messages.length,
      );
    }
  });

  it('has paths of more than 260 characters, an empty message and one of 25 MB', () => {
    expect(messages.some((message) => pathOf(message).length > 260)).toBe(true);
    expect(messages.filter(({ bytes }) => bytes.length === 0)).toHaveLength(1);
    const large = messages.filter(({ bytes }) => bytes.length >= largeMessageSize);
    expect(large).toHaveLength(1);
    expect(large[0]?.bytes.length).toBeLessThan(largeMessageSize * 1.01);
  });

  it('is of RFC 5322: CRLF at every end, ASCII headers, a date, a sender, a message id of its own', () => {
    const ids = new Set<string>();
    let eightBit = 0;
    for (const { bytes } of messages) {
      if (bytes.length === 0 || bytes.length >= largeMessageSize) continue;
      const text = Buffer.from(bytes).toString('latin1');
      expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
      expect(text.endsWith('\r\n')).toBe(true);
      expect(Math.max(...text.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
      const headers = text.slice(0, text.indexOf('\r\n\r\n'));
      expect(headers).toMatch(/^[\r\n -~]*$/);
      expect(headers).toMatch(
        /^Date: (Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{1,2} [A-Z][a-z]{2} 2025 \d\d:\d\d:\d\d \+0\d00$/m,
      );
      expect(headers).toMatch(/^From: .* <[^ <>]+@[^ <>]+>$/m);
      const id = /^Message-ID: (<[^ <>]+>)\r$/m.exec(headers)?.[1] ?? '';
      expect(id).not.toBe('');
      ids.add(id);
      if (/[^\0-\x7f]/.test(text)) eightBit++;
    }
    expect(ids.size).toBe(messages.length - 2);
    expect(eightBit).toBeGreaterThan(50);
  });
});
