/** Texts of every kind, as a provider's pointer to WCHARs brings them. */
import { scenario } from 'mapisync/testing';
import { describe, expect, it } from 'vitest';
import { E_FAIL, ended, endOf, eventsOf, S_OK, withHostileStore } from './hostile-store.js';

const MEGA = 1_048_576;

/** The messages that a listener sees, in order. */
async function messagesOf(texts: readonly (string | null)[]): Promise<(string | null)[]> {
  const play = scenario();
  for (const text of texts) play.progress(text, 1, 2).error(E_FAIL, text);
  const messages: (string | null)[] = [];
  await withHostileStore(play.done(S_OK), async ({ synchronize }) => {
    const run = synchronize({ delivery: 'every' });
    const events = eventsOf(run);
    expect(await endOf(run)).toEqual(ended.succeeded());
    for (const event of await events) {
      if (event.type === 'progress' || event.type === 'problem') messages.push(event.message);
    }
  });
  return messages;
}

describe('the text of Progress and of Error', () => {
  it('NULL: progress has the last that was not, or none; a problem has none', async () => {
    expect(await messagesOf([null, 'Inbox', null])).toEqual([null, null, 'Inbox', 'Inbox', 'Inbox', null]);
  });

  it('empty: is a text, and no NULL', async () => {
    expect(await messagesOf(['Inbox', '', null])).toEqual(['Inbox', 'Inbox', '', '', '', null]);
  });

  it.each([
    ['a lone high surrogate', 'a\ud800b'],
    ['a lone low surrogate', 'a\udc00b'],
    ['surrogates the wrong way round', '\udc00\ud800'],
    ['a high surrogate at its end', 'end\ud800'],
    ['U+FFFF and U+FFFE', 'a\uffffb\ufffec'],
    ['a byte order mark', '\ufeffInbox'],
    ['line breaks and control characters', 'one\r\ntwo\u0001\u001b[2J'],
    ['characters outside of the first plane', '🙂𝄞'],
  ])('%s: kept as it is', async (_title, text) => {
    expect(await messagesOf([text])).toEqual([text, text]);
  });

  it('a NUL in it: ends there, as for every reader of a LPCWSTR', async () => {
    expect(await messagesOf(['before\u0000after'])).toEqual(['before', 'before']);
  });

  it('a mebi of units: whole; more: cut, and ends in an ellipsis', async () => {
    const [whole, problem, cut, cutProblem] = await messagesOf(['x'.repeat(MEGA), 'x'.repeat(MEGA + 1)]);
    expect(whole === 'x'.repeat(MEGA)).toBe(true);
    expect(problem === whole).toBe(true);
    expect(cut?.length).toBeLessThanOrEqual(MEGA);
    expect(cut?.endsWith('x…')).toBe(true);
    expect(cutProblem === cut).toBe(true);
  });

  it('a long one is never cut within a pair of surrogates', async () => {
    for (const lead of ['', 'x']) {
      const [cut] = await messagesOf([`${lead}${'🙂'.repeat(MEGA / 2 + 4)}`]);
      expect(cut).not.toMatch(/\p{Surrogate}/u);
      expect(cut?.endsWith('🙂…')).toBe(true);
    }
  });

  it('changes from long to short and back without getting lost', async () => {
    const texts = ['a'.repeat(1000), 'b', 'c'.repeat(100_000), '', 'd'.repeat(MEGA), 'e'];
    const messages = await messagesOf(texts);
    expect(messages.filter((_message, at) => at % 2 === 0)).toEqual(texts);
  });
});
