import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { glimpse } from './glimpse.js';

const of = (mail: string | Buffer) => glimpse(Readable.from([Buffer.from(mail)]));

describe('glimpse', () => {
  it('tells subject and sender of a mail that is otherwise beyond us', async () => {
    const mail = `From: =?utf-8?Q?D=C3=A9wi?= <dewi@toko.example>\r\nSubject: =?utf-8?B?TXVnIHJldGFr?=\r\n\r\n${'x'.repeat(300_000)}`;
    expect(await of(mail)).toEqual({ subject: 'Mug retak', from: 'dewi@toko.example' });
  });

  it.each([
    ['nothing', ''],
    ['no mail', Buffer.from([0, 255, 1, 2, 3])],
    ['a head that never ends', `Subject: ${'y'.repeat(200_000)}`],
  ])('has nothing to tell of %s, or little, and never fails', async (_, mail) => {
    const seen = await of(mail);
    expect((seen.subject ?? '').length).toBeLessThanOrEqual(1000);
    expect(seen.from).toBeNull();
  });
});
