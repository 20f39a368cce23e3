import { describe, expect, it } from '@jest/globals';
import { htmlOf } from './plain-html.js';
import { isFormatted, linesOf, plainOf } from './rich-text.js';

const text = (words: string, ...marks: string[]) => ({
  type: 'text',
  text: words,
  ...(marks.length > 0 && {
    marks: marks.map((type) => ({ type, attrs: { href: 'https://toko.example/x' } })),
  }),
});
const p = (...content: object[]) => ({ type: 'paragraph', content });
const doc = (...content: object[]) => ({ type: 'doc', content });

describe('text with looks', () => {
  it('reads the same in plain text', () => {
    const item = (words: string) => ({ type: 'listItem', content: [p(text(words))] });
    const answer = doc(
      p(text('Halo '), text('Bu Sari', 'bold')),
      p(),
      { type: 'bulletList', content: [item('satu'), item('dua')] },
      { type: 'orderedList', attrs: { start: 3 }, content: [item('tiga')] },
      { type: 'blockquote', content: [p(text('kutip'), { type: 'hardBreak' }, text('lagi'))] },
      p(text('lihat', 'link'), text(' ya')),
    );
    expect(plainOf(answer)).toBe(
      'Halo Bu Sari\n\n- satu\n- dua\n\n3. tiga\n\n> kutip\n> lagi\n\nlihat <https://toko.example/x> ya',
    );
  });

  it('reads as lines where every paragraph is one', () => {
    const lines = doc(
      p(text('Salam,')),
      p(text('Sari', 'bold')),
      p(),
      p(text('a'), { type: 'hardBreak' }, text('b')),
    );
    expect(linesOf(lines)).toBe('Salam,\nSari\n\na\nb');
  });

  it('a link that shows its address shows it once', () => {
    expect(plainOf(doc(p(text('https://toko.example/x', 'link'))))).toBe('https://toko.example/x');
  });

  it('is told from text without', () => {
    expect(isFormatted(doc(p(text('a'), { type: 'hardBreak' })))).toBe(false);
    expect(isFormatted(doc(p(text('a', 'bold'))))).toBe(true);
    expect(isFormatted(doc({ type: 'blockquote', content: [p(text('a'))] }))).toBe(true);
  });

  it('plain text becomes paragraphs, and is no markup', () => {
    expect(htmlOf('a\nb\n\n<b>')).toBe('<p>a<br>b</p><p>&lt;b&gt;</p>');
  });
});
