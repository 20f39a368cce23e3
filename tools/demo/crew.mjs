import { io } from 'socket.io-client';
import { Api } from './api.mjs';
import { agents, shop } from './shop.mjs';
import { fill, stories } from './tell.mjs';

const activityMs = 60_000;

/** The colleagues: those on duty have the console open, and, where they are asked to, answer. */
export class Crew {
  #timers = new Set();
  #desks = [];
  #stopped = false;

  constructor({ url, dice }) {
    Object.assign(this, { url, dice });
    this.answered = 0;
  }

  /** One after the other: twenty sign-ins at once would look like an attack. */
  async arrive() {
    for (const agent of agents.filter(({ here }) => here)) {
      const api = new Api(this.url);
      await api.call('POST', '/session', { email: agent.email, password: shop.password });
      const socket = io(`${this.url}/agents`, {
        transports: ['websocket'],
        forceNew: true,
        extraHeaders: { cookie: api.cookie },
      });
      const { id } = await api.get('/me');
      this.#desks.push({ agent: { ...agent, id }, api, socket });
      const sign = setInterval(() => socket.emit('activity'), activityMs);
      this.#timers.add(sign);
    }
  }

  /** Each answers something about once in `everySeconds`. */
  work(everySeconds = 45) {
    for (const desk of this.#desks) {
      const next = () => {
        const timer = setTimeout(
          () => {
            this.#timers.delete(timer);
            // Somebody else was quicker, or it has just been closed: he looks again later.
            void this.#answer(desk)
              .catch(() => undefined)
              .finally(() => !this.#stopped && next());
          },
          this.dice.wait(everySeconds) * 1000,
        );
        this.#timers.add(timer);
      };
      next();
    }
  }

  stop() {
    this.#stopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
    for (const { socket } of this.#desks) socket.close();
  }

  async #answer({ agent, api, socket }) {
    const own = await api.get('/cases?view=mine&status=open&sort=waiting&limit=5');
    const found =
      own.items.find(({ waitingSince }) => waitingSince !== null) ?? (await this.#take(api, agent));
    if (!found) return;
    const caseId = found.id;
    socket.emit('presence', { caseId, state: 'viewing' });
    await this.#pause(this.dice.between(2, 6));
    socket.emit('presence', { caseId, state: 'typing' });
    await this.#pause(this.dice.between(4, 12));
    const status = this.dice.chance(0.35) ? 'resolved' : 'pending';
    const { version } = await api.get(`/cases/${caseId}`);
    await api.call('POST', `/cases/${caseId}/messages`, { text: this.#words(found), status, version });
    socket.emit('presence', { caseId, state: 'left' });
    this.answered += 1;
  }

  /** From the queue of his team, where cases are not given out. */
  async #take(api, agent) {
    const { items } = await api.get('/cases?view=teams&assignee=none&status=open&sort=waiting&limit=3');
    const [first] = items;
    if (!first) return null;
    await api.call('PUT', `/cases/${first.id}/assignee`, { agentId: agent.id, version: first.version });
    return first;
  }

  #words({ subject, preview, customer }) {
    const story = likest(`${subject} ${preview}`);
    const first = customer.name?.split(' ')[0] ?? '';
    const text = this.dice.pick(story.turns.find(({ a }) => a).a);
    const known = {
      first,
      courier: 'kurir',
      city: 'kota tujuan',
      order: 'Anda',
      bank: 'bank',
      weekday: 'Senin',
    };
    return fill(text, known)
      .replaceAll(/\{\w+\}/g, '')
      .replaceAll(/ {2,}/g, ' ');
  }

  #pause(seconds) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, seconds * 1000);
      this.#timers.add(timer);
    });
  }
}

const wordsOf = (text) => new Set(text.toLowerCase().match(/\p{L}{4,}/gu) ?? []);
const openings = stories.flatMap(([, , told]) =>
  told.map((story) => [
    story,
    wordsOf(`${story.subject} ${story.turns.flatMap(({ c }) => c ?? []).join(' ')}`),
  ]),
);

/** The story that sounds most like what somebody wrote. */
function likest(text) {
  const said = wordsOf(text);
  const score = ([, words]) => [...said].filter((word) => words.has(word)).length;
  return openings.toSorted((a, b) => score(b) - score(a))[0][0];
}
