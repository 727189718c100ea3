/** The event loop during a flood. */
import { flood, scripted, withProfile } from '../profiles.mjs';
import { quantile } from '../statistics.mjs';
import { watchGaps, watchImmediates, watchTimer } from '../turn-watch.mjs';
import { openWay } from '../ways.mjs';

const TIMER_MS = 5;

/** @param {{ way: string, events: number }} options */
export async function measure({ way, events }) {
  const immediates = watchImmediates();
  await during(way, flood(Math.ceil(events / 10)));
  immediates.longestMs = 0;
  const { gaps, late, ms } = await during(way, flood(events));
  return {
    ms,
    turns: gaps.length,
    gapP99: quantile(gaps, 0.99),
    gapMax: Math.max(...gaps.slice(1)),
    longestBatch: immediates.longestMs,
    timers: late.length,
    timersExpected: Math.floor(ms / TIMER_MS),
    lateP99: late.length === 0 ? null : quantile(late, 0.99),
  };
}

function during(way, steps) {
  return withProfile(scripted(steps), async (profile) => {
    const opened = await openWay(way, profile.path);
    const begin = performance.now();
    const stopGaps = watchGaps();
    const stopTimer = watchTimer(TIMER_MS);
    await opened.run(() => {});
    const result = { gaps: stopGaps(), late: stopTimer(), ms: performance.now() - begin };
    await opened.close();
    return result;
  });
}
