import { describe, expect, it } from '@jest/globals';
import { fillSignature, type SignatureValues } from './signature-text.js';

const everything: SignatureValues = {
  'agent.name': 'Sari Dewi',
  'agent.title': 'Layanan pelanggan',
  'agent.phone': '+62 21 555 0100',
  'workspace.name': 'Toko Kriya',
  'case.number': '#1042',
};
const modest: SignatureValues = { ...everything, 'agent.title': null, 'agent.phone': '' };

describe('a signature', () => {
  it.each<[string, string, SignatureValues, string | null]>([
    [
      'has its blanks filled',
      'Salam,\n{{ agent.name }}\n{{agent.title}} · {{workspace.name}}',
      everything,
      'Salam,\nSari Dewi\nLayanan pelanggan · Toko Kriya',
    ],
    [
      'loses the part of a line that nobody knows, with what kept it apart',
      '{{agent.name}}\n{{agent.title}} · {{workspace.name}} | Tel. {{agent.phone}}',
      modest,
      'Sari Dewi\nToko Kriya',
    ],
    [
      'loses the whole line when nothing of it is left, and no others',
      '{{agent.name}}\n{{agent.title}}\nTel. {{agent.phone}}\nwww.kriya.example',
      modest,
      'Sari Dewi\nwww.kriya.example',
    ],
    ['keeps a part that names something known', '{{agent.name}} {{agent.title}}', modest, 'Sari Dewi'],
    ['shows no blank that is no variable', '{{agent.name}}\n{{agent.mood}}', everything, 'Sari Dewi'],
    ['leaves no hole where lines went', 'Salam\n\n{{agent.title}}\n\n\nKriya', modest, 'Salam\n\nKriya'],
    ['is nothing when all of it went', '{{agent.title}} · {{agent.phone}}', modest, null],
    [
      'is not torn at hyphens within words',
      'e-mail: x-y@z.example, {{agent.phone}}',
      modest,
      'e-mail: x-y@z.example',
    ],
  ])('%s', (_what, text, values, expected) => {
    expect(fillSignature({ text }, values)?.text ?? null).toBe(expected);
  });

  it.each<[string, string, SignatureValues, string]>([
    [
      'paragraphs',
      '<p><strong>{{agent.name}}</strong></p><p>{{agent.title}}</p><p>{{workspace.name}}</p>',
      modest,
      '<p><strong>Sari Dewi</strong></p><p>Toko Kriya</p>',
    ],
    ['lines', '<p>{{agent.name}}<br>{{agent.title}}<br>Kriya</p>', modest, '<p>Sari Dewi<br>Kriya</p>'],
    ['first lines', '<p><em>{{agent.title}}</em><br>Kriya</p>', modest, '<p>Kriya</p>'],
    [
      'items of a list',
      '<p>{{agent.name}}</p><ul><li><p>{{agent.phone}}</p></li></ul>',
      modest,
      '<p>Sari Dewi</p>',
    ],
    ['keeps empty lines that are meant', '<p>a</p><p></p><p>b</p>', modest, '<p>a</p><p><br></p><p>b</p>'],
    [
      'lets no name be markup',
      '<p>{{agent.name}}</p>',
      { 'agent.name': '<img src=x onerror="y"> & co' },
      '<p>&lt;img src=x onerror=&quot;y&quot;&gt; &amp; co</p>',
    ],
  ])('with looks: %s', (_what, html, values, expected) => {
    expect(fillSignature({ text: 'x', html }, values)?.html).toBe(expected);
  });
});
