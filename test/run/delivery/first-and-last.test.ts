import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FirstAndLast } from '../../../src/run/delivery/first-and-last.js';

describe('the first and the last of a sequence', () => {
  it('are what a plain list says they are, whatever is taken meanwhile', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 100 }), fc.integer({ min: 1, max: 5 }), (pushes, most) => {
        const kept = new FirstAndLast<number>(most, 1000);
        const model: number[] = [];
        const dropped: number[] = [];
        pushes.forEach((isPush, index) => {
          if (isPush) {
            kept.push(index, 1, (item, next) => {
              dropped.push(item);
              expect(next).toBeGreaterThan(item);
            });
            model.push(index);
            if (model.length > 2 * most) expect(dropped.at(-1)).toBe(model.splice(most, 1)[0]);
          } else {
            expect(kept.shift()).toBe(model.shift());
          }
          expect(kept.size).toBe(model.length);
        });
        expect(kept.toArray()).toEqual(model);
      }),
    );
  });

  it('are bounded in their text as well, but for the very last', () => {
    const kept = new FirstAndLast<number>(1000, 10);
    for (let item = 0; item < 100; item += 1) kept.push(item, 4);
    expect(kept.toArray()).toEqual([0, 1, 98, 99]);
    kept.push(100, 11);
    expect(kept.toArray()).toEqual([0, 1, 100]);
  });
});
