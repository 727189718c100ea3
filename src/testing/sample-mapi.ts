/** The embedded sample MAPI. */
import { binaryPath } from '../prebuilds.js';

/**
 * The embedded sample MAPI, to be given to `logon` or `profiles` as `mapi`.
 *
 * `path` is the absolute path of a DLL of this process's bitness. It is a MAPI implementation of its own, and is loaded
 * as Outlook's would be. Off Windows the path is there as well, but nothing can be loaded from it.
 *
 * See https://learn.microsoft.com/office/client-developer/outlook/mapi/mapi-programming-overview
 */
export const sampleMapi: { readonly path: string } = Object.freeze({
  path: binaryPath(process.arch, 'mapisync-sample.dll'),
});
