/**
 * As much of Vitest's interface as the contract tests, the ends and the command's tests use, on top of `node:test`. `expect`
 * is Vitest's own.
 */
import { after, afterEach, before, beforeEach, describe as nodeDescribe, it as nodeIt } from 'node:test';
import { format } from 'node:util';
import {
  ASYMMETRIC_MATCHERS_OBJECT,
  customMatchers,
  GLOBAL_EXPECT,
  getState,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
  setState,
} from '@vitest/expect';
import * as chai from 'chai';

/** As in vitest.config.ts. */
const TIMEOUT_MS = 60_000;

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);

// A test may wait for what alone keeps no process alive, such as a session. Node's runner ends the process, see node-test.mjs.
setInterval(() => {}, 2 ** 30);

/** @param {unknown} actual @param {string} [message] */
export function expect(actual, message) {
  const { assertionCalls } = getState(expect);
  setState({ assertionCalls: assertionCalls + 1 }, expect);
  return chai.expect(actual, message);
}
Object.assign(expect, chai.expect);
Object.assign(expect, globalThis[ASYMMETRIC_MATCHERS_OBJECT]);
expect.extend = (matchers) => chai.expect.extend(expect, matchers);
globalThis[GLOBAL_EXPECT] = expect;
setState({ assertionCalls: 0, isExpectingAssertions: false, expectedAssertionsNumber: null }, expect);
expect.extend(customMatchers);

/** Node's tests inherit no time limit from their suite, and Vitest's do. */
let suiteTimeout = TIMEOUT_MS;

/** `describe(name, body)`, `describe(name, { timeout }, body)`. */
function addSuite(skip, name, ...args) {
  const { timeout = suiteTimeout } = args.find((argument) => typeof argument === 'object') ?? {};
  nodeDescribe(name, { skip }, () => {
    const outer = suiteTimeout;
    suiteTimeout = timeout;
    args.at(-1)();
    suiteTimeout = outer;
  });
}

/** `it(name, body)`, `it(name, { timeout }, body)`, `it(name, body, timeout)`. */
function addTest(skip, name, ...args) {
  const body = args.find((argument) => typeof argument === 'function');
  const options = args.find((argument) => typeof argument === 'object') ?? {};
  const timeout = args.find((argument) => typeof argument === 'number') ?? options.timeout ?? suiteTimeout;
  nodeIt(name, { skip, timeout }, (context) => {
    runningTest = context;
    return body();
  });
}

/** The test that runs now: those of a file run one after another. */
let runningTest;

/** Calls `work` when the test that runs now has ended. */
export function onTestFinished(work) {
  runningTest.after(work);
}

/** Vitest's titles: %s, %d, %j and their like stand for a row's values. */
function titled(template, values) {
  const places = template.match(/%[sdijo]/g)?.length ?? 0;
  return format(template, ...values.slice(0, places));
}

function withVariants(add) {
  const variant = (skip) => {
    const declare = (name, ...args) => add(skip, name, ...args);
    declare.each = (rows) => (template, body, timeout) => {
      for (const row of rows) {
        const values = Array.isArray(row) ? row : [row];
        declare(titled(template, values), () => body(...values), ...(timeout === undefined ? [] : [timeout]));
      }
    };
    return declare;
  };
  return Object.assign(variant(false), {
    skip: variant(true),
    skipIf: (condition) => variant(Boolean(condition)),
    runIf: (condition) => variant(!condition),
  });
}

export const describe = withVariants(addSuite);
export const it = withVariants(addTest);
export { after as afterAll, afterEach, before as beforeAll, beforeEach };
