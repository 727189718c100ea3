/**
 * The Visual C++ projects that `npm run build:native` makes on Windows. They are generated here, by the generator that
 * node-gyp brings along, with node-gyp's own files; no Visual C++ is needed for that.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '../..');
const nodeGyp = path.join(root, 'node_modules/node-gyp');
const groups: Record<string, string[]> = JSON.parse(
  readFileSync(path.join(root, 'native/sources.gypi'), 'utf8'),
).variables;

/** What `node-gyp configure` passes on Windows; where the headers are makes no difference to the settings. */
const DEFINES = {
  library: 'shared_library',
  visibility: 'default',
  node_root_dir: '/headers',
  node_gyp_dir: nodeGyp,
  node_lib_file: 'node.lib',
  node_engine: 'v8',
  standalone_static_library: '1',
};

function generate(arch: string, output: string): void {
  const includes = [
    path.join(nodeGyp, 'addon.gypi'),
    path.join(import.meta.dirname, 'visual-studio', 'node-common.gypi'),
  ];
  const { status, stdout, stderr } = spawnSync(
    'python3',
    [
      path.join(nodeGyp, 'gyp/gyp_main.py'),
      'binding.gyp',
      ...['-f', 'msvs', '--depth=.', '--no-parallel', '-Goutput_dir=.', `--generator-output=${output}`],
      ...includes.flatMap((file) => ['-I', file]),
      ...Object.entries({ ...DEFINES, module_root_dir: root, target_arch: arch }).map(
        ([name, as]) => `-D${name}=${as}`,
      ),
    ],
    {
      cwd: root,
      encoding: 'utf8',
      // With a locale of another encoding than the file's, the generator encodes what it writes; else Python refuses.
      env: { ...process.env, LC_ALL: 'en_US.ISO8859-1', GYP_MSVS_VERSION: '2015', GYP_MSVS_OVERRIDE_PATH: '/none' },
    },
  );
  if (status !== 0) throw new Error(`gyp: ${stdout}${stderr}`);
}

const hasPython = spawnSync('python3', ['--version']).status === 0;

describe.skipIf(!hasPython).each([
  ['x64', 'Debug|x64', 'MultiThreadedDebug'],
  ['x64', 'Release|x64', 'MultiThreaded'],
  ['ia32', 'Release|Win32', 'MultiThreaded'],
])('the Visual C++ projects for %s, %s', (arch, configuration, runtime) => {
  let folder = '';
  const project = (name: string) => readFileSync(path.join(folder, `${name}.vcxproj`), 'utf8');

  /** What the configuration gives to a tool. */
  function settings(name: string, tool: 'ClCompile' | 'Link'): Record<string, string> {
    const all = project(name).matchAll(/<ItemDefinitionGroup Condition="([^"]*)">([\s\S]*?)<\/ItemDefinitionGroup>/g);
    const [, , group = ''] = [...all].find(([, condition]) => condition?.endsWith(`=='${configuration}'`)) ?? [];
    const [, elements = ''] = new RegExp(`<${tool}>(.*?)</${tool}>`, 's').exec(group) ?? [];
    return Object.fromEntries([...elements.matchAll(/<(\w+)>([^<]*)<\/\1>/g)].map(([, key, value]) => [key, value]));
  }

  function sources(name: string): string[] {
    return [...project(name).matchAll(/<ClCompile Include="([^"]*)"/g)]
      .map(([, file]) => path.relative(root, path.resolve(folder, file?.replaceAll('\\', '/') ?? '')))
      .sort();
  }

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'mapisync-gyp-'));
    generate(arch, folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(['mapisync', 'mapisync-sample'])('compile %s as strict C++20, with exceptions', (name) => {
    expect(settings(name, 'ClCompile')).toMatchObject({
      LanguageStandard: 'stdcpp20',
      ExceptionHandling: 'Sync',
      WarningLevel: 'Level4',
      TreatWarningAsError: 'true',
      RuntimeLibrary: runtime,
    });
    const options = settings(name, 'ClCompile').AdditionalOptions?.split(' ') ?? [];
    expect(options).toEqual(expect.arrayContaining(['/permissive-', '/sdl', '/guard:cf', '/utf-8']));
    expect(options.filter((option) => option.includes('std:'))).toEqual([]);
    expect(settings(name, 'Link').AdditionalOptions?.split(' ')).toContain('/guard:cf');
  });

  it('do not take the padding that alignas makes for a mistake', () => {
    expect(settings('mapisync-sample', 'ClCompile').DisableSpecificWarnings?.split(';')).toContain('4324');
  });

  it('compile what native/sources.gypi lists, and no second delay-load hook', () => {
    const listed = (...names: string[]) => names.flatMap((name) => groups[name] ?? []).sort();
    expect(sources('mapisync')).toEqual(
      listed('addon_sources', 'engine_sources', 'engine_portable_sources', 'events_sources', 'text_sources'),
    );
    expect(sources('mapisync-sample')).toEqual(listed('sample_sources', 'sample_portable_sources', 'text_sources'));
  });

  it('load the program’s Node-API late in the addon alone', () => {
    expect(settings('mapisync', 'Link').DelayLoadDLLs).toBe('node.exe;%(DelayLoadDLLs)');
    expect(settings('mapisync-sample', 'Link').DelayLoadDLLs).toBeUndefined();
  });
});
