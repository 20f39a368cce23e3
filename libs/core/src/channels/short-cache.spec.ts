import { expect, it } from '@jest/globals';
import { ShortCache } from './short-cache.js';

function cacheOf() {
  let now = 0;
  const answers: ((value: number) => void)[] = [];
  const clock = { now: () => new Date(now) };
  const cache = new ShortCache<number>(clock, 100, () => new Promise((answer) => answers.push(answer)));
  return { cache, answers, at: (ms: number) => (now = ms) };
}

it('reads once for all who ask meanwhile, and again when it is old', async () => {
  const { cache, answers, at } = cacheOf();
  const asked = [cache.get(), cache.get()];
  answers[0]?.(1);
  expect(await Promise.all([...asked, cache.get()])).toEqual([1, 1, 1]);
  expect(answers).toHaveLength(1);
  at(101);
  const later = cache.get();
  answers[1]?.(2);
  expect(await later).toBe(2);
});

it('keeps nothing that was read before a change', async () => {
  const { cache, answers } = cacheOf();
  const before = cache.get();
  cache.forget();
  const after = cache.get();
  answers[1]?.(2);
  expect(await after).toBe(2);
  answers[0]?.(1);
  expect(await before).toBe(1);
  expect(await cache.get()).toBe(2);
});

it('keeps no failure', async () => {
  let tries = 0;
  const clock = { now: () => new Date(0) };
  const cache = new ShortCache(clock, 100, () =>
    ++tries === 1 ? Promise.reject(new Error('gone')) : Promise.resolve(tries),
  );
  await expect(cache.get()).rejects.toThrow('gone');
  expect(await cache.get()).toBe(2);
});
