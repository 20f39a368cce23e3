import type { Locale } from '@loket/contracts/access.js';

interface InvitationWords {
  inviter: string;
  workspace: string;
  link: string;
}

const words: Record<Locale, (of: InvitationWords) => { subject: string; text: string }> = {
  id: ({ inviter, workspace, link }) => ({
    subject: `Undangan bekerja di ${workspace}`,
    text: `${inviter} mengundang Anda bekerja di ${workspace}, di Loket: satu tempat untuk semua pesan pelanggan.\n\nBuat akun Anda di sini:\n${link}\n\nTautan ini berlaku 7 hari dan hanya sekali pakai. Jangan teruskan kepada orang lain.\nJika Anda tidak mengenal pengirimnya, abaikan surel ini.`,
  }),
  en: ({ inviter, workspace, link }) => ({
    subject: `Invitation to work at ${workspace}`,
    text: `${inviter} invites you to work at ${workspace} in Loket: one place for all messages of customers.\n\nCreate your account here:\n${link}\n\nThis link works once, within 7 days. Do not pass it on to anybody.\nIf you do not know who sent it, ignore this mail.`,
  }),
};

/** What the mail says to somebody who is invited. */
export function invitationMail(locale: Locale, of: InvitationWords): { subject: string; text: string } {
  return words[locale](of);
}
