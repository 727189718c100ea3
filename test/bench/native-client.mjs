/** The benchmark's own addon (test/bench/client): plain clients of the same DLL, and what counts threads and nanoseconds. */
import { createRequire } from 'node:module';

/**
 * @type {{
 *   Store: new (dll: string, profile: string) => {
 *     synchronize(listener?: (event: object) => void): Promise<number>;
 *     close(): void;
 *   };
 *   sampleCounters(dll: string): { repeatCalls: number; repeatNs: number; threads: number };
 *   emptyCallCost(calls: number): number;
 *   threadCount(): number;
 * }}
 */
export const client = createRequire(import.meta.url)(process.env.MAPISYNC_BENCH_ADDON);
