/** Waits for the answer of a native request, with a signal that may end the wait. */
import { type CallSite, errorOfNative } from '../errors.js';
import type { NativeRequest } from './binding.js';

/**
 * Starts a native request and waits for its answer. An abort abandons the request: what it would have brought is released
 * natively when it arrives. No listener stays on the signal.
 */
export async function answerOf<T>(
  start: () => NativeRequest<T>,
  signal: AbortSignal | undefined,
  site: CallSite,
): Promise<T> {
  if (signal?.aborted) throw signal.reason;
  const request = startOrThrow(start, site);
  if (signal === undefined) {
    return request.promise.catch((failure: unknown) => {
      throw errorOfNative(failure, site);
    });
  }
  return new Promise<T>((resolve, reject) => {
    const onAbort = (): void => {
      request.abandon();
      reject(signal.reason);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    request.promise.then(
      (answer) => {
        signal.removeEventListener('abort', onAbort);
        resolve(answer);
      },
      (failure: unknown) => {
        signal.removeEventListener('abort', onAbort);
        reject(errorOfNative(failure, site));
      },
    );
  });
}

function startOrThrow<T>(start: () => NativeRequest<T>, site: CallSite): NativeRequest<T> {
  try {
    return start();
  } catch (failure) {
    throw errorOfNative(failure, site);
  }
}
