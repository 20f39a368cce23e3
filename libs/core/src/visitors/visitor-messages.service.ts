import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import { In, type EntityManager } from 'typeorm';
import { AppError } from '@loket/contracts/errors.js';
import type { AttachmentRef } from '@loket/contracts/primitives.js';
import type { VisitorOriginal } from '@loket/contracts/visitor-original.js';
import type { VisitorSend } from '@loket/contracts/visitors.js';
import type { PreChatField, VisitorLanguage } from '@loket/contracts/webchat-config.js';
import { BlobStore } from '@loket/platform/blobs/blob-store.js';
import { Clock } from '@loket/platform/clock.js';
import { normaliseAddress } from '../customers/normalise-address.js';
import { legible } from '../intake/legible.js';
import { RawIntakeService } from '../intake/raw-intake.service.js';
import { usualWords } from '../settings/customer-languages.js';
import { readWorkspace } from '../settings/workspace-settings.js';
import type { VisitorChannel } from './visitor-channels.js';
import { VisitorUpload } from './visitor-file.entity.js';
import { Visitor } from './visitor.entity.js';

export interface AcceptedMessage {
  messageId: string;
  at: Date;
}

interface KnownMessage extends AcceptedMessage {
  text: string;
  files: string[];
}

/** What visitors write: an original like any other, through the adapter of the channel into intake. */
@Injectable()
export class VisitorMessages {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly blobs: BlobStore,
    private readonly intake: RawIntakeService,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes a message. Resolves after commit; the same `clientId` again finds the same message.
   * @throws AppError `conflict` `conflict` when it was another message under that id; `unprocessable` `file_unknown`,
   *   `invalid`; `unavailable`
   */
  async accept(channel: VisitorChannel, visitorId: string, send: VisitorSend): Promise<AcceptedMessage> {
    const externalId = `${visitorId}:${send.clientId}`;
    const files = await this.files(visitorId, send.attachments);
    const known = await this.find(channel.id, externalId);
    if (known) return same(known, send, files);
    const visitor = await this.manager.findOneByOrFail(Visitor, { id: visitorId });
    const answers = await this.keepAnswers(channel, visitor, send);
    const words = await this.wordsFor(visitor, channel);
    const original = legible(this.original(visitor, send, files, answers, words));
    const raw = await this.blobs.put(Buffer.from(JSON.stringify(original)), channel.mediaType);
    const { status } = await this.intake.takeOriginal(channel.id, raw);
    if (status === 'quarantined') throw new AppError('unprocessable', 'invalid', 'it could not be taken in');
    if (files.length > 0) {
      await this.manager.update(
        VisitorUpload,
        { id: In(files.map(({ id }) => id)) },
        { namedAt: this.clock.now() },
      );
    }
    const stored = await this.find(channel.id, externalId);
    if (!stored) throw new Error('the message that was just taken in is gone');
    return status === 'duplicate' ? same(stored, send, files) : stored;
  }

  private async find(channelId: string, externalId: string): Promise<KnownMessage | null> {
    const [row]: KnownMessage[] = await this.manager.query(
      `SELECT m.id AS "messageId", m.created_at AS at, m.text,
              ARRAY(SELECT a.sha256 FROM attachments a WHERE a.message_id = m.id ORDER BY a.position) AS files
       FROM messages m WHERE m.channel_id = $1 AND m.external_id = $2`,
      [channelId, externalId],
    );
    return row ?? null;
  }

  /** @throws AppError `unprocessable` `file_unknown` */
  private async files(visitorId: string, ids: readonly string[]): Promise<VisitorUpload[]> {
    if (ids.length === 0) return [];
    const rows = await this.manager.findBy(VisitorUpload, { visitorId, id: In([...ids]) });
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => {
      const file = byId.get(id.toLowerCase());
      if (!file) throw new AppError('unprocessable', 'file_unknown', 'a file is not there, or not his');
      return file;
    });
  }

  /** Answers of the form come with the first message. Addresses among them are claims, and never take a proof back. */
  private async keepAnswers(
    { config }: VisitorChannel,
    visitor: Visitor,
    { preChat }: VisitorSend,
  ): Promise<{ field: PreChatField; value: string }[]> {
    if (!preChat) return [];
    const given = legible(preChat);
    const answers = config.preChat.flatMap((field) => {
      const value = given[field.id]?.trim() ?? '';
      return value === '' || (field.kind === 'choice' && !field.options.includes(value))
        ? []
        : [{ field, value }];
    });
    if (answers.length === 0) return [];
    const of = (kind: PreChatField['kind']) => answers.find(({ field }) => field.kind === kind)?.value;
    const [name, email, phone] = [of('name'), of('email'), of('phone')];
    if (name !== undefined && visitor.provenBy === null) visitor.name = name.slice(0, 120);
    if (email?.includes('@') && visitor.emailProof !== 'verified') {
      visitor.email = normaliseAddress('email', email.slice(0, 320)).value;
      visitor.emailProof = 'claimed';
    }
    if (phone !== undefined && visitor.phoneProof !== 'verified') {
      visitor.phone = normaliseAddress('phone', phone.slice(0, 40), config.defaultRegion).value;
      visitor.phoneProof = 'claimed';
    }
    visitor.answers = Object.fromEntries(answers.map(({ field, value }) => [field.id, value]));
    const { id, answers: kept, name: known, email: mail, emailProof, phone: line, phoneProof } = visitor;
    await this.manager.update(Visitor, id, {
      answers: kept,
      name: known,
      email: mail,
      emailProof,
      phone: line,
      phoneProof,
    });
    return answers;
  }

  /** In which language the questions stand that he answered. */
  private async wordsFor({ language }: Visitor, { config }: VisitorChannel): Promise<VisitorLanguage> {
    if (language !== null) return language;
    if (config.language !== 'page') return config.language;
    return usualWords((await readWorkspace(this.manager)).customerLanguages);
  }

  private original(
    visitor: Visitor,
    { clientId, text }: VisitorSend,
    files: readonly VisitorUpload[],
    answers: readonly { field: PreChatField; value: string }[],
    words: VisitorLanguage,
  ): VisitorOriginal {
    const { id, name, email, emailProof, phone, phoneProof, provenBy } = visitor;
    const source = (proof: string | null): string => (proof === 'verified' && provenBy ? provenBy : 'form');
    return {
      visitorId: id,
      clientId: clientId.toLowerCase(),
      sentAt: this.clock.now().toISOString(),
      text,
      name,
      proof: provenBy === null ? 'claimed' : 'verified',
      evidence: provenBy === null ? [] : [provenBy],
      also: [
        ...(email === null
          ? []
          : [
              {
                kind: 'email' as const,
                value: email,
                proof: emailProof ?? 'claimed',
                source: source(emailProof),
              },
            ]),
        ...(phone === null
          ? []
          : [
              {
                kind: 'phone' as const,
                value: phone,
                proof: phoneProof ?? 'claimed',
                source: source(phoneProof),
              },
            ]),
      ],
      attachments: files.map(({ sha256, size, mediaType, name: file }): AttachmentRef => ({
        sha256,
        size,
        mediaType,
        name: file,
        inline: false,
      })),
      answers: answers.map(({ field: { id: fieldId, label }, value }) => ({
        label: label[words] ?? Object.values(label)[0] ?? fieldId,
        value,
      })),
    };
  }
}

/** @throws AppError `conflict` `conflict` */
function same(known: KnownMessage, { text }: VisitorSend, files: readonly VisitorUpload[]): AcceptedMessage {
  const plain = (words: string): string =>
    legible(words)
      .replace(/\s+/g, ' ')
      .replace(/\p{Cc}/gu, '')
      .trim();
  const sameFiles =
    known.files.length === files.length && files.every(({ sha256 }, at) => sha256 === known.files[at]);
  if (plain(known.text) === plain(text) && sameFiles) return known;
  throw new AppError('conflict', 'conflict', 'another message came under this id before');
}
