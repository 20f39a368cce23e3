import { describe, expect, it } from '@jest/globals';
import { renderTemplate } from '@loket/contracts/template-text.js';
import type { Template } from '@loket/contracts/templates.js';
import {
  blankFault,
  fileFits,
  findTemplates,
  firstValues,
  pieces,
  templateTitle,
  valuesOf,
} from './template-form.js';

const template = (patch: Partial<Template> = {}): Template => ({
  name: 'order_ready',
  language: 'id',
  category: 'UTILITY',
  header: 'Pesanan {{1}}',
  body: 'Halo {{1}}, pesanan {{ 2 }} siap.',
  footer: 'Toko Senja',
  buttons: [],
  blanks: [
    { key: 'header.1', kind: 'text', example: 'A-1' },
    { key: 'body.1', kind: 'text', example: 'Budi' },
    { key: 'body.2', kind: 'text', example: 'A-1' },
  ],
  ...patch,
});

describe('pieces', () => {
  it('are the same words that will be sent', () => {
    const one = template();
    const values = { 'header.1': 'A-9', 'body.1': 'Dewi', 'body.2': 'A-9' };
    const joined = (['header', 'body'] as const).map((part) =>
      pieces(one[part] ?? '', part, values)
        .map((piece) => piece.text)
        .join(''),
    );
    expect([...joined, one.footer].join('\n\n')).toBe(renderTemplate(one, values));
  });

  it('show an empty blank as the blank that it is', () => {
    expect(pieces('Halo {{ nama }}!', 'body', { 'body.nama': '  ' })).toEqual([
      { text: 'Halo ', blank: null },
      { text: '{{nama}}', blank: 'body.nama' },
      { text: '!', blank: null },
    ]);
  });
});

describe('blanks', () => {
  it.each([
    [undefined, 'empty'],
    ['  ', 'empty'],
    ['Dewi', null],
    ['x'.repeat(1000), null],
    ['x'.repeat(1001), 'tooLong'],
    ['dua\nbaris', 'spaces'],
    ['a     b', 'spaces'],
    ['a    b', null],
  ])('%j: %s', (value, fault) => {
    expect(blankFault(value)).toBe(fault);
  });

  it.each([
    ['image', 'image/png', true],
    ['image', 'image/webp', false],
    ['video', 'video/mp4', true],
    ['video', 'image/png', false],
    ['document', 'application/pdf', true],
    ['text', 'text/plain', false],
  ] as const)('of kind %s takes %s: %s', (kind, type, fits) => {
    expect(fileFits({ key: 'header.media', kind, example: null }, type)).toBe(fits);
  });

  it('send what was typed into those that there are, trimmed', () => {
    expect(valuesOf(template(), { 'body.1': ' Dewi ', 'body.9': 'x' })).toEqual({
      'header.1': '',
      'body.1': 'Dewi',
      'body.2': '',
    });
  });

  it('for the name of the customer know it already', () => {
    const named = template({ blanks: [{ key: 'body.customer_name', kind: 'text', example: null }] });
    expect([firstValues(named, 'Dewi'), firstValues(named, null), firstValues(template(), 'Dewi')]).toEqual([
      { 'body.customer_name': 'Dewi' },
      {},
      {},
    ]);
  });
});

describe('findTemplates', () => {
  const all = [
    template({ name: 'b_english', language: 'en_US' }),
    template({ name: 'c_lain', body: 'Resi Anda' }),
    template({ name: 'a_lain' }),
  ];
  it.each([
    ['', '', ['a_lain', 'c_lain', 'b_english']],
    ['resi', '', ['c_lain']],
    ['a lain', '', ['a_lain']],
    ['', 'en_US', ['b_english']],
    ['tidak ada', '', []],
  ])('%j in %j', (words, language, names) => {
    expect(findTemplates(all, words, language, 'id').map((one) => one.name)).toEqual(names);
  });

  it('names them as people would', () => expect(templateTitle('order_ready_2')).toBe('Order ready 2'));
});
