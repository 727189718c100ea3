/** What a flood does to the event loop: gaps between its turns, the longest callback, timers that fire late. */

const requestImmediate = globalThis.setImmediate;

/** Watches all callbacks of setImmediate that others ask for from now on: how long the longest took, in ms. */
export function watchImmediates() {
  const seen = { longestMs: 0 };
  globalThis.setImmediate = (callback, ...args) =>
    requestImmediate(() => {
      const begin = performance.now();
      try {
        callback(...args);
      } finally {
        seen.longestMs = Math.max(seen.longestMs, performance.now() - begin);
      }
    });
  return seen;
}

/** Takes the time of each turn of the loop until `stop` is called, which answers the gaps in ms. */
export function watchGaps() {
  const gaps = [];
  let running = true;
  let before = performance.now();
  const turn = () => {
    const now = performance.now();
    gaps.push(now - before);
    before = now;
    if (running) requestImmediate(turn);
  };
  requestImmediate(turn);
  return () => {
    running = false;
    return gaps;
  };
}

/** Asks for a timer again and again until `stop` is called, which answers how late each was, in ms. */
export function watchTimer(ms) {
  const late = [];
  let before = performance.now();
  let timer = setTimeout(function fire() {
    const now = performance.now();
    late.push(now - before - ms);
    before = now;
    timer = setTimeout(fire, ms);
  }, ms);
  return () => {
    clearTimeout(timer);
    return late;
  };
}
