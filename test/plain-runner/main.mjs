/**
 * Runs test files without Vitest: `node test/plain-runner/main.mjs FILE...`. Prints a line a test, then the totals; exit
 * code 1 if one failed.
 */
import { pathToFileURL } from 'node:url';
import './hooks.mjs';

class Skipped extends Error {}

const totals = { passed: 0, failed: 0, skipped: 0 };

function report(verdict, path, error) {
  totals[verdict] += 1;
  const mark = { passed: 'ok', failed: 'not ok', skipped: 'skipped' }[verdict];
  console.log(`${mark} ${path.join(' > ')}`);
  if (error !== undefined) console.log(String(error?.stack ?? error).replaceAll(/^/gm, '    '));
}

async function within(ms, work) {
  let timer;
  const late = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`not done within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}

function countAs(verdict, node, path, error) {
  if (node.children === undefined) return report(verdict, [...path, node.name], error);
  for (const child of node.children) countAs(verdict, child, [...path, node.name], error);
}

async function runTest(test, path, around, takeFinishers) {
  const name = [...path, test.name];
  if (test.skip) return report('skipped', name);
  const hooks = new AbortController();
  const finishers = [];
  const context = {
    signal: hooks.signal,
    skip: (why) => {
      throw new Skipped(typeof why === 'string' ? why : 'skipped');
    },
    onTestFinished: (hook) => finishers.push(hook),
  };
  let problem;
  const attempt = async (work) => {
    try {
      await within(test.timeout, async () => work());
    } catch (error) {
      problem ??= error;
    }
  };
  await attempt(async () => {
    for (const hook of around.before) await hook(context);
    await test.body(context);
  });
  for (const hook of [...takeFinishers(), ...finishers.reverse(), ...around.after]) await attempt(() => hook(context));
  hooks.abort();
  if (problem instanceof Skipped) report('skipped', [...name, problem.message]);
  else if (problem !== undefined) report('failed', name, problem);
  else report('passed', name);
}

async function runSuite(suite, path, around, takeFinishers) {
  const here = suite.name === '' ? path : [...path, suite.name];
  if (suite.skip) return countAs('skipped', suite, path);
  const inner = {
    before: [...around.before, ...suite.hooks.beforeEach],
    after: [...suite.hooks.afterEach, ...around.after],
  };
  try {
    const cleanUps = [];
    for (const hook of suite.hooks.beforeAll) {
      const cleanUp = await hook();
      if (typeof cleanUp === 'function') cleanUps.push(cleanUp);
    }
    for (const child of suite.children) {
      if (child.children === undefined) await runTest(child, here, inner, takeFinishers);
      else await runSuite(child, here, inner, takeFinishers);
    }
    for (const hook of [...suite.hooks.afterAll.reverse(), ...cleanUps.reverse()]) await hook();
  } catch (error) {
    report('failed', [...here, 'beforeAll and afterAll'], error);
  }
}

const { rootSuite, takeFinishers } = await import('./vitest.mjs');
for (const file of process.argv.slice(2)) {
  try {
    await import(pathToFileURL(file).href);
  } catch (error) {
    report('failed', [file, 'is loaded'], error);
  }
}
await runSuite(rootSuite, [], { before: [], after: [] }, takeFinishers);
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
// Whatever a test left running does not keep the process.
process.exit(totals.failed === 0 ? 0 : 1);
