import { Injectable } from '@nestjs/common';
import type { VisitorLanguage } from '@loket/contracts/webchat-config.js';
import { OwnMail } from '../delivery/own-mail.js';

const words: Record<VisitorLanguage, (code: string) => { subject: string; text: string }> = {
  id: (code) => ({
    subject: `Kode konfirmasi: ${code}`,
    text: `Kode Anda: ${code}\n\nMasukkan kode ini di obrolan dalam 10 menit. Jangan berikan kepada siapa pun.\nJika bukan Anda yang memintanya, abaikan surel ini.`,
  }),
  en: (code) => ({
    subject: `Confirmation code: ${code}`,
    text: `Your code: ${code}\n\nEnter it in the chat within 10 minutes. Do not give it to anybody.\nIf it was not you who asked for it, ignore this mail.`,
  }),
};

/**
 * Brings a one-time code to a mail address. It carries nothing that the visitor wrote, so that nobody can use it to send
 * words of his own in the company's name.
 */
@Injectable()
export class CodeMail {
  constructor(private readonly mail: OwnMail) {}

  /** Whether there is a channel that could bring a code. */
  isAble(): Promise<boolean> {
    return this.mail.isAble();
  }

  async send(codeId: string, address: string, code: string, language: VisitorLanguage): Promise<void> {
    await this.mail.send(codeId, address, words[language](code));
  }
}
