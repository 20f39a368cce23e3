import type { PoolClient } from 'pg';
import { newId } from '@loket/platform/ids.js';
import type { IntakeGroup } from './intake-group.js';
import type { CaseState, IntakeItem } from './intake-item.js';
import * as read from './intake.queries.js';
import * as write from './intake-write.queries.js';

/** Puts each message into a thread of its case: a conversation goes on in its own, a mail in any that the case has here. */
export async function writeThreads({ client, items, now }: IntakeGroup): Promise<void> {
  const created: write.NewThread[] = [];
  const moved: { id: string; caseId: string }[] = [];
  for (const item of items) {
    const state = item.case as CaseState;
    const candidate = item.match?.candidate;
    // Any thread of the case on this channel goes on; a conversation is always its own thread.
    if (item.conversation === null && candidate?.threadId && candidate.threadChannelId === item.channel.id) {
      item.threadId = candidate.threadId;
      continue;
    }
    item.threadId = newId();
    created.push({
      id: item.threadId,
      channelId: item.channel.id,
      caseId: state.id,
      conversation: item.conversation,
    });
  }
  await reuseConversations(client, items, created, moved);
  await write.insertThreads(client, created, now);
  await write.moveThreads(client, moved);
}

/** Conversations that already have a thread keep it, wherever its last case was. */
async function reuseConversations(
  client: PoolClient,
  items: readonly IntakeItem[],
  created: write.NewThread[],
  moved: { id: string; caseId: string }[],
): Promise<void> {
  const talking = items.filter((i) => i.conversation !== null);
  if (talking.length === 0) return;
  const rows = await read.findConversations(client, [
    talking.map((i) => i.channel.id),
    talking.map((i) => i.conversation),
  ]);
  for (const row of rows) {
    const item = talking[row.position - 1];
    if (!item?.case) continue;
    const at = created.findIndex((t) => t.id === item.threadId);
    if (at >= 0) created.splice(at, 1);
    item.threadId = row.id;
    if (row.case_id !== item.case.id) moved.push({ id: row.id, caseId: item.case.id });
  }
}
