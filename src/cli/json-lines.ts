import type { OutputStream } from './terminal.js';

/** One JSON object a line. */
export class JsonLines {
  readonly #stream: OutputStream;

  constructor(stream: OutputStream) {
    this.#stream = stream;
  }

  /** Resolves when the stream takes more: a slow reader slows down what writes, instead of filling memory. */
  async write(object: object): Promise<void> {
    if (this.#stream.destroyed) return;
    if (this.#stream.write(`${JSON.stringify(object)}\n`)) return;
    await new Promise<void>((resolve) => {
      const go = (): void => {
        for (const event of events) this.#stream.off(event, go);
        resolve();
      };
      const events = ['drain', 'error', 'close'] as const;
      for (const event of events) this.#stream.once(event, go);
    });
  }
}
