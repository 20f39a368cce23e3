import { describe, expect, it } from '@jest/globals';
import { IntakeQueue, type Waiting } from './intake-queue.js';

interface Named extends Waiting {
  name: string;
}

const item = (name: string, ...keys: number[]): Named => ({ name, lockKeys: keys.map(BigInt) });
const names = (items: Named[]): string => items.map((i) => i.name).join('');

function queueOf(...items: Named[]): IntakeQueue<Named> {
  const queue = new IntakeQueue<Named>();
  items.forEach((i) => {
    queue.push(i);
  });
  return queue;
}

describe('IntakeQueue', () => {
  it('groups what does not exclude each other, and leaves the rest in order', () => {
    const queue = queueOf(item('a', 1), item('b', 1), item('c', 2), item('d', 2, 3), item('e', 4));
    const first = queue.take(10, 100);
    expect(names(first)).toBe('ace');
    queue.release(first);
    expect(names(queue.take(10, 100))).toBe('bd');
  });

  it('lets nothing overtake an earlier message that it shares a lock with', () => {
    const queue = queueOf(item('a', 1), item('b', 1, 2), item('c', 2));
    const first = queue.take(10, 100);
    expect(names(first)).toBe('a');
    queue.release(first);
    expect(names(queue.take(10, 100))).toBe('b');
  });

  it('keeps away from the locks of a group under way until it is released', () => {
    const queue = queueOf(item('a', 1), item('b', 1), item('c', 2));
    const first = queue.take(1, 100);
    expect(names(queue.take(10, 100))).toBe('c');
    queue.release(first);
    expect(names(queue.take(10, 100))).toBe('b');
  });

  it('takes one message however many locks it needs, and else keeps to the limit', () => {
    const queue = queueOf(item('a', 1, 2, 3), item('b', 4), item('c', 5));
    expect(names(queue.take(10, 2))).toBe('a');
    expect(names(queue.take(10, 1))).toBe('b');
  });

  it('puts back in front', () => {
    const queue = queueOf(item('b', 1), item('c', 2));
    queue.unshift([item('a', 1)]);
    const group = queue.take(10, 100);
    expect(names(group)).toBe('ac');
    expect(queue.length).toBe(1);
  });
});
