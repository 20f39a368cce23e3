import { AsyncLocalStorage } from 'node:async_hooks';
import { BulkChanges } from '@loket/core/bulk/bulk.service.js';
import { callMessage } from '@loket/core/calls/call-message.js';
import { DeliveryService } from '@loket/core/delivery/delivery.service.js';
import { IntakeService } from '@loket/core/intake/intake.service.js';
import { NotesService } from '@loket/core/messages/notes.service.js';
import { RepliesService } from '@loket/core/messages/replies.service.js';
import { Clock } from '@loket/platform/clock.js';
import { newId } from '@loket/platform/ids.js';
import { minute } from './calendar.mjs';
import { shop } from './shop.mjs';

/** Steps that are under way at once, never further apart than this. */
const atOnce = 16;
const apartMs = 60 * minute;

/** Takes the steps of a plan through the services of core, each at its own instant. */
export class Play {
  #instant = new AsyncLocalStorage();
  #underWay = new Set();

  constructor(desk, house, talks) {
    Object.assign(this, { desk, house, talks });
    // What one step begins another may finish: nothing happens earlier than the earliest that is under way.
    desk.get(Clock).now = () => {
      const [earliest] = this.#underWay;
      return new Date(Math.max(this.#instant.getStore() ?? 0, earliest?.at ?? desk.now.getTime()));
    };
  }

  /** In order of time; of one talk, and of one customer, each after the one before. */
  async take(steps, tell) {
    const last = new Map();
    for (const [n, step] of steps.entries()) {
      const { talk, at } = step;
      const { person } = this.talks[talk];
      const apart = () => at - [...this.#underWay][0].at > apartMs;
      while (this.#underWay.size >= atOnce || (this.#underWay.size > 0 && apart()))
        await Promise.race([...this.#underWay].map(({ done }) => done));
      const entry = { at };
      this.#underWay.add(entry);
      entry.done = Promise.resolve(last.get(person))
        .then(() => this.#instant.run(at, () => this.#step(step)))
        .finally(() => this.#underWay.delete(entry));
      last.set(person, entry.done);
      this.desk.now = at;
      if (n % 200 === 199) tell(n);
    }
    await Promise.all([...this.#underWay].map(({ done }) => done));
  }

  #step(step) {
    switch (step.kind) {
      case 'in':
        return this.#receive(step);
      case 'call':
        return this.#call(step);
      case 'note':
        return this.#note(step);
      case 'reply':
        return this.#reply(step);
      default:
        return this.#change(step);
    }
  }

  async #receive({ talk: index, at, channel, text, first }) {
    const talk = this.talks[index];
    const n = (talk.said = (talk.said ?? 0) + 1);
    const mail = !['wa', 'chat'].includes(channel);
    const externalId = mail ? `${index}.${n}@${talk.person.email.split('@')[1]}` : `demo:${index}.${n}`;
    const references = mail && talk.thread ? [talk.thread] : [];
    const { caseId } = await this.desk.get(IntakeService).receive({
      channelId: this.house.channels.get(channel),
      externalId,
      thread: {
        conversation: conversation(talk.person, channel),
        references,
        inReplyTo: references[0] ?? null,
        tokens: [],
        forwarded: false,
      },
      sender: sender(talk.person, channel),
      recipients: [],
      sentAt: new Date(at).toISOString(),
      subject: mail ? (first ? talk.subject : `Re: ${talk.subject}`) : null,
      text,
      attachments: [],
      warnings: [],
    });
    if (mail) talk.thread ??= externalId;
    this.#stands(talk, caseId);
  }

  async #call({ talk: index, at, direction, missed, notes }) {
    const talk = this.talks[index];
    const agent = this.#agent(talk);
    const told = {
      channelId: this.house.channels.get('telepon'),
      direction,
      number: talk.person.phone,
      name: talk.person.name,
      startedAt: new Date(at - 4 * minute).toISOString(),
      ringSeconds: 6 + (index % 23),
      talkSeconds: missed ? null : 60 + ((index * 37) % 300),
      outcome: missed ? 'missed' : 'answered',
      queue: null,
      recording: null,
      notes: missed ? '' : notes,
      disposition: '',
      attachments: [],
    };
    const { message, customer } = callMessage(told, {
      callId: `demo:${index}.${direction}`,
      agent: missed ? { name: '' } : agent,
      line: '+62215550100',
      language: 'id',
    });
    const call = { ...message.call, agent: missed ? null : agent.name };
    const said = missed ? undefined : { agentId: agent.id };
    const intake = this.desk.get(IntakeService);
    const { caseId } =
      direction === 'inbound'
        ? await intake.receive({ ...message, call }, said)
        : await intake.sentElsewhere({ ...message, call }, customer, { ...said, caseId: talk.caseId });
    this.#stands(talk, caseId);
  }

  /** What is said of one matter may have been put into another case, where the desk saw no tie. */
  #stands(talk, caseId) {
    if (!caseId) throw new Error('a message of the demo was not taken in');
    talk.caseId ??= caseId;
    (talk.cases ??= new Set()).add(caseId);
  }

  /** What the console's own changes do, one case at a time or all of one matter. */
  async #change({ kind, talk: index, story, until }) {
    const talk = this.talks[index];
    const { id } = this.#agent(talk);
    const changes = {
      triage: () => ({
        agentId: id,
        teamId: this.house.teams.get(talk.team),
        addTags: story.tags,
        ...(story.priority && { priority: story.priority }),
      }),
      snooze: () => ({ snoozedUntil: new Date(until).toISOString() }),
      resolve: () => ({ status: 'resolved', agentId: id }),
    };
    await this.#bulk(kind === 'resolve' ? talk.cases : [talk.caseId], changes[kind](), id);
  }

  #bulk(cases, change, id) {
    const all = new Map([...cases].map((caseId) => [caseId, change]));
    return this.desk.get(BulkChanges).apply(all, undefined, { id, supervises: true });
  }

  async #note({ talk: index, text, mention }) {
    const talk = this.talks[index];
    const mate = this.house.agents.get(talk.mate);
    const author = this.#agent(talk);
    const mentions = mention && mate.id !== author.id ? [mate.id] : [];
    await this.desk.get(NotesService).create(talk.caseId, { text, attachments: [], mentions }, author.id);
  }

  async #reply({ talk: index, text, status }) {
    const talk = this.talks[index];
    const others = [...talk.cases].filter((id) => id !== talk.caseId);
    const id = newId();
    const reply = { text, attachments: [], ...(status && { status }) };
    const author = this.#agent(talk);
    await this.desk.database.transaction((tx) =>
      this.desk.get(RepliesService).writeWithin(tx, talk.caseId, id, reply, author),
    );
    await this.desk.get(DeliveryService).deliver(id);
    if (status !== 'resolved' || others.length === 0) return;
    await this.#bulk(others, { status, agentId: author.id }, author.id);
  }

  #agent(talk) {
    return this.house.agents.get(talk.agent) ?? [...this.house.agents.values()][0];
  }
}

/** The channel's own conversation, where it has one. */
export const conversation = ({ phone, visitor }, channel) => ({ wa: phone, chat: visitor })[channel] ?? null;

/** Who says it, with what the channel knows of him. */
export function sender(person, channel) {
  const { name, email, phone, visitor, signedUp } = person;
  const proven = (kind, value) => ({ kind, value, proof: 'verified', source: 'signed_identity' });
  const also = signedUp
    ? [proven('email', email), proven('whatsapp', phone), proven('visitor', visitor)]
    : [];
  const by = { wa: ['whatsapp', phone, 'whatsapp'], chat: ['visitor', visitor, `visitor of ${shop.domain}`] };
  const [kind, value, evidence] = by[channel] ?? ['email', email, 'dkim=pass'];
  return {
    kind,
    value,
    name,
    proof: 'verified',
    evidence: [evidence],
    also: also.filter((one) => one.kind !== kind),
  };
}
