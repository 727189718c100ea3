/** The ways in which a provider's progress gets to JavaScript, and the one in which it does not. */
export const WAYS = {
  latest: {
    title: "mapisync, 'latest', listener",
    module: 'mapisync',
    how: { delivery: 'latest', reader: 'listener' },
    events: 1_000_000,
  },
  every: {
    title: "mapisync, 'every', listener",
    module: 'mapisync',
    how: { delivery: 'every', reader: 'listener' },
    events: 1_000_000,
  },
  forAwait: {
    title: "mapisync, 'every', for await",
    module: 'mapisync',
    how: { delivery: 'every', reader: 'for await' },
    events: 1_000_000,
  },
  plain: { title: 'a thread-safe function an event', module: 'client', how: { listens: true }, events: 1_000_000 },
  koffi: { title: 'koffi', module: 'koffi', how: {}, events: 5_000 },
  floor: { title: 'C++ callback that does nothing', module: 'client', how: { listens: false }, events: 1_000_000 },
};

/** Logs on and opens the default store of a profile. @param {keyof typeof WAYS} way */
export async function openWay(way, profile) {
  const { module, how } = WAYS[way];
  const { open } = await import(`./ways/${module}.mjs`);
  return await open(profile, how);
}
