import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Message } from './message.entity.js';
import { Note } from './note.entity.js';

/** A file of a message or of a note; its bytes stand in the blob store. */
@Entity('attachments')
@Check('attachments_owner', `(message_id IS NULL) <> (note_id IS NULL)`)
export class Attachment {
  @PrimaryColumn('uuid') id: string;
  @Index('attachments_message_id')
  @ForeignKey(() => Message)
  @Column('uuid', { nullable: true })
  messageId: string | null;
  @Index('attachments_note_id')
  @ForeignKey(() => Note)
  @Column('uuid', { nullable: true })
  noteId: string | null;
  /** order within its message */
  @Column('integer') position: number;
  @Column('text') sha256: string;
  @Column('text') name: string;
  @Column('text') mediaType: string;
  @Column('bigint', { transformer: { to: (v: number) => v, from: Number } }) size: number;
  @Column('text', { nullable: true }) contentId: string | null;
  @Column('boolean', { default: false }) inline: boolean;
}
