import { describe, expect, it } from '@jest/globals';
import { isKnownOrigin } from './live-adapter.js';

describe('isKnownOrigin', () => {
  it.each([
    [undefined, 'desk.example', undefined, true],
    ['https://desk.example', 'desk.example', undefined, true],
    ['http://127.0.0.1:3000', '127.0.0.1:3000', undefined, true],
    ['http://127.0.0.1:3001', '127.0.0.1:3000', undefined, false],
    ['https://evil.example', 'desk.example', undefined, false],
    ['https://desk.example.evil.example', 'desk.example', undefined, false],
    ['null', 'desk.example', undefined, false],
    ['', 'desk.example', undefined, false],
    ['https://desk.example', 'backend:3000', 'https://desk.example/console', true],
    ['http://desk.example', 'backend:3000', 'https://desk.example', false],
    ['https://evil.example', 'backend:3000', 'https://desk.example', false],
  ])('%s at %s behind %s: %s', (origin, host, publicUrl, expected) => {
    expect(isKnownOrigin({ origin, host }, publicUrl)).toBe(expected);
  });
});
