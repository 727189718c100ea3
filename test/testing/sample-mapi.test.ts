import { isAbsolute } from 'node:path';
import { expect, it } from 'vitest';
import { sampleMapi } from '../../src/testing/index.js';

it('sampleMapi names a DLL of this process’s bitness by its absolute path', () => {
  expect(isAbsolute(sampleMapi.path)).toBe(true);
  expect(sampleMapi.path.replaceAll('\\', '/')).toMatch(
    new RegExp(`/prebuilds/win32-${process.arch}/mapisync-sample\\.dll$`),
  );
  expect(Object.isFrozen(sampleMapi)).toBe(true);
});
