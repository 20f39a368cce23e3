import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { caseStatuses, prioritySchema } from '@loket/contracts/cases.js';
import { operationKinds } from '@loket/contracts/operations.js';

type Texts = { [key: string]: string | Texts };
const load = (path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as Texts;

/** Every `warnings.push('…')` of a preview. */
function warningsInSources(): string[] {
  const folder = '../../../../../libs/core/src/operations/';
  const files = ['case-operations.service.ts', 'customer-operations.service.ts'];
  const text = files.map((file) => readFileSync(new URL(folder + file, import.meta.url), 'utf8')).join('\n');
  const contract = readFileSync(
    new URL('../../../../../libs/contracts/src/operations.ts', import.meta.url),
    'utf8',
  );
  const named = [
    ...contract.matchAll(/\/\*\* (?:things to think about: )?((?:`[a-z_]+` ?)+)\*\/\s*warnings/g),
  ];
  const codes = named.flatMap(([, list = '']) =>
    [...list.matchAll(/`([a-z_]+)`/g)].map(([, code = '']) => code),
  );
  const pushed = [...text.matchAll(/warnings\.push\('([a-z_]+)'\)/g)].map(([, code = '']) => code);
  return [...new Set([...codes, ...pushed])];
}

describe.each(['id', 'en'])('sentences in %s', (language) => {
  const own = load(`locales/${language}.json`);
  const cases = load(`../case/locales/${language}.json`);
  const plural = (group: Texts, key: string) => group[key] ?? group[`${key}_other`];

  it.each<[string, readonly string[]]>([
    ['did', operationKinds],
    ['status', caseStatuses],
    ['priority', prioritySchema.options],
    ['warning', warningsInSources()],
    ['moved', ['messages', 'notes', 'threads', 'identities', 'cases']],
  ])('%s: one for each', (group, codes) => {
    expect(codes.length).toBeGreaterThan(2);
    expect(codes.filter((code) => !plural(own[group] as Texts, code))).toEqual([]);
  });

  it('tells of every kind of operation that was undone in a timeline', () => {
    const { undid } = cases.event as { undid: Texts };
    expect(operationKinds.filter((kind) => !undid[kind])).toEqual([]);
  });
});
