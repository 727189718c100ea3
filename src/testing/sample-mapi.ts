import { fileURLToPath } from 'node:url';

/**
 * The embedded sample MAPI, to be given to `logon` or `profiles` as `mapi`.
 *
 * `path` is the absolute path of a DLL of this process's bitness. It is a MAPI implementation of its own, loaded
 * as Outlook's would be: https://learn.microsoft.com/office/client-developer/outlook/mapi/mapi-programming-overview
 * Off Windows the path is there as well, but nothing can be loaded from it.
 */
export const sampleMapi: { readonly path: string } = Object.freeze({
  path: fileURLToPath(new URL(`../../prebuilds/win32-${process.arch}/mapisync-sample.dll`, import.meta.url)),
});
