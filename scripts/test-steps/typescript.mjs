/**
 * The TypeScript tests, in each Windows Node that the project supports: all of them in the newest; in the others those that
 * meet Node, Windows and the addon, and all of them in continuous integration.
 */
import { onWindows } from '../paths.mjs';
import { nodeVersions } from '../setup/windows-node.mjs';
import { changesRegistry, isHostTest, testFiles, usesVitestTimers } from '../test-files.mjs';
import { whyNotRunnable } from '../windows-program.mjs';
import { skipped, sum } from './counts.mjs';
import { runNodeTest } from './node-test.mjs';
import { runVitest } from './vitest.mjs';

const ON_IA32 = ['test/contract', 'test/ends', 'test/cli']
  .flatMap((folder) => testFiles(folder))
  .filter((file) => !usesVitestTimers(file));
/** How often each end of a program is tried in the older versions, and a mailbox killed: the newest has the full number. */
const FEWER = { MAPISYNC_ENDS: '1', MAPISYNC_KILLS: '2' };

const [newest, ...older] = onWindows ? [undefined] : [...nodeVersions.x64].reverse();
const nodeName = (version) => (version === undefined ? 'Windows Node' : `Windows Node ${version}`);

const all = testFiles().filter((file) => !isHostTest(file));
const beside = (files) => files.filter((file) => !changesRegistry(file));
const repeats = ({ everything }) => (everything ? process.env : { ...FEWER, ...process.env });

export const steps = {
  newest: {
    title: `TypeScript tests in ${nodeName(newest)}, x64`,
    name: 'typescript',
    run: () => runVitest('typescript', beside(all), { node: newest }),
  },
  older: older.map((node) => ({
    title: `TypeScript tests in ${nodeName(node)}, x64`,
    name: `node${node}`,
    run: (how) => runVitest(`node${node}`, beside(how.everything ? all : ON_IA32), { node, env: repeats(how) }),
  })),
  ia32: {
    title: 'TypeScript tests in Windows Node, ia32',
    name: 'ia32',
    run: (how) => onIa32(beside(ON_IA32), repeats(how)),
  },
  /** One after the other: they change the registry, of which there is one. */
  registry: {
    title: 'TypeScript tests that change the registry, in every Windows Node',
    name: 'registry',
    async run(how) {
      const counts = [];
      for (const node of [newest, ...older]) {
        const files = (node === newest || how.everything ? all : ON_IA32).filter(changesRegistry);
        counts.push(await runVitest(`registry${node ?? ''}`, ['--no-file-parallelism', ...files], { node }));
      }
      for (const file of ON_IA32.filter(changesRegistry)) counts.push(await onIa32([file], process.env));
      return sum(counts);
    },
  },
};

function onIa32(files, env) {
  const why = whyNotRunnable('ia32');
  return why === null ? runNodeTest(files, { env }) : skipped(`ia32: ${files.length} test files`, why);
}
