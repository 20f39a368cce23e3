import { describe, expect, it } from '@jest/globals';
import { pushMessage, type PushedNotice } from './push-text.js';

const notice: PushedNotice = {
  id: 'n1',
  kind: 'taken',
  number: 1042,
  locale: 'id',
  actorName: 'Rina',
  subject: 'Mug pecah',
  customerName: 'Dewi Anggraini',
  reason: 'Bu Dewi minta Siti',
};

describe('pushMessage', () => {
  it('says who did what, in the language of whoever gets it', () => {
    expect(pushMessage(notice, false)).toEqual({
      tag: 'n1',
      title: 'Rina mengambil alih kasus #1042',
      body: '',
      path: '/inbox/all/1042',
    });
    expect(pushMessage({ ...notice, locale: 'en', actorName: null }, false).title).toBe(
      'Case #1042 went back to the team',
    );
  });

  it('tells nothing of a customer unless that is wanted', () => {
    const silent = JSON.stringify(pushMessage(notice, false));
    expect(silent).not.toMatch(/Dewi|Mug/);
    expect(pushMessage(notice, true).body).toBe('Dewi Anggraini · Mug pecah\nBu Dewi minta Siti');
    expect(pushMessage({ ...notice, customerName: null, reason: null }, true).body).toBe('Mug pecah');
  });
});
