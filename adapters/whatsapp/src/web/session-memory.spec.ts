import { expect, it } from '@jest/globals';
import { RecordingHost } from '@loket/channel/recording-host.js';
import { SessionMemory } from './session-memory.js';

const channelId = '00000000-0000-7000-8000-000000000001';
const again = async (host: RecordingHost): Promise<SessionMemory> => {
  const memory = new SessionMemory(host, channelId);
  await memory.load();
  return memory;
};

it('keeps over restarts what a session has to know', async () => {
  const host = new RecordingHost();
  const memory = new SessionMemory(host, channelId);
  memory.saveState('conflict', 'conflict', '62811');
  memory.saveSince(200);
  memory.saveSince(100);
  memory.saveLinked(50);
  memory.saveAlias({ lid: '1@lid', pn: null, chat: '1@lid' });
  memory.saveAlias({ lid: '1@lid', pn: '62812@c.us', chat: '1@lid' });
  memory.doubt('A', 'ours');
  await memory.saved();
  const next = await again(host);
  expect(next.state).toEqual({ state: 'conflict', reason: 'conflict', account: '62811' });
  expect([next.since, next.linkedAt]).toEqual([200, 50]);
  expect(next.aliases).toEqual([{ lid: '1@lid', pn: '62812@c.us', chat: '1@lid' }]);
  expect([next.settle('A'), next.settle('A'), next.settle('B')]).toEqual(['ours', null, null]);
});

it('saves later what cannot be saved now, and only the newest of each', async () => {
  const host = new RecordingHost();
  const memory = new SessionMemory(host, channelId, 5);
  host.failWith();
  memory.saveSince(1);
  memory.saveState('ready', null, '62811');
  await new Promise((resolve) => setTimeout(resolve, 20));
  memory.saveSince(2);
  host.recover();
  const [saved, saves]: [() => Promise<SessionMemory>, string[]] = [() => again(host), []];
  const saveCursor = host.saveCursor.bind(host);
  host.saveCursor = (note) => (saves.push(note.key), saveCursor(note));
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect([(await saved()).since, (await saved()).state.account]).toEqual([2, '62811']);
  expect(saves.sort()).toEqual(['web:since', 'web:state']);
  await memory.saved();
});

it('does not wait for ever when it ends', async () => {
  const host = new RecordingHost();
  const memory = new SessionMemory(host, channelId, 60_000);
  host.failWith();
  memory.saveSince(1);
  await memory.saved();
  expect((await again(host)).since).toBeNull();
});
