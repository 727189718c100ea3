import { print } from './output.mjs';

/** How many tests passed, failed and were skipped. @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** @returns {Counts} */
export function none() {
  return { passed: 0, failed: 0, skipped: 0 };
}

/** @param {readonly Counts[]} all @returns {Counts} */
export function sum(all) {
  const total = none();
  for (const counts of all) for (const key of Object.keys(total)) total[key] += counts[key];
  return total;
}

/** @param {Counts} counts */
export function inWords({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** One check as a line and a count. `work` throws if it fails, and may return a text for the line. @returns {Promise<Counts>} */
export async function checked(name, work) {
  const begin = Date.now();
  try {
    const said = await work();
    const words = typeof said === 'string' ? `: ${said}` : '';
    print(`ok ${name}${words} (${((Date.now() - begin) / 1000).toFixed(1)} s)`);
    return { ...none(), passed: 1 };
  } catch (error) {
    print(`not ok ${name}\n${error.message.replaceAll(/^/gm, '    ')}`);
    return { ...none(), failed: 1 };
  }
}

/** A check that this machine cannot make. @returns {Counts} */
export function skipped(name, why) {
  print(`skipped ${name}: ${why}`);
  return { ...none(), skipped: 1 };
}
