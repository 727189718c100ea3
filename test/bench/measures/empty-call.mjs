/** A call of an empty COM method, in a loop of its own: nanoseconds. */
import { client } from '../native-client.mjs';

export async function measure() {
  const calls = 20_000_000;
  client.emptyCallCost(calls);
  return client.emptyCallCost(calls);
}
