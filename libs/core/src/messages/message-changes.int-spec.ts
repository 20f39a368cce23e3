import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TimelineMessage } from '@loket/contracts/cases.js';
import type { InboundEvent, NormalizedMessage } from '@loket/contracts/inbound.js';
import type { SendOutcome } from '@loket/contracts/outbound.js';
import { newId } from '@loket/platform/ids.js';
import { accepted, message, startCore, type TestCore, nobody } from '../../../../test/support/core.js';
import { startIntake, type TestIntake } from '../../../../test/support/intake.js';
import { until } from '../../../../test/support/until.js';
import { CasesService } from '../cases/cases.service.js';
import { EventHistory } from '../cases/event-history.js';
import { TimelineService } from '../cases/timeline.service.js';
import type { IntakeChannels } from '../intake/intake-channels.js';
import { IntakeService } from '../intake/intake.service.js';
import { Prune } from '../maintenance/prune.js';
import { CaseOperations } from '../operations/case-operations.service.js';
import { UndoService } from '../operations/undo.service.js';
import { MessageChanges, type Happened } from './message-changes.service.js';
import { RepliesService } from './replies.service.js';

let core: TestCore;
let twin: TestIntake;
/** the handler of a second process */
let twinChanges: MessageChanges;
let channelId: string;
let rina: { id: string; name: string };
beforeAll(async () => {
  core = await startCore();
  twin = await startIntake(core.databaseUrl);
  channelId = await twin.addChannel('whatsapp');
  const channels = { find: () => Promise.resolve({ defaultRegion: 'ID' }) };
  twinChanges = new MessageChanges(
    twin.database.manager,
    channels as unknown as IntakeChannels,
    twin.events,
    twin.clock,
  );
  rina = await core.addAgent('Rina');
});
afterAll(async () => {
  await twin.close();
  await core.close();
});

let people = 0;
const person = (name = 'Wati'): NormalizedMessage['sender'] => ({
  kind: 'whatsapp',
  value: `62812${String(1_000_000 + ++people)}`,
  name,
  proof: 'verified',
  evidence: [],
});
const said = (sender: NormalizedMessage['sender'], over: Partial<NormalizedMessage> = {}) => ({
  ...message(channelId, { subject: null }),
  sender,
  thread: { conversation: sender.value, references: [], tokens: [], forwarded: false },
  ...over,
});
const at = (minute: number): string => new Date(Date.UTC(2026, 10, 20, 4, minute)).toISOString();
type About = Pick<NormalizedMessage, 'externalId'>;
const edited = (
  { externalId }: About,
  text: string,
  minute: number,
  by: Happened['by'] = null,
): Happened => ({
  type: 'edited',
  channelId,
  externalId,
  by,
  at: at(minute),
  text,
});
const revoked = ({ externalId }: About, minute: number, by: Happened['by'] = null): Happened => ({
  type: 'revoked',
  channelId,
  externalId,
  by,
  at: at(minute),
});
const reacted = (
  { externalId }: About,
  emoji: string | null,
  minute: number,
  by: Happened['by'],
): Happened => ({ type: 'reacted', channelId, externalId, by, at: at(minute), emoji });
const tell = (event: InboundEvent) => core.bus.request('inbound.event', event);
const shown = async (messageId: string): Promise<TimelineMessage> =>
  (await core.get(TimelineService).message(messageId)) as TimelineMessage;
const summary = async (item: { messageId: string }) =>
  (await shown(item.messageId)).changes.map(({ type, text, emoji, side }) =>
    [type, text ?? emoji, side].filter(Boolean).join(' '),
  );
const changedEvents = async (messageId: string): Promise<{ version: number; type: string }[]> =>
  core.database.query(
    `SELECT version, data->>'type' AS type FROM events
     WHERE type = 'message.changed' AND data->>'messageId' = $1 ORDER BY id`,
    [messageId],
  );

describe('what happens to a message', () => {
  it('is written beside it, told once, and leaves the case at its version', async () => {
    const wati = person();
    const first = said(wati);
    const { caseId, messageId } = await core.receive(first);
    const before = await core.get(CasesService).get(caseId);
    const edit = edited(first, 'Gelas saya pecah', 1, wati);
    const replies = await Promise.all(
      Array.from({ length: 50 }, (_, n) => (n % 2 ? tell(edit) : twinChanges.take(edit))),
    );
    expect(new Set(replies.map((r) => r.known))).toEqual(new Set([true]));
    const item = await shown(messageId);
    expect(item).toMatchObject({ text: first.text, version: 2 });
    expect(item.changes).toEqual([
      { type: 'edited', at: at(1), side: 'customer', name: 'Wati', text: 'Gelas saya pecah', emoji: null },
    ]);
    expect(await changedEvents(messageId)).toEqual([{ version: before.version, type: 'edited' }]);
    const after = await core.get(CasesService).get(caseId);
    expect(after).toEqual({ ...before, preview: 'Gelas saya pecah' });
  });

  it('may be told before the message comes, and lists then show how it reads', async () => {
    const wati = person();
    const first = said(wati);
    expect(await tell(edited(first, 'maksudnya gelas', 1, wati))).toEqual({ known: false });
    expect(await tell(reacted(first, '👍', 2, null))).toEqual({ known: false });
    const { caseId, messageId } = await core.receive(first);
    expect(await summary({ messageId })).toEqual(['edited maksudnya gelas customer', 'reacted 👍 own']);
    expect((await core.get(CasesService).get(caseId)).preview).toBe('maksudnya gelas');
    expect(await tell(edited(first, 'maksudnya gelas', 1, wati))).toEqual({ known: true });
    expect(await changedEvents(messageId)).toEqual([]);
  });

  it('shows edits in the order in which they were made, whatever came first; a late one changes no list', async () => {
    const wati = person();
    const first = said(wati);
    const { caseId, messageId } = await core.receive(first);
    await tell(edited(first, 'ketiga', 3, wati));
    await tell(revoked(first, 4, wati));
    await tell(edited(first, 'kedua', 2, wati));
    // told again with the time of the telling
    await tell(revoked(first, 9, wati));
    expect(await summary({ messageId })).toEqual([
      'edited kedua customer',
      'edited ketiga customer',
      'revoked customer',
    ]);
    expect((await core.get(CasesService).get(caseId)).preview).toBe('ketiga');
    expect(await changedEvents(messageId)).toHaveLength(3);
  });

  it('changes the list only with the newest message of the case', async () => {
    const wati = person();
    const [first, second] = [said(wati, { text: 'satu' }), said(wati, { text: 'dua' })];
    const { caseId } = await core.receive(first);
    await core.receive(second);
    await tell(edited(first, 'SATU', 1));
    expect((await core.get(CasesService).get(caseId)).preview).toBe('dua');
    await tell(edited(second, 'DUA', 1));
    expect((await core.get(CasesService).get(caseId)).preview).toBe('DUA');
  });

  it('keeps one reaction a person, and none that was taken back', async () => {
    const [wati, budi] = [person(), person('Budi')];
    const first = said(wati);
    const { messageId } = await core.receive(first);
    await core.receive(said(budi));
    await tell(reacted(first, '👍', 1, wati));
    await tell(reacted(first, '❤️', 2, wati));
    await tell(reacted(first, '😮', 3, budi));
    await tell(reacted(first, '🙏', 4, null));
    expect(await summary({ messageId })).toEqual([
      'reacted ❤️ customer',
      'reacted 😮 customer',
      'reacted 🙏 own',
    ]);
    // his phone says it under his other address, and the first one is told again
    const asLid = {
      ...wati,
      kind: 'lid' as const,
      value: '9988',
      also: [
        { kind: 'whatsapp' as const, value: wati.value, proof: 'verified' as const, source: 'lid_mapping' },
      ],
    };
    await tell(reacted(first, null, 5, asLid));
    await tell(reacted(first, '👍', 1, wati));
    expect(await summary({ messageId })).toEqual(['reacted 😮 customer', 'reacted 🙏 own']);
  });

  it('loses no reaction to another one of the same second', async () => {
    const wati = person();
    const first = said(wati);
    const { messageId } = await core.receive(first);
    for (const emoji of ['👍', null, '🎉']) await tell(reacted(first, emoji, 1, wati));
    expect(await summary({ messageId })).toEqual(['reacted 🎉 customer']);
  });

  it('is believed of its author only', async () => {
    const [wati, budi] = [person(), person('Budi')];
    const first = said(wati, { text: 'punya Wati' });
    const { caseId, messageId } = await core.receive(first);
    await core.receive(said(budi));
    const queued = await core.get(RepliesService).create(caseId, { text: 'Baik', attachments: [] }, rina);
    const ours = await until(
      () => shown(queued.id),
      (m) => m.state === 'sent',
    );
    const own = { externalId: ours.externalId ?? '' };
    await tell(edited(first, 'kata Budi', 1, budi));
    await tell(revoked(first, 1, budi));
    await tell(edited(own, 'kata Wati', 1, wati));
    await tell(revoked(own, 1, wati));
    expect([await summary({ messageId }), await summary({ messageId: ours.id })]).toEqual([[], []]);
    expect(await changedEvents(messageId)).toEqual([]);
    expect(await changedEvents(ours.id)).toEqual([]);
    expect((await core.get(CasesService).get(caseId)).preview).toBe('Baik');
    const account = { ...person(), value: '628110001', name: null };
    await tell(edited(own, 'Baik, Bu', 2, account));
    await tell(revoked(own, 3));
    expect(await summary({ messageId: ours.id })).toEqual(['edited Baik, Bu own', 'revoked own']);
    expect((await core.get(CasesService).get(caseId)).preview).toBe('Baik, Bu');
  });

  it('is believed of an account of ours that another channel has as a customer', async () => {
    const [wati, account] = [person(), person('Toko')];
    await core.receive({ ...said(account), channelId: await core.addChannel({}, 'whatsapp') });
    const phone = { ...said(account), thread: { ...said(wati).thread } };
    await tell({ type: 'sent_elsewhere', message: phone, to: wati });
    const [row]: { id: string }[] = await core.database.query(
      'SELECT id FROM messages WHERE channel_id = $1 AND external_id = $2',
      [channelId, phone.externalId],
    );
    await tell(edited(phone, 'Besok, Bu', 1, account));
    await tell(revoked(phone, 2, wati));
    expect(await summary({ messageId: row?.id ?? '' })).toEqual(['edited Besok, Bu own']);
  });

  it('goes with its message through merge and undo, and the figures with it', async () => {
    const [wati, budi] = [person(), person('Budi')];
    const [first, second] = [said(wati), said(budi)];
    const into = await core.receive(first);
    const from = await core.receive(second);
    await tell(edited(second, 'gelas Budi', 1, budi));
    const { operation } = await core
      .get(CaseOperations)
      .merge(from.caseId, { into: into.caseId, mergeCustomers: false }, { actorId: rina.id });
    expect((await core.get(CasesService).get(into.caseId)).preview).toBe('gelas Budi');
    await tell(edited(second, 'gelas Budi saja', 2, budi));
    expect((await core.get(CasesService).get(into.caseId)).preview).toBe('gelas Budi saja');
    const [event] = (await changedEvents(from.messageId)).slice(-1);
    expect(event?.version).toBe((await core.get(CasesService).get(into.caseId)).version);
    await core.get(UndoService).undo(operation.id, rina.id);
    expect((await core.get(CasesService).get(from.caseId)).preview).toBe('gelas Budi saja');
  });

  it('is forgotten after thirty days when its message never came', async () => {
    const [known, never] = [said(person()), said(person())];
    await core.receive(known);
    await tell(edited(known, 'tetap', 1));
    await tell(edited(never, 'tidak pernah', 1));
    const kept = async (): Promise<string[]> => {
      const rows: { text: string }[] = await core.database.query(
        `SELECT text FROM message_changes WHERE external_id = ANY($1) ORDER BY text`,
        [[known.externalId, never.externalId]],
      );
      return rows.map((row) => row.text);
    };
    core.clock.advanceHours(29 * 24);
    await core.get(Prune).pruneChanges();
    expect(await kept()).toEqual(['tetap', 'tidak pernah']);
    core.clock.advanceHours(2 * 24);
    await core.get(Prune).pruneChanges();
    expect(await kept()).toEqual(['tetap']);
  });
});

describe('a quote', () => {
  it('shows what the quoted message reads now, its file and who wrote it', async () => {
    const wati = person();
    const photo = {
      sha256: 'a'.repeat(64),
      size: 3,
      name: 'retak.jpg',
      mediaType: 'image/jpeg',
      inline: false,
    };
    const first = said(wati, { text: 'retak '.repeat(60), attachments: [photo] });
    const { caseId, messageId } = await core.receive(first);
    const answer = said(wati, { quote: first.externalId });
    const lost = said(wati, { quote: 'never.came' });
    const [one, two] = [await core.receive(answer), await core.receive(lost)];
    expect((await shown(one.messageId)).quote).toEqual({
      messageId,
      direction: 'inbound',
      name: 'Wati',
      text: first.text.slice(0, 200),
      mediaType: 'image/jpeg',
    });
    const nothing = { messageId: null, direction: null, name: null, text: '', mediaType: null };
    expect((await shown(two.messageId)).quote).toEqual(nothing);
    expect((await shown(messageId)).quote).toBeNull();
    await tell(edited(first, 'pecah, bukan retak', 1, wati));
    await tell(revoked(first, 2, wati));
    expect((await shown(one.messageId)).quote).toMatchObject({ text: 'pecah, bukan retak' });
    const queued = await core
      .get(RepliesService)
      .create(caseId, { text: 'Kami ganti', attachments: [] }, rina);
    const { externalId } = await until(
      () => shown(queued.id),
      (m) => m.state === 'sent',
    );
    const three = await core.receive(said(wati, { quote: externalId }));
    expect((await shown(three.messageId)).quote).toEqual({
      messageId: queued.id,
      direction: 'outbound',
      name: 'Rina',
      text: 'Kami ganti',
      mediaType: null,
    });
    const page = await core.get(TimelineService).ofCase(caseId, { limit: 50 }, nobody);
    const quotes = page.items.flatMap((i) => (i.type === 'message' && i.quote ? [i.quote.messageId] : []));
    expect(quotes).toEqual([messageId, null, queued.id]);
  });
});

describe('a message and its changes at the same moment', () => {
  /** What a client has at the end who only ever listened. */
  async function listen(until: () => boolean, after: string): Promise<Map<string, TimelineMessage>> {
    const last = new Map<string, TimelineMessage>();
    let cursor = after;
    for (;;) {
      const ended = until();
      const page = await core.get(EventHistory).page({ after: cursor, limit: 500 }, true);
      for (const { item } of page.items) {
        if (item?.type !== 'message') continue;
        const old = last.get(item.id);
        if (!old || old.version <= item.version) last.set(item.id, item);
      }
      if (ended && page.nextCursor === cursor) return last;
      cursor = page.nextCursor;
    }
  }
  const here = async (): Promise<string> => {
    for (let cursor: string | undefined; ;) {
      const { nextCursor } = await core
        .get(EventHistory)
        .page({ ...(cursor === undefined ? {} : { after: cursor }), limit: 500 }, true);
      if (nextCursor === cursor) return cursor;
      cursor = nextCursor;
    }
  };
  const jitter = (): Promise<void> => sleep(Math.random() * 12);

  it('miss no live update, whichever of two processes is first', async () => {
    const all = Array.from({ length: 80 }, () => said(person()));
    let over = false;
    const listening = listen(() => over, await here());
    const ids = await Promise.all(
      all.map(async (m, n) => {
        await sleep(n * 6);
        const [taken] = await Promise.all([
          jitter().then(() => (n % 2 ? core.get(IntakeService) : twin.intake).receive(m)),
          jitter().then(() => twinChanges.take(edited(m, 'diubah', 1, m.sender))),
          jitter().then(() => tell(reacted(m, '👍', 2, m.sender))),
        ]);
        return taken.messageId ?? '';
      }),
    );
    over = true;
    const seen = await listening;
    for (const id of ids) {
      expect(await summary({ messageId: id })).toEqual(['edited diubah customer', 'reacted 👍 customer']);
      expect(seen.get(id)?.changes).toEqual((await shown(id)).changes);
      const { caseId } = await shown(id);
      expect((await core.get(CasesService).get(caseId)).preview).toBe('diubah');
    }
  });

  it('miss none either while our own message learns by which id the channel knows it', async () => {
    const wati = person();
    const { caseId } = await core.receive(said(wati));
    let over = false;
    const listening = listen(() => over, await here());
    const reactions: Promise<unknown>[] = [];
    core.script.push(
      ...Array.from({ length: 30 }, () => async (m: { messageId: string }): Promise<SendOutcome> => {
        const outcome = accepted(m as Parameters<typeof accepted>[0]);
        const externalId = outcome.ok ? outcome.result.externalId : newId();
        reactions.push(jitter().then(() => twinChanges.take(reacted({ externalId }, '👍', 1, wati))));
        await jitter();
        return outcome;
      }),
    );
    const ids: string[] = [];
    for (let n = 0; n < 30; n++) {
      const reply = { text: `jawaban ${String(n)}`, attachments: [] };
      ids.push((await core.get(RepliesService).create(caseId, reply, rina)).id);
    }
    for (const id of ids)
      await until(
        () => shown(id),
        (m) => m.state === 'sent',
      );
    await until(() => reactions.length === 30);
    await Promise.all(reactions);
    over = true;
    const seen = await listening;
    for (const id of ids) {
      expect(await summary({ messageId: id })).toEqual(['reacted 👍 customer']);
      expect(seen.get(id)?.changes).toHaveLength(1);
    }
  });
});
