/**
 * Can this machine run 32-bit Windows programs? Many containers and virtual machines have a 64-bit kernel without the
 * 32-bit entry points; the ia32 binaries are built there all the same, and their tests are skipped by name.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toolchain } from '../paths.mjs';

/** Debian's 32-bit Wine. */
export const wine32 = '/usr/lib/wine/wine';

let kernelAnswer;

/** Whether the kernel executes 32-bit programs: found out by trying the smallest one there is. */
export function kernelRuns32Bit() {
  if (kernelAnswer === undefined) {
    mkdirSync(toolchain, { recursive: true });
    const probe = join(toolchain, `exit0-i386.${process.pid}`);
    writeFileSync(probe, smallestProgram());
    chmodSync(probe, 0o755);
    kernelAnswer = spawnSync(probe).status === 0;
    rmSync(probe, { force: true });
  }
  return kernelAnswer;
}

/** Why ia32 programs do not run here, or null if they do. */
export function whyNoIa32() {
  if (!kernelRuns32Bit()) return 'this kernel does not execute 32-bit programs';
  if (!existsSync(wine32)) return 'the package wine32:i386 could not be installed';
  return null;
}

/** An i386 ELF file whose whole program is `exit(0)`. */
function smallestProgram() {
  const base = 0x08048000;
  const headers = 52 + 32;
  const code = Buffer.from([0xb8, 1, 0, 0, 0, 0x31, 0xdb, 0xcd, 0x80]); // mov eax, 1; xor ebx, ebx; int 0x80
  const size = headers + code.length;
  const file = Buffer.alloc(headers);
  file.set([0x7f, 0x45, 0x4c, 0x46, 1, 1, 1]);
  file.writeUInt16LE(2, 16); // an executable
  file.writeUInt16LE(3, 18); // for i386
  file.writeUInt32LE(1, 20);
  file.writeUInt32LE(base + headers, 24);
  file.writeUInt32LE(52, 28);
  file.writeUInt16LE(52, 40);
  file.writeUInt16LE(32, 42);
  file.writeUInt16LE(1, 44);
  [1, 0, base, base, size, size, 5, 0x1000].forEach((value, index) => file.writeUInt32LE(value, 52 + 4 * index));
  return Buffer.concat([file, code]);
}
