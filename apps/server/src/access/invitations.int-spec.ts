import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { agentPageSchema, sessionSchema } from '@loket/contracts/access.js';
import {
  createdInvitationsSchema,
  type CreatedInvitations,
  invitationListSchema,
  invitedSchema,
  openInvitationSchema,
} from '@loket/contracts/invitations.js';
import { signInRulesSchema } from '@loket/contracts/second-factor.js';
import { teamListSchema, teamSchema } from '@loket/contracts/teams.js';
import { Event } from '@loket/core/events/event.entity.js';
import { Clock } from '@loket/platform/clock.js';
import { DataSource } from 'typeorm';
import { startApp, type TestApp } from '../../../../test/support/app.js';
import { ApiClient, ApiError } from '../../../../test/support/client.js';
import { addColleague } from '../../../../test/support/desk.js';
import { SmtpSink } from '../../../../test/support/smtp-sink.js';
import { until } from '../../../../test/support/until.js';

const password = 'sebuah sandi yang panjang';
const dayMs = 24 * 3_600_000;
let server: TestApp;
/** how far the server's clock has been set forward */
let ahead = 0;
beforeAll(async () => {
  server = await startApp();
  const clock = server.app.get(Clock, { strict: false });
  jest.spyOn(clock, 'now').mockImplementation(() => new Date(Date.now() + ahead));
});
afterAll(() => server.close());

let people = 0;
const someone = (): string => `orang${String(++people)}@toko.example`;
const database = (): DataSource => server.app.get(DataSource, { strict: false });
const invite = (emails: string[], more: object = {}): Promise<CreatedInvitations> =>
  server.admin.post('/invitations', { emails, ...more }, createdInvitationsSchema);
const list = () => server.admin.get('/invitations', invitationListSchema);
const tokenOf = (link: string): string => new URL(link).hash.slice(1);
async function tokenFor(email: string, more: object = {}): Promise<string> {
  const { invited } = await invite([email], more);
  return tokenOf(invited[0]!.link);
}
const problem = async (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'none',
    (error: unknown) => (error instanceof ApiError ? error.problem.code : Promise.reject(error as Error)),
  );
const stranger = (): ApiClient => new ApiClient(server.url);
/** `none`, or the code of the problem. */
const accept = (token: string, more: object = {}): Promise<string> => {
  const body = { token, name: 'Orang Baru', password, ...more };
  return problem(stranger().send('POST', '/invitations/accept', { body }));
};
const look = (token: string): Promise<string> =>
  problem(stranger().post('/invitations/look', { token }, openInvitationSchema));

describe('an invitation', () => {
  it('shows who invites, and makes a person of this role and these teams who signs in', async () => {
    const team = await server.admin.post('/teams', { name: 'Retur' }, teamSchema);
    const email = someone();
    const token = await tokenFor(email.toUpperCase(), {
      role: 'supervisor',
      teamIds: [team.id],
      locale: 'en',
    });
    expect(token).toMatch(/^[\w-]{43}$/);
    const shown = await stranger().post('/invitations/look', { token }, openInvitationSchema);
    expect(shown).toMatchObject({ email, role: 'supervisor', locale: 'en', invitedBy: 'Admin' });
    expect(await accept(token, { locale: 'id' })).toBe('none');
    const { agent } = await stranger().post('/session', { email, password }, sessionSchema);
    expect(agent).toMatchObject({ email, name: 'Orang Baru', role: 'supervisor', locale: 'id' });
    const teams = await server.admin.get('/teams', teamListSchema);
    expect(teams.items.find(({ id }) => id === team.id)).toMatchObject({
      members: [{ id: agent.id }],
      version: team.version + 1,
    });
    expect((await list()).items.map((one) => one.email)).not.toContain(email);
    const events = await database().getRepository(Event).findBy({ type: 'invitation.changed' });
    expect(events.map(({ data }) => (data as { change: string }).change)).toEqual(['made', 'accepted']);
  });

  it('is known by a hash alone, of 256 random bits', async () => {
    const token = await tokenFor(someone());
    const rows: object[] = await database().query('SELECT * FROM invitations');
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    const told: object[] = await database().query(`SELECT data FROM events WHERE type LIKE 'invitation%'`);
    expect(JSON.stringify(told)).not.toContain(token);
  });

  it('lets one in, once, however many try at the same moment', async () => {
    const email = someone();
    const token = await tokenFor(email);
    const tries = await Promise.all([1, 2, 3, 4].map((n) => accept(token, { name: `Orang ${String(n)}` })));
    expect(tries.toSorted()).toEqual([...Array<string>(3).fill('invitation_used'), 'none']);
    const { items } = await server.admin.get('/agents', agentPageSchema);
    expect(items.filter((agent) => agent.email === email)).toHaveLength(1);
    expect(await look(token)).toBe('invitation_used');
  });

  it('runs out after seven days, and is renewed by a link that ends the one before', async () => {
    const email = someone();
    const { invited } = await invite([email]);
    const [{ invitation, link }] = invited as [(typeof invited)[0]];
    ahead += 7 * dayMs - 60_000;
    expect(await look(tokenOf(link))).toBe('none');
    ahead += 60_000;
    expect(await look(tokenOf(link))).toBe('invitation_expired');
    expect(await accept(tokenOf(link))).toBe('invitation_expired');
    expect((await list()).items.find(({ id }) => id === invitation.id)).toMatchObject({ state: 'expired' });
    const renewed = await server.admin.post(`/invitations/${invitation.id}/link`, {}, invitedSchema);
    expect(renewed.invitation).toMatchObject({ id: invitation.id, state: 'pending' });
    expect(await accept(tokenOf(link))).toBe('invitation_unknown');
    expect(await accept(tokenOf(renewed.link))).toBe('none');
  });

  it('says so when it was withdrawn, also to somebody who is filling the form in', async () => {
    const { invited } = await invite([someone()]);
    const [{ invitation, link }] = invited as [(typeof invited)[0]];
    expect(await look(tokenOf(link))).toBe('none');
    await server.admin.delete(`/invitations/${invitation.id}`);
    expect(await look(tokenOf(link))).toBe('invitation_withdrawn');
    expect(await accept(tokenOf(link))).toBe('invitation_withdrawn');
    expect(await problem(server.admin.delete(`/invitations/${invitation.id}`))).toBe('invitation_not_found');
    const renew = server.admin.post(`/invitations/${invitation.id}/link`, {}, invitedSchema);
    expect(await problem(renew)).toBe('invitation_not_found');
  });

  it('names who cannot be invited, and invites the others', async () => {
    const [here, waiting, fresh] = [someone(), someone(), someone()];
    await accept(await tokenFor(here));
    await invite([waiting]);
    const { invited, refused } = await invite([fresh, here, waiting, fresh.toUpperCase()]);
    expect(invited.map(({ invitation }) => invitation.email)).toEqual([fresh]);
    expect(refused.toSorted((a, b) => a.email.localeCompare(b.email))).toEqual([
      { email: here, code: 'email_taken' },
      { email: waiting, code: 'already_invited' },
    ]);
    expect(await problem(invite([someone(), 'tidak ada']))).toBe('validation_failed');
    const nowhere = { teamIds: ['01890000-0000-7000-8000-000000000000'] };
    expect(await problem(invite([someone()], nowhere))).toBe('team_not_found');
    // at once from two admins' screens: one invitation
    const twice = someone();
    const both = await Promise.all([invite([twice]), invite([twice])]);
    expect(both.flatMap((one) => one.refused)).toEqual([{ email: twice, code: 'already_invited' }]);
  });

  it('does not stand in the way of somebody who was added by hand, and leaves his account alone', async () => {
    const email = someone();
    const token = await tokenFor(email);
    const name = 'Dengan Tangan';
    await server.admin.send('POST', '/agents', { body: { email, name, password: 'sandi yang lain lagi' } });
    expect((await list()).items.map((one) => one.email)).not.toContain(email);
    expect(await accept(token)).toBe('email_taken');
    expect(await problem(stranger().signIn(email, password))).toBe('sign_in_failed');
  });

  it('ends with the power of whoever gave it', async () => {
    const sari = await addColleague(server.admin, 'Sari', { role: 'admin' });
    const body = { emails: [someone()], role: 'admin' };
    const { invited } = await sari.client.post('/invitations', body, createdInvitationsSchema);
    const [{ invitation, link }] = invited as [(typeof invited)[0]];
    await server.admin.send('PATCH', `/agents/${sari.agent.id}`, { body: { role: 'agent' } });
    expect(await accept(tokenOf(link))).toBe('invitation_withdrawn');
    expect((await list()).items.find(({ id }) => id === invitation.id)).toMatchObject({ state: 'ended' });
    const renewed = await server.admin.post(`/invitations/${invitation.id}/link`, {}, invitedSchema);
    expect(await accept(tokenOf(renewed.link))).toBe('none');
  });

  it('leads past no second step that the role has to have', async () => {
    const email = someone();
    const token = await tokenFor(email, { role: 'supervisor' });
    await server.admin.patch('/settings/sign-in', { secondFactorFor: ['supervisor'] }, signInRulesSchema);
    expect(await accept(token)).toBe('none');
    expect(await problem(stranger().signIn(email, password))).toBe('second_factor_setup_required');
    await server.admin.patch('/settings/sign-in', { secondFactorFor: [] }, signInRulesSchema);
  });

  it('is not guessed: whoever comes with many wrong ones has to wait', async () => {
    let wrong = 0;
    while (wrong < 50 && (await look(`salah-${String(wrong)}`)) === 'invitation_unknown') wrong++;
    expect(wrong).toBeLessThan(50);
    expect(await look('salah')).toBe('sign_in_limited');
    expect(await accept('salah')).toBe('sign_in_limited');
  });
});

describe('by mail', () => {
  it('goes through a channel that can send, with a link of its own that works like the other', async () => {
    const mailServer = await SmtpSink.start();
    const own = await startApp({ LOKET_PUBLIC_URL: 'https://meja.toko.example' });
    try {
      const emails = ['satu@toko.example', 'dua@toko.example'];
      const body = { emails, mail: true, locale: 'en' };
      expect(await problem(own.admin.post('/invitations', body, createdInvitationsSchema))).toBe(
        'mail_unavailable',
      );
      expect(await own.admin.get('/invitations', invitationListSchema)).toMatchObject({ canMail: false });
      const smtp = { host: '127.0.0.1', port: mailServer.port, security: 'none' as const };
      const config = { address: 'halo@toko.example', smtp };
      await own.admin.createChannel({ kind: 'email', name: 'Toko', config });
      const waiting = () => own.admin.get('/invitations', invitationListSchema);
      await until(waiting, ({ canMail }) => canMail);
      await own.admin.post('/invitations', body, createdInvitationsSchema);
      await until(waiting, ({ items }) => items.length === 2 && items.every(({ mail }) => mail === 'sent'));
      const [first] = mailServer.mails.filter(({ to }) => to.includes('satu@toko.example'));
      expect(first!.raw).toMatch(/^Subject: Invitation to work at Loket\r$/m);
      expect(first!.raw).toMatch(/auto-submitted: auto-generated/i);
      const text = first!.raw.replaceAll('=\r\n', '').replaceAll('=3D', '=');
      const [link = ''] = /https:\/\/meja\.toko\.example\/invitation#[\w-]{43}/.exec(text) ?? [];
      const guest = new ApiClient(own.url);
      const token = tokenOf(link);
      expect(await guest.post('/invitations/look', { token }, openInvitationSchema)).toMatchObject({
        email: 'satu@toko.example',
      });
      const accepted = { token, name: 'Satu', password };
      expect((await guest.send('POST', '/invitations/accept', { body: accepted })).status).toBe(204);
    } finally {
      await own.close();
      await mailServer.stop();
    }
  });
});
