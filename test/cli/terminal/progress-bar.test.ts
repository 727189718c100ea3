import { expect, it } from 'vitest';
import { progressBar, wanderingBar } from '../../../src/cli/terminal/progress-bar.js';

it('fills a bar, and completes it only at the end', () => {
  expect(progressBar(0, 4)).toBe('░░░░');
  expect(progressBar(0.5, 4)).toBe('██░░');
  expect(progressBar(0.999, 4)).toBe('███░');
  expect(progressBar(1, 4)).toBe('████');
  expect(progressBar(-1, 4)).toBe('░░░░');
  expect(progressBar(7, 4)).toBe('████');
  expect(progressBar(0.5, 0)).toBe('');
});

it('lets a piece wander where the end is not known', () => {
  expect([0, 1, 2, 3, 4].map((step) => wanderingBar(step, 5))).toEqual(['███░░', '░███░', '░░███', '░███░', '███░░']);
  expect(wanderingBar(9, 2)).toBe('██');
  expect(wanderingBar(9, 0)).toBe('');
});
