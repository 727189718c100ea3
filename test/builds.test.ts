/** The rules that the lists of sources and the package's manifest keep. architecture.test.ts has those of the includes. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '..');
const text = (file: string) => readFileSync(path.join(root, file), 'utf8');

function filesIn(folder: string, ending: RegExp): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => ending.test(file))
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
    .sort();
}

const groups: Record<string, string[]> = JSON.parse(text('native/sources.gypi')).variables;

describe('the list of sources', () => {
  it('names every source of native/, and nothing else', () => {
    expect([...new Set(Object.values(groups).flat())].sort()).toEqual(filesIn('native', /\.cpp$/));
  });

  it('names no source twice in one group', () => {
    for (const sources of Object.values(groups)) expect(sources).toEqual([...new Set(sources)]);
  });

  /** mingw-w64 alone needs the first. The others are the host program's, which no build for Windows makes yet. */
  const elsewhere = ['mingw_sources', 'wire_sources', 'host_portable_sources'];
  const everywhere = Object.keys(groups).filter((group) => !elsewhere.includes(group));

  it.each(everywhere)('has %s in the build by CMake and in the one by node-gyp', (group) => {
    expect(text('cmake/sources.cmake')).toContain(`mapisync_sources(${group})`);
    expect(text('cmake/windows-binaries.cmake')).toContain(`\${${group}}`);
    expect(text('binding.gyp')).toContain(`'<@(${group})'`);
  });

  it('has what links into the addon and into the sample alike in both builds', () => {
    const inGyp = [...text('binding.gyp').matchAll(/'sources': \[([^\]]*)\]/g)].map(([, list]) =>
      names(list, /<@\((\w+)\)/g),
    );
    const cmake = text('cmake/windows-binaries.cmake');
    const [, engine] = /^add_library\(engine OBJECT ([^)]*)\)/m.exec(cmake) ?? [];
    const inCMake = [...cmake.matchAll(/^mapisync_module\(([^)]*)\)/gm)].map(([, list]) =>
      names(list?.replace('$<TARGET_OBJECTS:engine>', engine ?? ''), /\$\{(\w+)\}/g),
    );
    expect(inGyp).toHaveLength(2);
    expect(inCMake).toEqual(inGyp);
  });

  function names(list: string | undefined, name: RegExp): string[] {
    return [...(list ?? '').matchAll(name)].map(([, group]) => group ?? '').sort();
  }
});

describe('the package', () => {
  const manifest = JSON.parse(text('package.json'));

  it('installs without running or building anything, on any system', () => {
    expect(manifest.os).toBeUndefined();
    expect(manifest.gypfile).toBe(false);
    for (const script of ['preinstall', 'install', 'postinstall', 'prepare'])
      expect(manifest.scripts).not.toHaveProperty(script);
    expect(manifest.dependencies ?? {}).toEqual({});
  });

  it('carries no build recipe that npm would start', () => {
    expect(manifest.files).not.toContain('binding.gyp');
  });

  it('has a lock file that names no registry', () => {
    expect(text('package-lock.json')).not.toMatch(/https?:\/\/[^"]*\.tgz/);
  });
});
