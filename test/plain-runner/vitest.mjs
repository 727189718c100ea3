/**
 * As much of Vitest as the contract tests use, for ia32, where Vitest itself cannot start: its bundler has no program
 * for 32-bit Windows. `expect` is Vitest's own; the rest collects suites and tests, which main.mjs runs one by one.
 */
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

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);

/** @param {unknown} actual @param {string} [message] */
export function expect(actual, message) {
  const { assertionCalls } = getState(expect);
  setState({ assertionCalls: assertionCalls + 1 }, expect);
  return chai.expect(actual, message);
}
Object.assign(expect, chai.expect);
Object.assign(expect, globalThis[ASYMMETRIC_MATCHERS_OBJECT]);
expect.extend = (matchers) => chai.expect.extend(expect, matchers);
expect.unreachable = (message) => chai.assert.fail(`expected this not to be reached${message ? `: ${message}` : ''}`);
globalThis[GLOBAL_EXPECT] = expect;
setState({ assertionCalls: 0, isExpectingAssertions: false, expectedAssertionsNumber: null }, expect);
expect.extend(customMatchers);

/** @typedef {{ name: string, skip: boolean, parent: Suite | null, children: (Suite | Test)[], hooks: Record<string, Function[]> }} Suite */
/** @typedef {{ name: string, skip: boolean, body: Function, timeout: number }} Test */

const kTimeoutMs = 120_000;

function newSuite(name, parent, skip) {
  return { name, parent, skip, children: [], hooks: { beforeAll: [], afterAll: [], beforeEach: [], afterEach: [] } };
}

/** @type {Suite} */
export const rootSuite = newSuite('', null, false);
let current = rootSuite;

/** `it(name, body)`, `it(name, options, body)`, `it(name, body, timeout)`. */
function normalised(args) {
  const body = args.find((argument) => typeof argument === 'function');
  const options = args.find((argument) => typeof argument === 'object') ?? {};
  const timeout = args.find((argument) => typeof argument === 'number') ?? options.timeout ?? kTimeoutMs;
  return { body, timeout: Math.max(timeout, kTimeoutMs), skip: options.skip === true || body === undefined };
}

function addSuite(skip, name, ...args) {
  const options = normalised(args);
  const suite = newSuite(name, current, skip || options.skip);
  current.children.push(suite);
  current = suite;
  try {
    options.body?.();
  } finally {
    current = suite.parent;
  }
}

function addTest(skip, name, ...args) {
  const options = normalised(args);
  current.children.push({ name, skip: skip || options.skip, body: options.body, timeout: options.timeout });
}

/** Vitest's titles: %s, %d, %i, %j, %o, %#, %x as itself, and $name of an object. */
function titled(template, values, index) {
  let next = 0;
  const filled = template.replace(/%([sdijo#%])/g, (_all, kind) => {
    if (kind === '%') return '%';
    if (kind === '#') return String(index);
    const value = values[next++];
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  });
  return filled.replace(/\$([a-zA-Z.]+)/g, (all, path) => {
    const value = path.split('.').reduce((object, key) => object?.[key], values[0]);
    return value === undefined ? all : String(value);
  });
}

function withVariants(add) {
  const make = (skip) => {
    const declare = (name, ...args) => add(skip, name, ...args);
    declare.each = (rows) => (template, body, timeout) => {
      rows.forEach((row, index) => {
        const values = Array.isArray(row) ? row : [row];
        declare(titled(template, values, index), (...context) => body(...values, ...context), timeout ?? kTimeoutMs);
      });
    };
    return declare;
  };
  return Object.assign(make(false), {
    skip: make(true),
    skipIf: (condition) => make(Boolean(condition)),
    runIf: (condition) => make(!condition),
    sequential: make(false),
    concurrent: make(false),
  });
}

export const describe = withVariants(addSuite);
export const suite = describe;
export const it = withVariants(addTest);
export const test = it;
export const beforeAll = (hook) => current.hooks.beforeAll.push(hook);
export const afterAll = (hook) => current.hooks.afterAll.push(hook);
export const beforeEach = (hook) => current.hooks.beforeEach.push(hook);
export const afterEach = (hook) => current.hooks.afterEach.push(hook);

let finishers = [];
export const onTestFinished = (hook) => finishers.push(hook);

/** The hooks that the test that just ran asked for, last first. */
export function takeFinishers() {
  const taken = finishers.reverse();
  finishers = [];
  return taken;
}
