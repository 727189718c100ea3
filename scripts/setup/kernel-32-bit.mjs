/** Does this machine's kernel execute 32-bit programs? Some virtual machines' kernels do not. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toolchain } from '../paths.mjs';

let kernelAnswer;

/** Found out by trying the smallest program there is. */
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
  for (const [index, value] of [1, 0, base, base, size, size, 5, 0x1000].entries()) {
    file.writeUInt32LE(value, 52 + 4 * index);
  }
  return Buffer.concat([file, code]);
}
