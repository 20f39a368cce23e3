import { describe, expect, it } from '@jest/globals';
import { afterAnswers, answering } from './under-way.js';

describe('answers under way', () => {
  it('are waited for by what comes after them in the same case, also when they are refused', async () => {
    const said: string[] = [];
    let refuse: (why: Error) => void = () => undefined;
    const first = answering('c1', new Promise((_, reject) => (refuse = reject)));
    const after = afterAnswers('c1').then((was) => said.push(`after: ${String(was)}`));
    first.catch(() => said.push('refused'));
    expect(await afterAnswers('c2')).toBe(false);
    expect(said).toEqual([]);
    refuse(new Error('no'));
    await after;
    expect(said).toEqual(['refused', 'after: true']);
    expect(await afterAnswers('c1')).toBe(false);
  });
});
