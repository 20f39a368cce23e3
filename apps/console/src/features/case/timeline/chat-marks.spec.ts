import { describe, expect, it } from '@jest/globals';
import { readMarks, type Marked } from './chat-marks.js';

const written = (parts: readonly Marked[]): string =>
  parts
    .map(({ mark, text, parts: inner }) =>
      mark ? `<${mark}>${inner.length ? written(inner) : text}</>` : text,
    )
    .join('');

describe('readMarks', () => {
  it.each([
    ['tolong *segera* dikirim', 'tolong <bold>segera</> dikirim'],
    ['*RS-1*, _besok_, ~batal~.', '<bold>RS-1</>, <italic>besok</>, <struck>batal</>.'],
    ['*_penting_ sekali*', '<bold><italic>penting</> sekali</>'],
    ['```kode *apa* adanya```', '<mono>kode *apa* adanya</>'],
    // marks inside words, around nothing, or alone
    [
      'lihat https://toko.example/a_b_c dan nama_file_saya',
      'lihat https://toko.example/a_b_c dan nama_file_saya',
    ],
    ['3 * 4 * 5', '3 * 4 * 5'],
    ['** __ ~~', '** __ ~~'],
    ['*satu\ndua*', '*satu\ndua*'],
    ['*hanya awal', '*hanya awal'],
    ['5*3=15 *benar*', '5*3=15 <bold>benar</>'],
    ['', ''],
  ])('%j', (text, expected) => {
    expect(written(readMarks(text))).toBe(expected);
  });

  it('is done at once with text that was made to keep it busy', () => {
    const started = performance.now();
    readMarks('*'.repeat(5000));
    readMarks('*a '.repeat(1700));
    readMarks('_*~'.repeat(1700));
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
