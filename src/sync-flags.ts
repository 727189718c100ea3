/**
 * MAPISIB's `ulFlags`. See "MAPISIB" (learn.microsoft.com/office/client-developer/outlook/mapi/mapisib).
 *
 * EdkMdb.h has constants of the same prefix and bits with other meanings, for Exchange's incremental change
 * synchronisation: these are not those.
 */

/** Send changes of the folder tree. */
export const SYNC_UPLOAD_HIERARCHY = 0x1;
/** Fetch changes of the folder tree. */
export const SYNC_DOWNLOAD_HIERARCHY = 0x2;
/** Send changes of messages. */
export const SYNC_UPLOAD_CONTENTS = 0x40;
/** Fetch changes of messages. */
export const SYNC_DOWNLOAD_CONTENTS = 0x80;
/** Send outgoing messages; documented as not in use. */
export const SYNC_OUTGOING_MAIL = 0x200;
/** Headers only. */
export const SYNC_GLOBAL_HEADERS = 0x2000000;
/** The user asked for it: higher priority. */
export const SYNC_ON_DEMAND = 0x20000000;

export type SyncDirection = 'both' | 'upload' | 'download';
export type SyncScope = 'all' | 'hierarchy' | 'contents';

const OF_DIRECTION: Readonly<Record<SyncDirection, number>> = {
  both: SYNC_UPLOAD_HIERARCHY | SYNC_DOWNLOAD_HIERARCHY | SYNC_UPLOAD_CONTENTS | SYNC_DOWNLOAD_CONTENTS,
  upload: SYNC_UPLOAD_HIERARCHY | SYNC_UPLOAD_CONTENTS,
  download: SYNC_DOWNLOAD_HIERARCHY | SYNC_DOWNLOAD_CONTENTS,
};

const OF_SCOPE: Readonly<Record<SyncScope, number>> = {
  all: SYNC_UPLOAD_HIERARCHY | SYNC_DOWNLOAD_HIERARCHY | SYNC_UPLOAD_CONTENTS | SYNC_DOWNLOAD_CONTENTS,
  hierarchy: SYNC_UPLOAD_HIERARCHY | SYNC_DOWNLOAD_HIERARCHY,
  contents: SYNC_UPLOAD_CONTENTS | SYNC_DOWNLOAD_CONTENTS,
};

/** What to synchronise, in words. */
export interface SyncIntent {
  readonly direction: SyncDirection;
  readonly scope: SyncScope;
  readonly headersOnly: boolean;
  readonly background: boolean;
  readonly outgoing: boolean;
}

/** The bits that stand for an intent, unsigned. */
export function flagsOf({ direction, scope, headersOnly, background, outgoing }: SyncIntent): number {
  let flags = OF_DIRECTION[direction] & OF_SCOPE[scope];
  if (headersOnly) flags |= SYNC_GLOBAL_HEADERS;
  if (outgoing) flags |= SYNC_OUTGOING_MAIL;
  // SYNC_BACKGROUND is not in MAPISIB's table: leaving SYNC_ON_DEMAND out is the documented way.
  if (!background) flags |= SYNC_ON_DEMAND;
  return flags >>> 0;
}
