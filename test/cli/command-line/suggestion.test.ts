import { expect, it } from 'vitest';
import { suggestionFor } from '../../../src/cli/command-line/suggestion.js';

const known = ['profile', 'mapi', 'all', 'direction', 'scope', 'headers-only', 'timeout', 'stall', 'json', 'help'];

it.each([
  ['profil', 'profile'],
  ['direktion', 'direction'],
  ['timeuot', 'timeout'],
  ['JSON', 'json'],
  ['jsno', 'json'],
  ['headers', 'headers-only'],
  ['hlep', 'help'],
])('%s suggests %s', (typed, meant) => {
  expect(suggestionFor(typed, known)).toBe(meant);
});

it.each(['x', 'verbose', 'colour', 'recursive', ''])('%j suggests nothing', (typed) => {
  expect(suggestionFor(typed, known)).toBeNull();
});
