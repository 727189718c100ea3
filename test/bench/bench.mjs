/**
 * The benchmark, in Windows Node: takes all measurements, in turn, prints one table, and writes build/bench.json.
 * `npm run bench` builds what it needs and starts it.
 *
 *   --only PART,...   some of the parts: ways, loop, blocked, silent, stores, mailbox, import, size
 *   --document        puts the table into docs/performance.md
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { figuresOf, waysOf } from './figures.mjs';
import { PARTS } from './parts.mjs';
import { documented, printed } from './table.mjs';

const { values } = parseArgs({ options: { only: { type: 'string' }, document: { type: 'boolean', default: false } } });
const chosen = values.only?.split(',') ?? Object.keys(PARTS);
for (const name of chosen) {
  if (!Object.hasOwn(PARTS, name)) throw new Error(`--only takes ${Object.keys(PARTS).join(', ')}, not ${name}`);
}

const begin = Date.now();
const results = {};
for (const name of chosen) {
  process.stderr.write(`${name} ...`);
  const since = Date.now();
  results[name] = await PARTS[name]();
  process.stderr.write(` ${((Date.now() - since) / 1000).toFixed(0)} s\n`);
}

const report = {
  at: new Date(begin).toISOString(),
  seconds: Math.round((Date.now() - begin) / 1000),
  node: process.version,
  arch: process.arch,
  processors: `${cpus().length} x ${cpus()[0]?.model.trim()}`,
  ways: waysOf(results),
  figures: figuresOf(results),
  results,
};
process.stdout.write(`${printed(report)}\n`);

const atRoot = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
mkdirSync(atRoot('build'), { recursive: true });
writeFileSync(atRoot('build/bench.json'), `${JSON.stringify(report, null, 2)}\n`);
if (values.document) {
  const path = atRoot('docs/performance.md');
  writeFileSync(path, documented(readFileSync(path, 'utf8'), report));
}
