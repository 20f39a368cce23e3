import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { BusRequest } from '@loket/contracts/bus.js';
import type { DeliveryState, OutboundMessage, SendOutcome } from '@loket/contracts/outbound.js';
import { accepted, message, startCore, type TestCore } from '../../../../test/support/core.js';
import { until } from '../../../../test/support/until.js';
import { ThreadRef } from '../cases/thread-ref.entity.js';
import { Event } from '../events/event.entity.js';
import { IntakeService } from '../intake/intake.service.js';
import { threadLockKey } from '../intake/locks.js';
import { Prune } from '../maintenance/prune.js';
import { Message } from '../messages/message.entity.js';
import { RepliesService } from '../messages/replies.service.js';
import { Outbox } from './outbox.js';

let core: TestCore;
let channelId: string;
let caseId: string;
let rina: { id: string; name: string };
beforeAll(async () => {
  core = await startCore();
  channelId = await core.addChannel();
  rina = await core.addAgent('Rina');
});
afterAll(() => core.close());
beforeEach(async () => {
  core.sent.length = 0;
  core.script.length = 0;
  ({ caseId } = await core.receive(message(channelId)));
});

type Receipt = BusRequest<'delivery.receipt'>;
const receipt = (over: Partial<Receipt> & { state: DeliveryState }): Promise<{ known: boolean }> =>
  core.bus.request('delivery.receipt', {
    channelId,
    externalId: 'wamid.1',
    at: '2026-11-20T03:00:00Z',
    reason: null,
    ...over,
  });
const reply = async (): Promise<string> =>
  (await core.get(RepliesService).create(caseId, { text: 'Baik', attachments: [] }, rina)).id;
const find = (id: string): Promise<Message> => core.database.getRepository(Message).findOneByOrFail({ id });
const become = (id: string, state: DeliveryState): Promise<Message> =>
  until(
    () => find(id),
    (m) => m.state === state,
  );
const externalIdOf = (m: OutboundMessage, part = 1): string => `wamid.${m.messageId}.${String(part)}`;
const answer = (m: OutboundMessage, references: string[] = []): SendOutcome => ({
  ok: true,
  result: { externalId: externalIdOf(m), references },
});
const inDoubt: SendOutcome = {
  ok: false,
  failure: { code: 'ambiguous', reason: 'graph_timeout', detail: null },
};
const statesOf = async (id: string): Promise<unknown[]> =>
  (
    await core.database
      .getRepository(Event)
      .find({ where: { type: 'message.state_changed' }, order: { id: 'ASC' } })
  )
    .filter((e) => e.data['messageId'] === id)
    .map((e) => e.data['state']);

describe('a receipt by our own id', () => {
  it.each([
    ['sent', 'sent'],
    ['delivered', 'delivered'],
    ['read', 'read'],
    ['failed', 'failed'],
  ] as const)('that says %s before the send has answered stays %s', async (state, then) => {
    core.script.push(async (m) => {
      const told = { messageId: m.messageId, externalId: externalIdOf(m), state };
      expect(
        await receipt({ ...told, reason: state === 'failed' ? 'whatsapp_not_on_whatsapp' : null }),
      ).toEqual({
        known: true,
      });
      return answer(m);
    });
    const id = await reply();
    await become(id, then);
    await until(() => core.sent.length === 1);
    await core.get(Outbox).sweep();
    await sleep(100);
    expect(await find(id)).toMatchObject({
      state: then,
      stateReason: state === 'failed' ? 'whatsapp_not_on_whatsapp' : null,
      externalId: `wamid.${id}.1`,
    });
    expect(await statesOf(id)).toEqual([then]);
    expect(core.sent).toHaveLength(1);
  });

  it('settles what a lost answer left in doubt, and from then on the external id is known', async () => {
    core.script.push(() => inDoubt);
    const id = await reply();
    await become(id, 'uncertain');
    expect(await receipt({ externalId: 'wamid.lost', state: 'sent' })).toEqual({ known: false });
    expect(await receipt({ messageId: id, externalId: 'wamid.lost', state: 'sent' })).toEqual({
      known: true,
    });
    expect(await find(id)).toMatchObject({ state: 'sent', stateReason: null, externalId: 'wamid.lost' });
    expect(await core.database.getRepository(ThreadRef).findBy({ ref: 'wamid.lost' })).toHaveLength(1);
    expect(await receipt({ externalId: 'wamid.lost', state: 'read' })).toEqual({ known: true });
    expect(await receipt({ messageId: id, externalId: 'wamid.lost', state: 'delivered' })).toEqual({
      known: true,
    });
    expect((await find(id)).state).toBe('read');
    expect(await statesOf(id)).toEqual(['uncertain', 'sent', 'read']);
  });

  it('of another part fails the message, unless it has arrived; the answer says which id is the first part', async () => {
    core.script.push(async (m) => {
      await receipt({ messageId: m.messageId, externalId: externalIdOf(m, 2), state: 'sent' });
      expect((await find(m.messageId)).externalId).toBe(externalIdOf(m, 2));
      return answer(m, [externalIdOf(m, 2)]);
    });
    const id = await reply();
    await until(
      () => find(id),
      (m) => m.externalId === `wamid.${id}.1`,
    );
    const part = { messageId: id, externalId: `wamid.${id}.2` };
    expect(await receipt({ ...part, state: 'failed', reason: 'whatsapp_media_expired' })).toEqual({
      known: true,
    });
    expect(await find(id)).toMatchObject({ state: 'failed', stateReason: 'whatsapp_media_expired' });
    await receipt({ externalId: `wamid.${id}.1`, state: 'delivered' });
    await receipt({ ...part, state: 'failed', reason: 'whatsapp_media_expired' });
    expect(await find(id)).toMatchObject({ state: 'delivered', stateReason: null });
  });

  it('is nothing for another channel, nor for what customers wrote', async () => {
    const other = await core.addChannel();
    const first = message(channelId);
    const { messageId } = await core.receive(first);
    const id = await reply();
    const sent = await become(id, 'sent');
    const own = { messageId: id, externalId: 'wamid.x', state: 'read' as const };
    expect(await receipt({ ...own, channelId: other })).toEqual({ known: false });
    expect(await receipt({ messageId, externalId: 'wamid.y', state: 'read' })).toEqual({ known: false });
    expect(await receipt({ externalId: first.externalId, state: 'read' })).toEqual({ known: false });
    expect(await find(id)).toMatchObject({ state: 'sent', version: sent.version });
  });

  it('counts for our message, although its echo was taken for one written elsewhere', async () => {
    core.script.push(() => inDoubt);
    const id = await reply();
    await become(id, 'uncertain');
    const { identityId } = await find(id);
    const [to]: { kind: 'email'; value: string }[] = await core.database.query(
      'SELECT kind, value FROM identities WHERE id = $1',
      [identityId],
    );
    const echo = message(channelId, { externalId: 'wamid.echo', text: 'Baik' });
    await core
      .get(IntakeService)
      .sentElsewhere(echo, { kind: 'email', value: to?.value ?? '', proof: 'verified', evidence: [] });
    expect(await receipt({ messageId: id, externalId: 'wamid.echo', state: 'delivered' })).toEqual({
      known: true,
    });
    expect(await find(id)).toMatchObject({ state: 'delivered', externalId: null });
  });

  it('told fifty times at once changes it once', async () => {
    core.script.push(() => inDoubt);
    const id = await reply();
    const { version } = await become(id, 'uncertain');
    const states = ['sent', 'delivered', 'read'] as const;
    await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        receipt({ messageId: id, externalId: 'wamid.many', state: states[n % 3] ?? 'sent' }),
      ),
    );
    const after = await find(id);
    expect(after).toMatchObject({ state: 'read', externalId: 'wamid.many' });
    expect((await statesOf(id)).length).toBe(after.version - version + 1);
  });
});

describe('a receipt by an external id that nobody knows yet', () => {
  it('waits for the answer to the send, and counts once', async () => {
    core.script.push(async (m) => {
      for (const state of ['delivered', 'sent', 'read', 'delivered'] as const)
        expect(await receipt({ externalId: externalIdOf(m), state })).toEqual({ known: false });
      return answer(m);
    });
    const id = await reply();
    const { stateAt } = await become(id, 'read');
    expect(stateAt?.toISOString()).toBe('2026-11-20T03:00:00.000Z');
    expect((await statesOf(id)).at(-1)).toBe('read');
    const left: unknown[] = await core.database.query(`SELECT FROM message_changes WHERE external_id = $1`, [
      `wamid.${id}.1`,
    ]);
    expect(left).toHaveLength(0);
  });

  it('is not lost in the moment in which the answer is written down', async () => {
    const telling: Promise<unknown>[] = [];
    for (let n = 0; n < 25; n++) {
      core.script.push(async (m) => {
        const later = sleep(Math.random() * 15).then(() =>
          receipt({ externalId: externalIdOf(m), state: 'delivered' }),
        );
        telling.push(later);
        await sleep(Math.random() * 8);
        return answer(m);
      });
    }
    const ids: string[] = [];
    for (let n = 0; n < 25; n++) ids.push(await reply());
    for (const id of ids) await become(id, 'delivered');
    await Promise.all(telling);
  });

  it('that says that it failed is believed like any other', async () => {
    core.script.push(async (m) => {
      await receipt({ externalId: externalIdOf(m), state: 'failed', reason: 'whatsapp_not_delivered' });
      return answer(m);
    });
    const id = await reply();
    expect(await become(id, 'failed')).toMatchObject({ stateReason: 'whatsapp_not_delivered' });
  });

  it('counts for what was written elsewhere, too', async () => {
    const told = message(channelId, { externalId: 'wamid.phone', text: 'dari HP' });
    await receipt({ externalId: 'wamid.phone', state: 'read' });
    const to = {
      kind: 'email' as const,
      value: 'baru@customer.example',
      proof: 'verified' as const,
      evidence: [],
    };
    const result = await core.get(IntakeService).sentElsewhere(told, to);
    expect(await find(result?.messageId ?? '')).toMatchObject({ state: 'read', direction: 'outbound' });
  });

  it('is forgotten after a day when nobody ever knows it', async () => {
    await receipt({ externalId: 'wamid.foreign', state: 'read' });
    core.clock.advanceHours(25);
    await core.get(Prune).pruneChanges();
    const left: unknown[] = await core.database.query(
      `SELECT FROM message_changes WHERE external_id = 'wamid.foreign'`,
    );
    expect(left).toHaveLength(0);
  });
});

describe('the id that a channel gives a message', () => {
  it('is not written while somebody writes down what happened to it', async () => {
    const client = new pg.Client({ connectionString: core.databaseUrl });
    await client.connect();
    try {
      await client.query('BEGIN');
      core.script.push(async (m) => {
        const outcome = accepted(m);
        const externalId = outcome.ok ? outcome.result.externalId : '';
        await client.query('SELECT pg_advisory_xact_lock($1)', [String(threadLockKey(externalId))]);
        return outcome;
      });
      const id = await reply();
      await until(() => core.sent.length === 1);
      await sleep(200);
      expect(await find(id)).toMatchObject({ externalId: null, state: 'sending' });
      await client.query('COMMIT');
      expect((await become(id, 'sent')).externalId).not.toBeNull();
    } finally {
      await client.end();
    }
  });
});
