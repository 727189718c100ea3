/** From measurements to what is told: a row for each way, and a row for each figure that is to be reached. */
import { median, summary } from './statistics.mjs';
import { WAYS } from './ways.mjs';

const MEGABYTE = 1024 * 1024;

/** The summary of one number of each round. */
const of = (rounds, pick) => summary(rounds.map(pick));
const rounded = (value, digits = 1) =>
  Number(value.toPrecision(Math.max(1, Math.ceil(Math.log10(Math.abs(value) + 1)) + digits)));

/** A row for each way. */
export function waysOf({ ways }) {
  if (ways === undefined) return [];
  return Object.entries(ways.ways).map(([way, rounds]) => ({
    way,
    title: WAYS[way].title,
    floodNs: of(rounds, ({ flood }) => flood.nsPerCall),
    burstNs: of(rounds, ({ burst }) => burst.nsPerCall),
    alone: rounds[0].blocked === undefined ? null : of(rounds, ({ blocked }) => blocked.nsPerCall),
    delivered: median(rounds.map(({ flood }) => flood.delivered)),
    calls: median(rounds.map(({ flood }) => flood.calls)),
    perSecond: of(rounds, ({ flood }) => flood.perSecond),
    memoryGrowth: of(rounds, ({ flood }) => flood.memoryGrowth),
  }));
}

/** A row for each figure: what, measured, target, and whether it is met. Parts that were left out have no rows. */
export function figuresOf(results) {
  return Object.entries(FIGURES).flatMap(([part, rowsOf]) =>
    results[part] === undefined ? [] : rowsOf(results[part]),
  );
}

function atMost(what, value, limit, text) {
  return {
    what,
    measured: text ?? String(rounded(value)),
    target: `at most ${limit.text ?? limit}`,
    met: value <= (limit.value ?? limit),
  };
}

function atLeast(what, value, limit, text) {
  return {
    what,
    measured: text ?? String(rounded(value)),
    target: `at least ${limit.text ?? limit}`,
    met: value >= (limit.value ?? limit),
  };
}

const FIGURES = {
  ways: ({ ways, emptyCall }) => {
    const flood = (way) => median(ways[way].map((round) => round.flood.nsPerCall));
    const burst = (way) => median(ways[way].map((round) => round.burst.nsPerCall));
    const rate = (way) => median(ways[way].map((round) => round.flood.perSecond));
    const empty = median(emptyCall);
    // What the provider's own loop takes is in both, and is no part of a call.
    const alone = median(ways.latest.map((round) => round.blocked.nsPerCall)) - floorOf(ways) + empty;
    const share = (ours, theirs) => `1/${rounded(theirs / ours)}`;
    return [
      atMost(
        "'latest': cost of a Progress, of the thread-safe function's",
        flood('latest') / flood('plain'),
        { text: '1/10', value: 1 / 10 },
        share(flood('latest'), flood('plain')),
      ),
      atMost(
        "'latest': cost of a Progress, of koffi's",
        flood('latest') / flood('koffi'),
        { text: '1/1000', value: 1 / 1000 },
        share(flood('latest'), flood('koffi')),
      ),
      atMost(
        "'latest', uncontended, of an empty call",
        alone / empty,
        { text: '25 times', value: 25 },
        `${rounded(alone / empty)} times (${rounded(alone)} ns, ${rounded(empty, 2)} ns)`,
      ),
      atMost(
        "'every', bursts below the bound: cost, of the thread-safe function's",
        burst('every') / burst('plain'),
        { text: '1/6', value: 1 / 6 },
        share(burst('every'), burst('plain')),
      ),
      atLeast(
        "'every', listener: events/s, of the thread-safe function's",
        rate('every') / rate('plain'),
        { text: '8 times', value: 8 },
        `${rounded(rate('every') / rate('plain'))} times`,
      ),
      atLeast(
        "'every', for await: events/s, of the thread-safe function's",
        rate('forAwait') / rate('plain'),
        { text: '3 times', value: 3 },
        `${rounded(rate('forAwait') / rate('plain'))} times`,
      ),
    ];
  },
  blocked: ({ latest: [latest], every: [every] }) => [
    atMost(
      "10 M calls, JavaScript blocked for 3 s, 'latest': bytes in use",
      latest.bytesMax,
      { text: '1 MB', value: MEGABYTE },
      `${rounded(latest.bytesMax / MEGABYTE, 2)} MB`,
    ),
    atMost(
      "the same, 'every'",
      every.bytesMax,
      { text: '16 MB', value: 16 * MEGABYTE },
      `${rounded(every.bytesMax / MEGABYTE, 2)} MB`,
    ),
    {
      what: "the same, 'every': lost",
      measured: `${every.updates - every.delivered}${every.inOrder ? ', in order' : ', out of order'}`,
      target: 'none',
      met: every.updates === 10_000_000 && every.delivered === every.updates && every.inOrder,
    },
  ],
  loop: (loop) => [
    ...[
      ['latest', "'latest', listener"],
      ['every', "'every', listener"],
      ['forAwait', "'every', for await"],
    ].flatMap(([way, title]) => {
      const p99 = summary(loop[way].map(({ gapP99 }) => gapP99));
      const batch = summary(loop[way].map(({ longestBatch }) => longestBatch));
      return [
        atMost(
          `flood, ${title}: p99 of the gap between setImmediate callbacks`,
          p99.median,
          { text: '2 ms', value: 2 },
          spread(p99, 'ms'),
        ),
        atMost(`flood, ${title}: the longest batch`, batch.median, { text: '5 ms', value: 5 }, spread(batch, 'ms')),
      ];
    }),
    timersRow(loop.forAwait),
  ],
  silent: ({ sync }) => {
    const wakeUps = median(sync.map(({ short, long }) => Math.max(0, long - short)));
    return [
      {
        what: 'a silent sync: wake-ups between start and end',
        measured: String(wakeUps),
        target: '0',
        met: wakeUps === 0,
      },
    ];
  },
  stores: (rounds) => {
    const costs = (delivery) =>
      Object.entries(rounds).map(([stores, of]) => [stores, median(of.map((round) => round[delivery].cpuNsPerEvent))]);
    const most = Math.max(...Object.keys(rounds).map(Number));
    const { threads, threadsOfProvider } = rounds[most][0].latest;
    return [
      ...['latest', 'every'].map((delivery) => {
        const [[, one], ...others] = costs(delivery);
        const worst = Math.max(...others.map(([, cost]) => cost)) / one;
        const text = costs(delivery).map(([stores, ns]) => `${stores}: ${rounded(ns)}`);
        return atMost(
          `'${delivery}', stores at once: CPU ns per event, of one store's`,
          worst,
          { text: '1.5 times', value: 1.5 },
          `${rounded(worst, 2)} times (${text.join(', ')})`,
        );
      }),
      {
        what: `${most} syncs whose calls have returned: threads of ours`,
        measured: `${threads}, beside ${threadsOfProvider} of the provider's`,
        target: 'none per sync',
        // The thread pool has some: under Wine one for 63 waits.
        met: threads < threadsOfProvider / 30,
      },
    ];
  },
  mailbox: ({ floor, latest }) => {
    const ratio = median(latest) / median(floor);
    return [
      atMost(
        "10,000 messages: wall time, of the C++ client's",
        ratio,
        1.1,
        `${rounded(ratio, 2)} (${seconds(latest)}; ${seconds(floor)})`,
      ),
    ];
  },
  import: ({ empty, mapisync }) => {
    const over = median(mapisync) - median(empty);
    return [
      atMost(
        "import 'mapisync', over an empty package",
        over,
        { text: '15 ms', value: 15 },
        `${rounded(over)} ms (${spread(summary(mapisync), 'ms')}; ${spread(summary(empty), 'ms')})`,
      ),
    ];
  },
  size: (sizes) =>
    Object.entries(sizes).map(([arch, bytes]) =>
      atMost(`the addon, ${arch}`, bytes, { text: '350 KB', value: 350 * 1024 }, `${Math.ceil(bytes / 1024)} KB`),
    ),
};

/** What a call of the empty callback costs the sample, its own loop included. */
function floorOf(ways) {
  return median(ways.floor.map((round) => round.flood.nsPerCall));
}

function timersRow(rounds) {
  const fired = median(rounds.map(({ timers, timersExpected }) => timers / timersExpected));
  const late = summary(rounds.map(({ lateP99 }) => lateP99 ?? Number.POSITIVE_INFINITY));
  return {
    what: 'flood, for await: 5 ms timers that fired, and p99 of their lateness',
    measured: `${Math.round(fired * 100)} %, ${spread(late, 'ms')}`,
    target: 'they fire',
    met: fired > 0.5,
  };
}

function spread({ median: middle, min, max }, unit) {
  return `${rounded(middle, 2)} ${unit} (${rounded(min, 2)}-${rounded(max, 2)})`;
}

function seconds(values) {
  const { min, max, median: middle } = summary(values);
  return `${(middle / 1000).toFixed(2)} s (${(min / 1000).toFixed(2)}-${(max / 1000).toFixed(2)})`;
}
