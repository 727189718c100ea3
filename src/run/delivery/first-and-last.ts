/**
 * Keeps the first and the last items of a sequence, bounded in number and in text however long the sequence is. The items
 * between them are dropped.
 */
export class FirstAndLast<T> {
  readonly #mostItems: number;
  readonly #mostUnits: number;
  readonly #first = new Queue<T>();
  readonly #last = new Queue<T>();

  /**
   * @param mostItems How many items are kept of the first, and how many of the last.
   * @param mostUnits How many UTF-16 units of text these items may have, in either part.
   */
  constructor(mostItems: number, mostUnits: number) {
    this.#mostItems = mostItems;
    this.#mostUnits = mostUnits;
  }

  get size(): number {
    return this.#first.size + this.#last.size;
  }

  /** Appends an item that has so many units of text. `onDrop` is called with each item that is dropped and the one after it. */
  push(item: T, units: number, onDrop?: (dropped: T, next: T) => void): void {
    this.#last.push(item, units);
    for (;;) {
      const oldest = this.#last.peek();
      if (oldest === undefined) return;
      if (this.#fits(this.#first, this.#last.unitsOfOldest, 1)) {
        const oldestUnits = this.#last.unitsOfOldest;
        this.#last.shift();
        this.#first.push(oldest, oldestUnits);
      } else if (this.#last.size > 1 && !this.#fits(this.#last, 0, 0)) {
        this.#last.shift();
        onDrop?.(oldest, this.#last.peek() as T);
      } else {
        return;
      }
    }
  }

  /** Takes the oldest item; undefined when there is none. */
  shift(): T | undefined {
    return this.#first.size > 0 ? this.#first.shift() : this.#last.shift();
  }

  toArray(): T[] {
    return [...this.#first.toArray(), ...this.#last.toArray()];
  }

  #fits(queue: Queue<T>, moreUnits: number, moreItems: number): boolean {
    return queue.size + moreItems <= this.#mostItems && queue.units + moreUnits <= this.#mostUnits;
  }
}

/** First in, first out. Counts the units of text that it holds. */
class Queue<T> {
  #items: T[] = [];
  #unitsOf: number[] = [];
  #head = 0;
  units = 0;

  get size(): number {
    return this.#items.length - this.#head;
  }

  get unitsOfOldest(): number {
    return this.#unitsOf[this.#head] ?? 0;
  }

  peek(): T | undefined {
    return this.#items[this.#head];
  }

  push(item: T, units: number): void {
    this.#items.push(item);
    this.#unitsOf.push(units);
    this.units += units;
  }

  shift(): T | undefined {
    if (this.size === 0) return undefined;
    const item = this.#items[this.#head];
    this.units -= this.unitsOfOldest;
    this.#head += 1;
    // The items that are left are moved when no more are left than have been taken: a constant cost per item.
    if (this.#head * 2 >= this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#unitsOf = this.#unitsOf.slice(this.#head);
      this.#head = 0;
    }
    return item;
  }

  toArray(): T[] {
    return this.#items.slice(this.#head);
  }
}
