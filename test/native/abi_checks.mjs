// Writes the compile-time checks of native/mapi/: every fact of abi-facts.tsv as a line of C++ that does not compile
// where a declaration differs, and nothing at all where native/mapi/ declares something that no fact covers.
//
//   node test/native/abi_checks.mjs OUTPUT_FILE
//
// Exit code 1, with one line a finding on stderr, if a declaration has no fact or a fact no declaration.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const headerFolder = join(here, '..', '..', 'native', 'mapi');

// What the facts do not cover, and why that is no gap.
const uncovered = new Map([
  ['guid IID_IMAPIClientShutdown', 'documented, but not among the facts; abi_test.cpp spells it'],
  ['offset MAPIUID.ab', 'only member'],
  ['offset SPropProblemArray.cProblem', 'first member; the second has a fact'],
  ['offset SPropProblem.ulIndex', 'three 32-bit members fill the size that is a fact'],
  ['offset SPropProblem.ulPropTag', 'three 32-bit members fill the size that is a fact'],
  ['offset SPropProblem.scode', 'three 32-bit members fill the size that is a fact'],
  ['offset SAndRestriction.cRes', 'first member'],
  ['offset SAndRestriction.lpRes', 'last member, a pointer; the size is a fact'],
  ['offset SBitMaskRestriction.relBMR', 'three 32-bit members fill the size that is a fact'],
  ['offset SBitMaskRestriction.ulPropTag', 'three 32-bit members fill the size that is a fact'],
  ['offset SBitMaskRestriction.ulMask', 'three 32-bit members fill the size that is a fact'],
  ['offset SExistRestriction.ulReserved1', 'three 32-bit members fill the size that is a fact'],
  ['offset SExistRestriction.ulPropTag', 'three 32-bit members fill the size that is a fact'],
  ['offset SExistRestriction.ulReserved2', 'three 32-bit members fill the size that is a fact'],
  ['size SCommentRestriction', 'gives SRestriction its size, which is a fact'],
  ['offset SCommentRestriction.cValues', 'never read'],
  ['offset SCommentRestriction.lpRes', 'never read'],
  ['offset SCommentRestriction.lpProp', 'never read'],
  ['offset SSortOrder.ulPropTag', 'two 32-bit members fill the size that is a fact'],
  ['offset SSortOrder.ulOrder', 'two 32-bit members fill the size that is a fact'],
  ['offset SSortOrderSet.cSorts', '32-bit members in front of aSort, whose offset is a fact'],
  ['offset SSortOrderSet.cCategories', '32-bit members in front of aSort, whose offset is a fact'],
  ['offset SSortOrderSet.cExpanded', '32-bit members in front of aSort, whose offset is a fact'],
  ['size PropertyValue', 'the union in SPropValue, whose size and offset are facts'],
  ['size RestrictionTerm', 'the union in SRestriction, whose size and offset are facts'],
]);

// Facts about what the Windows SDK declares and MAPI's layouts rest on.
const declaredBySdk = new Set(['LONG', 'WCHAR', 'HANDLE', 'ULONG_PTR', 'IUnknown']);

/** All that the headers declare: Map of `kind name` to what a check needs to know. */
export function readDeclarations(headers) {
  const found = new Map();
  for (const [file, source] of headers) {
    // platform.h is the SDK's types under their own names; the one of MAPI's own there is added below.
    if (file === 'platform.h') continue;
    const text = source.replace(/\/\/[^\n]*/g, '');
    for (const [, name] of text.matchAll(/inline constexpr \w+ (\w+) =/g)) {
      found.set(name.startsWith('IID_') ? `guid ${name}` : `value ${name}`, {});
    }
    for (const [, name, alias] of text.matchAll(/\busing (\w+) =([^;]*);/g)) {
      // A function type has no layout; what it takes is checked by the linker, through the .def file.
      if (!alias.includes('STDMETHODCALLTYPE')) found.set(`size ${name}`, {});
    }
    for (const [, kind, name, base, body] of text.matchAll(/\b(struct|union) (\w+)(?: : ([\w:]+))? \{([^}]*)\}/g)) {
      if (base !== undefined) {
        for (const method of body
          .split(';')
          .map((part) => part.trim())
          .filter((part) => part !== '')) {
          const parsed = /^virtual (?:HRESULT|ULONG) STDMETHODCALLTYPE (\w+)\([^)]*\) = 0$/.exec(method);
          if (parsed === null) throw new Error(`${file}: not an interface method: ${method}`);
          found.set(`slot ${name}::${parsed[1]}`, {});
        }
        continue;
      }
      found.set(`size ${name}`, {});
      if (kind === 'union') continue;
      for (const member of body
        .split(';')
        .map((part) => part.trim())
        .filter((part) => part !== '')) {
        const parsed = /^[\w:]+\*? (\w+)(?:\[\d+\])?$/.exec(member);
        if (parsed === null) throw new Error(`${file}: not a member of a structure: ${member}`);
        found.set(`offset ${name}.${parsed[1]}`, {});
      }
    }
  }
  found.set('size SCODE', {});
  return found;
}

/** The rows of abi-facts.tsv. */
export function readFacts(text) {
  return text
    .split('\n')
    .slice(1)
    .filter((line) => line !== '')
    .map((line) => {
      const [kind, name, x64, x86] = line.split('\t');
      return { kind, name, x64, x86 };
    });
}

/** What a fact has no declaration for, or a declaration no fact. */
export function findGaps(facts, declarations) {
  const gaps = [];
  const covered = new Set(facts.map(({ kind, name }) => `${kind} ${name}`));
  for (const key of declarations.keys()) {
    if (!covered.has(key) && !uncovered.has(key)) {
      gaps.push(`native/mapi/ declares ${key}, of which abi-facts.tsv says nothing`);
    }
  }
  for (const key of uncovered.keys()) {
    if (!declarations.has(key) || covered.has(key)) gaps.push(`abi_checks.mjs makes a needless exception of ${key}`);
  }
  for (const { kind, name } of facts) {
    const owner = name.split(/[.:]/)[0];
    // IMsgStore::GetProps is a fact about a method that IMAPIProp declares: the compiler finds it.
    const inherited = kind === 'slot' && [...declarations.keys()].some((key) => key.startsWith(`slot ${owner}::`));
    if (!declarations.has(`${kind} ${name}`) && !declaredBySdk.has(owner) && !inherited) {
      gaps.push(`abi-facts.tsv has ${kind} ${name}, which native/mapi/ does not declare`);
    }
  }
  return gaps;
}

function check({ kind, name, x64, x86 }) {
  const qualified = (type) => (declaredBySdk.has(type) ? `::${type}` : `mapi::${type}`);
  const expected = x64 === x86 ? x64 : `(sizeof(void*) == 8 ? ${x64} : ${x86})`;
  switch (kind) {
    case 'size':
      return `static_assert(sizeof(${qualified(name)}) == ${expected}, "size ${name}");`;
    case 'offset': {
      const [type, member] = name.split('.');
      return `static_assert(offsetof(${qualified(type)}, ${member}) == ${expected}, "offset ${name}");`;
    }
    case 'value':
      return `static_assert(static_cast<std::uint32_t>(mapi::${name}) == ${expected}, "value ${name}");`;
    case 'guid':
      return `static_assert(Spells(mapi::${name}, "${x64}"), "guid ${name}");`;
    case 'slot': {
      const [type, method] = name.split('::');
      const verdict = `${type}_${method}_IsInAnotherSlot`;
      return (
        `[[gnu::error("slot ${name} is not ${x64}")]] void ${verdict}();\n` +
        `void Check_${type}_${method}() {\n` +
        `  if (SlotOf(&${qualified(type)}::${method}) != ${expected}) ${verdict}();\n` +
        '}'
      );
    }
    default:
      throw new Error(`abi-facts.tsv: unknown kind "${kind}"`);
  }
}

function main(output) {
  const headers = readdirSync(headerFolder)
    .filter((file) => file.endsWith('.h'))
    .map((file) => [file, readFileSync(join(headerFolder, file), 'utf8')]);
  const facts = readFacts(readFileSync(join(here, 'abi-facts.tsv'), 'utf8'));
  const gaps = findGaps(facts, readDeclarations(headers));
  if (gaps.length > 0) {
    for (const gap of gaps) console.error(`abi_checks.mjs: ${gap}`);
    return 1;
  }
  mkdirSync(dirname(output), { recursive: true });
  writeFileSync(output, `constexpr int kFactCount = ${facts.length};\n${facts.map(check).join('\n')}\n`);
  return 0;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  if (process.argv.length !== 3) {
    console.error('usage: node test/native/abi_checks.mjs OUTPUT_FILE');
    process.exitCode = 2;
  } else {
    process.exitCode = main(process.argv[2]);
  }
}
