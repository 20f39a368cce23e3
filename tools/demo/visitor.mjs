import { randomUUID } from 'node:crypto';
import { io } from 'socket.io-client';

/** Somebody with the web chat open, through the same door as the widget. */
export class Visitor {
  onAnswer = () => undefined;

  constructor(url, channelId, origin, person) {
    Object.assign(this, { url, channelId, origin, person });
  }

  async arrive(path, title) {
    const answer = await fetch(`${this.url}/api/v1/visitors/${this.channelId}/token`, {
      method: 'POST',
      headers: { origin: this.origin, 'content-type': 'application/json' },
      body: '{}',
    });
    if (!answer.ok) throw new Error(`no visitor: ${answer.status}`);
    const { token } = await answer.json();
    const { language } = this.person;
    this.socket = io(`${this.url}/visitors`, {
      transports: ['websocket'],
      forceNew: true,
      extraHeaders: { origin: this.origin },
      auth: { channelId: this.channelId, token, language },
    });
    this.socket.on('connect', () => {
      this.socket.emit('page', { url: this.origin + path, title, referrer: '' });
    });
    this.socket.on('message', ({ id, from }) => {
      if (from !== 'agent') return;
      this.socket.emit('seen', { messageId: id, state: 'read' });
      this.onAnswer();
    });
    await new Promise((resolve, reject) => {
      this.socket.once('connect', resolve);
      this.socket.once('connect_error', reject);
    });
  }

  async say(text, preChat) {
    const message = { clientId: randomUUID(), text, attachments: [], ...(preChat && { preChat }) };
    const ack = await this.socket.timeout(15_000).emitWithAck('message', message);
    if (!ack.ok) throw new Error(ack.code);
  }

  leave() {
    this.socket?.close();
  }
}
