import type { Locale } from '@loket/contracts/access.js';

const words: Record<Locale, (link: string) => { subject: string; text: string }> = {
  id: (link) => ({
    subject: 'Kata sandi baru untuk Loket',
    text: `Ada yang meminta kata sandi baru untuk akun Loket Anda. Buat di sini:\n${link}\n\nTautan ini berlaku 1 jam dan hanya sekali pakai. Setelah itu semua perangkat Anda keluar.\nJika bukan Anda yang memintanya, abaikan surel ini: kata sandi Anda tetap sama.`,
  }),
  en: (link) => ({
    subject: 'A new password for Loket',
    text: `Somebody asked for a new password for your Loket account. Set it here:\n${link}\n\nThis link works once, within 1 hour. All your devices are signed out by it.\nIf it was not you who asked for it, ignore this mail: your password stays as it is.`,
  }),
};

/** Says nothing that a stranger wrote: whoever knows the address can make it go out. */
export function passwordLinkMail(locale: Locale, link: string): { subject: string; text: string } {
  return words[locale](link);
}
