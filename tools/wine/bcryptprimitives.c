/*
 * Wine 8 has no bcryptprimitives.dll, from which programs written in Rust or Go (rolldown, which Vitest loads, is one)
 * import their source of randomness. This one is put into the prefix's system folder.
 */
#include <windows.h>

#include <ntsecapi.h>

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T size) {
  while (size > 0) {
    ULONG const part = size > 0x10000000 ? 0x10000000 : (ULONG)size;
    if (!RtlGenRandom(data, part)) return FALSE;
    data += part;
    size -= part;
  }
  return TRUE;
}
