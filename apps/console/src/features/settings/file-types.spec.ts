import { expect, it } from '@jest/globals';
import { visitorFileTypes } from '@loket/contracts/visitor-limits.js';
import { knownFileTypes } from './file-types.js';

it('has a name for every type that visitors may send by themselves', () => {
  expect(visitorFileTypes.filter((type) => !knownFileTypes.has(type))).toEqual([]);
});
