import { describe, expect, it } from '@jest/globals';
import { createCallSchema } from '@loket/contracts/call-views.js';
import { clock, elapsed, fromDraft, isBlank, newCallForm, readClock, toCall, toDraft } from './call-form.js';

const now = Date.parse('2026-11-22T03:00:00Z');
const channelId = '0190a000-0000-7000-8000-000000000001';

describe('the form of a call', () => {
  it('comes back from its draft as it was left', () => {
    const file = { sha256: 'a'.repeat(64), name: 'foto.jpg', mediaType: 'image/jpeg', size: 3 };
    const form = {
      ...newCallForm({ channelId, number: '0812', whereNumber: 12, where: channelId }, now),
      notes: 'Minta ganti',
      files: [file],
      recording: file,
      stoppedAt: now + 5000,
    };
    expect(fromDraft(JSON.parse(JSON.stringify(toDraft(form))), now + 99)).toEqual(form);
    const running = newCallForm({ number: '0812' }, now);
    expect(fromDraft(JSON.parse(JSON.stringify(toDraft(running))), now + 99)).toEqual(running);
    expect(fromDraft({ number: 7, outcome: 'danced', files: '[]', recording: 'null' }, now)).toBeNull();
    expect(fromDraft({ files: '{' }, now)).toBeNull();
  });

  it('is blank until something is in it that would be missed', () => {
    expect(isBlank(newCallForm({}, now))).toBe(true);
    expect(isBlank({ ...newCallForm({}, now), notes: 'x' })).toBe(false);
  });

  it('tells the server what it takes', () => {
    const form = { ...newCallForm({ channelId, number: ' 0812-3456 ' }, now), notes: ' Halo ' };
    const call = createCallSchema.parse(toCall(form, now + 65_000));
    expect(call).toMatchObject({
      number: '0812-3456',
      notes: 'Halo',
      talkSeconds: 65,
      ringSeconds: null,
      caseId: 'new',
    });
    const missed = createCallSchema.parse(
      toCall({ ...form, outcome: 'missed', withheld: true }, now + 9_000),
    );
    expect(missed).toMatchObject({ number: null, talkSeconds: null, ringSeconds: 9 });
    const rang = createCallSchema.parse(toCall({ ...form, callId: 'pbx-1' }, now + 9_000));
    expect(rang).toMatchObject({ callId: 'pbx-1', talkSeconds: null });
  });

  it('stops the timer where it was stopped', () => {
    expect(elapsed({ startedAt: now, stoppedAt: null }, now + 61_400)).toBe(61);
    expect(elapsed({ startedAt: now, stoppedAt: now + 2000 }, now + 61_400)).toBe(2);
    expect(elapsed({ startedAt: now + 5000, stoppedAt: null }, now)).toBe(0);
  });

  it.each([
    [5, '0:05'],
    [245, '4:05'],
    [3845, '1:04:05'],
  ])('writes %s seconds as %s, and reads it', (seconds, text) => {
    expect(clock(seconds)).toBe(text);
    expect(readClock(text)).toBe(seconds);
  });

  it('reads minutes alone, and nothing of nonsense', () => {
    expect([readClock('7'), readClock('4:75'), readClock('x'), readClock('')]).toEqual([
      420,
      null,
      null,
      null,
    ]);
  });
});
