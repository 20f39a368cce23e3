import { createHmac, randomUUID } from 'node:crypto';
import { Api } from './api.mjs';
import { customer } from './customers-of-shop.mjs';
import { conversation, sender } from './play.mjs';
import { channelFor } from './plan.mjs';
import { agents, channels, site } from './shop.mjs';
import { asMail, casual, chooseStory, facts, fill } from './tell.mjs';
import { Visitor } from './visitor.mjs';

const thanks = {
  id: [
    'baik kak, makasih infonya 🙏',
    'Oke, saya tunggu ya.',
    'siap terima kasih',
    'Kira-kira kapan ya kak?',
    'Sudah saya kirim fotonya, mohon dicek.',
    'ok kak',
  ],
  en: ['Thank you, I will wait.', 'Great, thanks a lot.', 'When will that be?', 'I have sent the picture.'],
};
/** far from those of the sixty days, so that nobody is two people by accident */
const firstNumber = 50_000;

/** People who write to the shop as time goes on, and answer what they are told. */
export class Customers {
  #people = firstNumber;
  #timers = new Set();
  #visitors = new Set();
  /** who wrote lately, and may go on by another way */
  /** what people call themselves on WhatsApp */
  #names = new Map();
  #lately = [];

  /** @param token with scope `inbound` */
  constructor({ url, token, channelIds, dice, rate }) {
    Object.assign(this, { url, channelIds, dice, rate });
    this.api = new Api(url, token);
    this.written = 0;
    this.failed = 0;
  }

  start() {
    const next = () => {
      this.#later(-Math.log(1 - this.dice.next()) * (60_000 / this.rate), () => {
        next();
        return this.#somebodyWrites();
      });
    };
    next();
  }

  stop() {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    for (const visitor of this.#visitors) visitor.leave();
  }

  /** An answer of ours came by mail. */
  gotMail({ to, messageId, subject }) {
    this.#maybe(0.6, [25, 150], () =>
      this.#mail(this.#personAt('email', to), 'halo', this.#thanks(), subject, [messageId]),
    );
  }

  /** An answer of ours came on WhatsApp; the telephone says so. */
  gotWhatsapp({ to, id }) {
    const number = `+${to.replace(/^\+/, '')}`;
    this.#later(1_500, () => this.#receipt(to, id, 'delivered'));
    if (!this.dice.chance(0.85)) return;
    this.#later(this.dice.between(4, 40) * 1000, () => this.#receipt(to, id, 'read'));
    this.#maybe(0.7, [15, 90], () => this.#whatsapp(this.#personAt('phone', number), this.#thanks()));
  }

  async #somebodyWrites() {
    const again = this.#lately.length > 0 && this.dice.chance(0.12) ? this.#lately.shift() : null;
    if (again) return this.#goesOn(again);
    const person = customer(this.#people++, this.dice);
    const story = chooseStory(this.dice, person);
    const known = facts(this.dice, person, '');
    const text = fill(this.dice.pick(story.turns[0].c), known);
    const channel = channelFor(this.dice, story.team);
    if (person.signedUp && channel !== 'telepon' && channel !== 'chat')
      this.#lately.push({ person, known, channel, text });
    const words = person.language === 'id' ? casual(text, this.dice) : text;
    if (channel === 'wa') return this.#whatsapp(person, words);
    if (channel === 'telepon') return this.#calls(person, text);
    if (channel !== 'chat')
      return this.#mail(person, channel, asMail(text, person, true), fill(story.subject, known));
    return this.#chats(person, words, known);
  }

  /** On the other way now, naming the same order. */
  #goesOn({ person, known, channel, text }) {
    const words = `${casual('Halo', this.dice)}, soal pesanan ${known.order} tadi. ${text}`;
    if (channel !== 'wa') return this.#whatsapp(person, words);
    return this.#mail(person, 'halo', asMail(words, person, true), `Pesanan ${known.order}`);
  }

  #mail(person, key, text, subject, references = []) {
    const externalId = `${randomUUID()}@${person.email.split('@')[1]}`;
    const thread = { references, inReplyTo: references.at(-1) ?? null };
    return this.#send(key, { externalId, thread, sender: sender(person, key), subject, text });
  }

  #whatsapp(person, text) {
    if (person.name) this.#names.set(person.phone, person.name);
    const externalId = `demo:${randomUUID()}`;
    const thread = { conversation: conversation(person, 'wa') };
    return this.#send('wa', { externalId, thread, sender: sender(person, 'wa'), subject: null, text });
  }

  #calls({ phone, name }, told) {
    const missed = this.dice.chance(0.5);
    const callId = randomUUID();
    const outcome = missed ? 'missed' : 'answered';
    const startedAt = new Date().toISOString();
    const talkSeconds = missed ? null : this.dice.between(40, 400);
    const notes = missed ? null : told;
    const agent = missed ? null : this.dice.pick(agents.filter(({ here }) => here)).name;
    const ringSeconds = this.dice.between(4, 30);
    const call = { callId, direction: 'inbound', number: phone, name, startedAt, ringSeconds, talkSeconds, outcome, notes, agent }; // prettier-ignore
    const by = { kind: 'phone', value: phone, name };
    const text = missed ? 'Panggilan tak terjawab' : 'Panggilan masuk';
    return this.#send('telepon', { externalId: callId, sender: by, subject: null, text, call });
  }

  async #chats(person, text, known) {
    const visitor = new Visitor(this.url, this.channelIds.get('chat'), site, person);
    this.#visitors.add(visitor);
    visitor.onAnswer = () =>
      this.#maybe(0.7, [10, 60], async () => {
        await visitor.say(casual(this.#thanks(), this.dice));
        this.written += 1;
      });
    await visitor.arrive(`/pesanan/${known.order}`, `Pesanan ${known.order}`);
    await visitor.say(text, { name: person.name, email: person.email });
    this.written += 1;
    this.#later(20 * 60_000, () => {
      visitor.leave();
      this.#visitors.delete(visitor);
    });
  }

  async #send(key, message) {
    const at = { sentAt: new Date().toISOString() };
    await this.api.call('POST', `/channels/${this.channelIds.get(key)}/inbound`, { ...at, ...message });
    this.written += 1;
  }

  /** By Meta's webhook, signed as Meta signs. */
  async #receipt(recipient, id, status) {
    const { cloud, address } = channels.find(({ key }) => key === 'wa').config;
    const statuses = [
      { id, status, timestamp: String(Math.floor(Date.now() / 1000)), recipient_id: recipient },
    ];
    const metadata = { display_phone_number: address, phone_number_id: cloud.phoneNumberId };
    const value = { messaging_product: 'whatsapp', metadata, statuses };
    const entry = [{ id: cloud.businessAccountId, changes: [{ field: 'messages', value }] }];
    const body = JSON.stringify({ object: 'whatsapp_business_account', entry });
    const signature = createHmac('sha256', cloud.appSecret).update(body).digest('hex');
    await fetch(`${this.url}/api/v1/channels/${this.channelIds.get('wa')}/webhook`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` },
      body,
    });
  }

  /** Whoever has not written in this run is known by his address only; the desk knows more. */
  #personAt(kind, value) {
    return {
      name: this.#names.get(value) ?? null,
      email: '',
      phone: '',
      signedUp: false,
      language: 'id',
      n: 0,
      [kind]: value,
    };
  }

  #thanks() {
    return this.dice.pick(thanks.id);
  }

  #maybe(share, [least, most], work) {
    if (this.dice.chance(share)) this.#later(this.dice.between(least, most) * 1000, work);
  }

  /** A customer who fails to get through is no reason to stop the others. */
  #later(ms, work) {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      Promise.resolve()
        .then(work)
        .catch(() => (this.failed += 1));
    }, ms);
    this.#timers.add(timer);
  }
}
