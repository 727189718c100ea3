/** A mailbox on disk, beside what ought to be in it. */
import { mkdirSync, readdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export type Side = 'server' | 'local';
export const sides: readonly Side[] = ['server', 'local'];

const FOLDERS = ['Inbox', 'Inbox\\Projekte', 'Inbox\\Projekte\\Grüße 日本', 'Archive', 'Drafts'];

/** The messages that a finished run leaves on both sides, by path; and what each of them has been before. */
export class MailboxModel {
  readonly #folder: string;
  readonly #random: () => number;
  /** What stands on both sides once all has been synchronised. */
  readonly #whole = new Map<string, string>();
  /** Every text that any message has had: what is found must be one of these. */
  readonly #texts = new Set<string>();
  #number = 0;

  constructor(folder: string, random: () => number) {
    this.#folder = folder;
    this.#random = random;
    for (const side of sides) for (const name of FOLDERS) mkdirSync(this.#path(side, name), { recursive: true });
  }

  /** Changes on both sides, each message on one of them alone: new ones, other texts, and some that go. */
  change(count: number): void {
    const untouched = [...this.#whole.keys()];
    for (let i = 0; i < count; i++) {
      const side = sides[this.#upTo(1)] as Side;
      const kind = this.#random();
      const at = this.#upTo(untouched.length - 1);
      if (kind < 0.6 || untouched.length === 0) {
        this.#number += 1;
        this.#write(side, `${FOLDERS[this.#upTo(FOLDERS.length - 1)]}\\message ${this.#number}.eml`);
      } else if (kind < 0.8) {
        this.#write(side, untouched.splice(at, 1)[0] as string);
      } else {
        const message = untouched.splice(at, 1)[0] as string;
        unlinkSync(this.#path(side, message));
        this.#whole.delete(message);
      }
    }
  }

  /** After a run that was killed: what is wrong. Every message is there, on one side at least, and every file is whole. */
  problemsWhenKilled(): string[] {
    const problems: string[] = [];
    const found = new Set<string>();
    for (const side of sides) {
      for (const [message, text] of this.#messages(side)) {
        if (!this.#texts.has(text)) problems.push(`${side}\\${message} is not whole: ${text.length} bytes`);
        if (this.#whole.get(message) === text) found.add(message);
      }
    }
    for (const message of this.#whole.keys()) if (!found.has(message)) problems.push(`${message} is lost`);
    return problems;
  }

  /** After a finished run: what is wrong. Both sides are as they ought to be, to the byte, and nothing else is there. */
  problemsWhenFinished(): string[] {
    const problems: string[] = [];
    for (const side of sides) {
      const messages = this.#messages(side);
      for (const [message, text] of this.#whole) {
        const there = messages.get(message);
        if (there === undefined) problems.push(`${side}\\${message} is missing`);
        else if (there !== text) problems.push(`${side}\\${message} has another text`);
        messages.delete(message);
      }
      for (const message of messages.keys()) problems.push(`${side}\\${message} should not be there`);
      const others = this.#files(side).filter((file) => !file.endsWith('.eml'));
      for (const file of others) problems.push(`${side}\\${file} was left behind`);
    }
    return problems;
  }

  /** What a killed run has not brought yet: on how many sides a message is missing or old. */
  outstanding(): number {
    let count = 0;
    for (const side of sides) {
      const messages = this.#messages(side);
      for (const [message, text] of this.#whole) if (messages.get(message) !== text) count += 1;
    }
    return count;
  }

  #write(side: Side, message: string): void {
    const length = this.#random() < 0.1 ? 400_000 : this.#upTo(6000);
    const line = `${this.#number} ${this.#random()}\r\n`;
    const body = line.repeat(Math.ceil(length / line.length));
    const text = `Subject: ${message}\r\nX-Number: ${this.#number} ${this.#random()}\r\n\r\n${body}`;
    writeFileSync(this.#path(side, message), text);
    this.#whole.set(message, text);
    this.#texts.add(text);
  }

  #messages(side: Side): Map<string, string> {
    const names = this.#files(side).filter((file) => file.endsWith('.eml'));
    return new Map(names.map((name) => [name, readFileSync(this.#path(side, name), 'utf8')]));
  }

  #files(side: Side): string[] {
    const entries = readdirSync(this.#path(side, ''), { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(this.#path(side, ''), path.join(entry.parentPath, entry.name)));
  }

  #path(side: Side, name: string): string {
    return path.join(this.#folder, side, name);
  }

  #upTo(most: number): number {
    return Math.floor(this.#random() * (most + 1));
  }
}
