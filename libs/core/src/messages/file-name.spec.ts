import { describe, expect, it } from '@jest/globals';
import { cleanFileName, contentDisposition, mayShowInline } from './file-name.js';

describe('cleanFileName', () => {
  it.each([
    ['faktur.pdf', 'faktur.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\me\\nota.docx', 'nota.docx'],
    ['\u200b.htaccess', 'htaccess'],
    ['a\r\nSet-Cookie: x=1\r\n.txt', 'aSet-Cookie: x=1.txt'],
    ['gambar\0.png.exe', 'gambar.png.exe'],
    ['foto\u202egnp.exe', 'fotognp.exe'],
    ['Bukti   transfer  .jpg', 'Bukti transfer .jpg'],
    ['領収書 №7.pdf', '領収書 №7.pdf'],
    ['....', 'file'],
    ['', 'file'],
    [`${'x'.repeat(400)}.pdf`, `${'x'.repeat(120)}.pdf`],
  ])('%j → %j', (given, expected) => {
    expect(cleanFileName(given)).toBe(expected);
  });
});

describe('contentDisposition', () => {
  it.each([
    ['nota "asli".pdf', `attachment; filename="nota _asli_.pdf"; filename*=UTF-8''nota%20%22asli%22.pdf`],
    [
      "l'été (1)*.txt",
      `attachment; filename="l'_t_ (1)*.txt"; filename*=UTF-8''l%27%C3%A9t%C3%A9%20%281%29%2A.txt`,
    ],
    ['a"\r\nX: y', `attachment; filename="a_X: y"; filename*=UTF-8''a%22X%3A%20y`],
    ['50%.csv', `attachment; filename="50_.csv"; filename*=UTF-8''50%25.csv`],
  ])('%j', (name, expected) => {
    expect(contentDisposition('attachment', name)).toBe(expected);
  });
});

describe('mayShowInline', () => {
  it.each([
    ['image/png', true],
    ['IMAGE/JPEG; x=1', true],
    ['image/svg+xml', false],
    ['text/html', false],
    ['application/pdf', false],
    ['', false],
  ])('%s: %s', (type, expected) => {
    expect(mayShowInline(type)).toBe(expected);
  });
});
