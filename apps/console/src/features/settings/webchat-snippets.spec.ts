import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { policyLines, scriptTag } from './webchat-snippets.js';

const manual = readFileSync(new URL('../../../../widget/README.md', import.meta.url), 'utf8');

describe('what goes into somebody’s site', () => {
  it('is the script as the widget’s manual has it', () => {
    expect(manual).toContain(scriptTag('https://desk.example', '<id of the channel>'));
  });

  it('is the policy as the widget’s manual has it, for https and http alike', () => {
    expect(manual).toContain(policyLines('https://desk.example'));
    expect(policyLines('http://localhost:3000')).toContain('ws://localhost:3000');
  });
});
