import { arrivals, atWork, day, hour, minute } from './calendar.mjs';
import { customer } from './customers-of-shop.mjs';
import { Dice } from './dice.mjs';
import { agents } from './shop.mjs';
import { qris } from './stories/pembayaran.mjs';
import { pesanan } from './stories/pesanan.mjs';
import { b2b } from './stories/teknis.mjs';
import { asMail, casual, chooseStory, facts, fill } from './tell.mjs';

const span = 60;
/** who of each team gets work; of what is still open only those who are there */
const crew = (team, now) => agents.filter((one) => one.teams.includes(team) && (now ? one.here : true));

/**
 * Everything that happened at the shop in the last sixty days, each with its instant, none after `now`.
 *
 * @returns {{talks: object[], steps: object[]}} steps in order of time; `talk` of a step is an index
 */
export function plan({ seed, cases, now }) {
  const dice = new Dice(seed);
  const regulars = Array.from({ length: Math.ceil(cases * 0.28) }, (_, n) => customer(n, dice));
  const load = new Map(agents.map(({ email }) => [email, 0]));
  const talks = [];
  const steps = [];
  let people = regulars.length;
  const open = (at, person, story, more = {}) => {
    const talk = { index: talks.length, person, team: story.team, ...more };
    talk.steps = talk.channel === 'telepon' ? call(dice, talk, story, at) : tellStory(dice, talk, story, at);
    talk.steps = talk.steps.filter((step) => step.at <= now);
    settle(talk, story, load, dice, now);
    talks.push(talk);
    steps.push(...talk.steps);
    return talk;
  };
  /** Not known to be one person: somebody whose mail goes unanswered asks again by telephone. */
  const asksAgain = ({ person, known }, story, at) =>
    open(at + dice.between(10, 90) * minute, person, story, { channel: 'wa', known, unheard: true });
  for (const at of arrivals(dice, now, cases, span)) {
    const person = dice.chance(0.45) ? dice.pick(regulars) : customer(people++, dice);
    const story = chooseStory(dice, person);
    const old = now - at > 8 * day && dice.chance(0.8);
    const talk = open(at, person, story, { channel: channelFor(dice, story.team), brief: old });
    if (now - at < 3 * day && dice.chance(0.07) && !person.signedUp && isMail(talk.channel))
      asksAgain(talk, story, at);
  }
  always({ open, asksAgain, dice, now, somebody: () => customer(people++, dice) });
  return { talks, steps: steps.filter(({ at }) => at <= now).toSorted((a, b) => a.at - b.at) };
}

/** Whatever the size and the hour: one cause hits many, some ask twice, want to be called back, and wait in a queue. */
function always({ open, asksAgain, dice, now, somebody }) {
  for (let n = 0; n < 12; n++) {
    const channel = dice.pick(['wa', 'chat', 'bayar']);
    open(now - 26 * hour + n * 4 * minute, somebody(), { ...qris, team: 'pembayaran' }, { channel, incident: true }); // prettier-ignore
  }
  for (const [n, hours] of [4, 9, 16, 22, 30].entries()) {
    const person = { ...somebody(), signedUp: false, company: null, language: 'id' };
    const story = { ...pesanan[n % 4], team: 'pesanan' };
    const at = now - hours * hour;
    asksAgain(open(at, person, story, { channel: 'halo', unheard: true }), story, at);
  }
  for (const minutes of [25, 48, 95])
    open(now - minutes * minute, somebody(), { ...pesanan[0], team: 'pesanan' }, { channel: 'telepon', unheard: true }); // prettier-ignore
  for (const minutes of [34, 71, 118, 204, 320])
    open(now - minutes * minute, somebody(), { ...dice.pick(b2b), team: 'b2b' }, { channel: 'grosir', unheard: true }); // prettier-ignore
}

const isMail = (channel) => !['wa', 'chat', 'telepon'].includes(channel);

/** By which way such a matter comes; each address and the chat belong to a team. */
export function channelFor(dice, team) {
  if (team === 'b2b') return dice.chance(0.8) ? 'grosir' : 'telepon';
  const own = { pembayaran: 'bayar', retur: 'retur' }[team] ?? 'halo';
  return dice.weigh([
    [32, dice.chance(0.7) ? own : 'halo'],
    [38, 'wa'],
    [team === 'teknis' ? 50 : 14, 'chat'],
    [12, 'telepon'],
  ]);
}

function tellStory(dice, talk, story, began) {
  const { person } = talk;
  const mate = dice.pick(crew(story.team, true).length > 0 ? crew(story.team, true) : agents);
  talk.known ??= facts(dice, person, mate.name);
  talk.mate = mate.email;
  talk.subject = fill(story.subject, talk.known);
  const steps = [];
  let at = began;
  let first = true;
  let channel = talk.channel;
  if (talk.unheard) {
    const text = wording(fill(dice.pick(story.turns[0].c), talk.known), person, channel, true, dice);
    return [{ kind: 'in', at: Math.round(at), channel, text, first, talk: talk.index }];
  }
  const turns = talk.brief ? brief(story.turns) : heard(story.turns, dice);
  for (const [n, turn] of turns.entries()) {
    const rest = turns.slice(n + 1);
    if (turn.c) {
      if (!first) at += dice.wait(isMail(channel) ? 420 : 45) * minute;
      // Some go on by another way, naming the order: then the desk joins what belongs together.
      if (!first && person.signedUp && dice.chance(0.35)) channel = isMail(channel) ? 'wa' : 'halo';
      const said = fill(dice.pick(turn.c), talk.known);
      const words = channel === talk.channel ? said : `Soal pesanan ${talk.known.order}: ${said}`;
      steps.push({ kind: 'in', at, channel, text: wording(words, person, channel, first, dice), first });
    } else if (turn.a) {
      at = atWork(at + dice.wait(isMail(channel) ? 70 : 16) * minute, dice);
      if (steps.every(({ kind }) => kind !== 'triage'))
        steps.push({ kind: 'triage', at: at - minute, story });
      const status = statusAfter(rest, dice);
      steps.push({ kind: 'reply', at, text: fill(dice.pick(turn.a), talk.known), status });
    } else {
      at = atWork(at + dice.wait(10) * minute, dice);
      if (steps.every(({ kind }) => kind !== 'triage'))
        steps.push({ kind: 'triage', at: at - minute, story });
      steps.push({ kind: 'note', at, text: fill(turn.n[0], talk.known), mention: turn.mention === true });
    }
    if (turn.snooze) {
      const until = at + turn.snooze * day;
      steps.push({ kind: 'snooze', at: at + minute, until });
      at = atWork(until + dice.wait(60) * minute, dice);
    }
    first = false;
  }
  const last = steps.at(-1);
  if (last.kind === 'in' && !first)
    steps.push({ kind: 'resolve', at: atWork(last.at + dice.wait(30) * minute, dice) });
  else if (last.status !== 'resolved')
    steps.push({ kind: 'resolve', at: last.at + dice.wait(1500) * minute });
  return steps.map((step) => ({ ...step, at: Math.round(step.at), talk: talk.index }));
}

/** Done, or the customer's turn; undefined = the agent goes on. */
function statusAfter(rest, dice) {
  if (!rest.some(({ c, a }) => c || a)) return dice.chance(0.7) ? 'resolved' : 'pending';
  return rest[0].c || !rest.some(({ a }) => a) ? 'pending' : undefined;
}

/** Asked and answered: most of what lies weeks back was. */
function brief(turns) {
  return [turns.find(({ c }) => c), turns.findLast(({ a }) => a)];
}

/** What comes of a talk: some turns are left out, and some customers are never heard of again. */
function heard(turns, dice) {
  const told = turns.filter(({ maybe = 1 }) => dice.chance(maybe));
  const again = told.findIndex(({ c }, n) => c && n > 0);
  return again > 0 && dice.chance(0.2) ? told.slice(0, again) : told;
}

function call(dice, talk, story, at) {
  talk.known ??= facts(dice, talk.person, agents[0].name);
  const notes = fill(story.turns.find(({ c }) => c).c[0], talk.known);
  const missed = talk.unheard === true || dice.chance(0.24);
  const steps = [{ kind: 'call', at: Math.round(at), direction: 'inbound', missed, notes, talk: talk.index }];
  if (talk.unheard) return steps;
  const later = atWork(at + dice.wait(missed ? 45 : 3) * minute, dice);
  steps.push({ kind: 'triage', at: later, story });
  if (missed)
    steps.push({ kind: 'call', at: later + 2 * minute, direction: 'outbound', missed: false, notes });
  steps.push({ kind: 'resolve', at: later + dice.wait(missed ? 30 : 50) * minute });
  return steps.map((step) => ({ ...step, at: Math.round(step.at), talk: talk.index }));
}

/** Whose it is. What is still open goes to whoever is there and can carry it; the rest waits for the team. */
function settle(talk, { team }, load, dice, now) {
  const done = talk.steps.some(({ kind, status }) => kind === 'resolve' || status === 'resolved');
  const able = crew(team, !done).filter(({ email, limit }) => done || load.get(email) < limit - 1);
  const agent = able.length > 0 ? dice.pick(able) : null;
  talk.agent = agent?.email ?? null;
  if (!agent) talk.steps = talk.steps.filter(({ kind }) => kind === 'in' || kind === 'call').slice(0, 1);
  else if (!done && talk.steps.some(({ kind }) => kind === 'triage')) {
    const last = talk.steps.findLast(({ kind }) => kind !== 'note');
    if (last.kind !== 'snooze' && last.status !== 'pending') load.set(agent.email, load.get(agent.email) + 1);
  }
  talk.recent = talk.steps.length > 0 && now - talk.steps.at(-1).at < 3 * day;
}

function wording(text, person, channel, first, dice) {
  if (isMail(channel)) return asMail(text, person, first);
  return person.language === 'en' || person.company ? text : casual(text, dice);
}
