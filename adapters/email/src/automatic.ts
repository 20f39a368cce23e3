import type { AutomaticKind, Bounce } from '@loket/contracts/inbound.js';
import { readDeliveryReport, readTextBounce } from './bounce.js';
import type { MailAddress } from './addresses.js';
import { parameters, type Head } from './head.js';
import type { MimeFile } from './mime.js';

export interface Classification {
  automatic: AutomaticKind | null;
  bounce: Bounce | null;
}

export interface Evidence {
  head: Head;
  from: MailAddress | null;
  subject: string;
  /** newly written words */
  text: string;
  /** all words */
  body: string;
  files: MimeFile[];
  /** the mail names a message that it answers */
  answers: boolean;
}

const daemon =
  /^(?:mailer[-_.]?daemon|postmaster|mail-?daemon|mailerdaemon|maildelivery|bounces?|mail\.delivery\.system|mdaemon|microsoftexchange[0-9a-f]*)(?:[+=-].*)?@|^mailer-?daemon$/i;
const noReply =
  /^(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|donotreply|noreply|tidak[-_.]?(?:usah[-_.]?)?(?:di)?balas|jangan[-_.]?(?:di)?balas|auto(?:mated|matic)?[-_.]?(?:mail|reply|response|responder|confirm)|notifications?|mailer|bounces?)(?:[+_.=-].*)?@/i;

const bounceSubject =
  /undeliver|delivery (?:status )?(?:notification|failure|report|has failed|problem)|returned (?:mail|to sender)|failure notice|mail(?:ing)? (?:delivery|system) (?:failed|failure|error)|(?:message|mail|email) (?:could )?not (?:be )?deliver|non[- ]?deliver|delivery (?:delayed|incomplete)|gagal (?:terkirim|dikirim|mengirim)|(?:tidak|tak) (?:dapat )?(?:terkirim|dikirim)|pengiriman (?:\S+ ){0,2}gagal|unzustellbar|mail delivery|rejected:|échec|no se pudo entregar/i;
const bounceBody =
  /(?:could not|couldn't|wasn't able to|can(?:no|')t|was not|wasn't|unable to|not) (?:be )?(?:deliver|sen[dt])|delivery (?:has|to the following|failed|failure)|undeliverable|address (?:not found|rejected)|recipient.{0,40}(?:rejected|unknown)|user unknown|returned to you|permanent (?:fatal )?error|tidak (?:dapat|bisa|berhasil) (?:di)?(?:kirim|terkirim|sampaikan)|gagal (?:di)?kirim|tidak ditemukan|qmail-send|mailbox (?:is )?full/i;

const strongReplySubject =
  /^\s*(?:re\s*:\s*)?(?:automatic reply|auto(?:matic)?[-\s]?(?:re(?:ply|sponse|sponder)|antwort)|\[?auto[-\s]?reply\]?|abwesenheits|automatische antwort|réponse automatique|respuesta automática|resposta automática|risposta automatica|automatisch antwoord|balasan otomatis|jawaban otomatis|respon(?:s)? otomatis|pesan otomatis|tanggapan otomatis|out of (?:the )?office (?:auto|reply|message|notification))/i;
const weakReplySubject =
  /^\s*(?:out of (?:the )?office|ooo\b|on (?:vacation|leave|holiday)|vacation|away from|di luar kantor|sedang (?:cuti|tidak di kantor)|cuti\b|libur\b)/i;
const automaticBody =
  /(?:this is an?|ini adalah|this (?:e-?mail|message) (?:is|was|has been)|(?:email|e-mail|pesan|surel|balasan|jawaban) ini (?:adalah |merupakan |di(?:kirim|buat|hasilkan)(?:kan)? )?(?:secara )?)[^.\n]{0,60}(?:automat|otomatis|auto-?generated|autorespon|auto-?reply)|automated (?:reply|response|message)|(?:do not|don't|mohon (?:untuk )?(?:tidak|jangan)|jangan|tidak perlu) (?:reply|respond|membalas|balas|dibalas)(?: to| ke)? (?:this|email ini|pesan ini|surel ini)/i;
/** People say that they are away, too; a responder adds what to do meanwhile. */
const away =
  /(?:i am|i'm|i will be|saya)(?: \S+){0,3} (?:out of (?:the )?office|on (?:annual )?leave|on vacation|on holiday|di luar kantor|sedang cuti|cuti|tidak berada di (?:kantor|tempat))/i;
const meanwhile =
  /\b(?:return(?:ing)? (?:on|to)|back (?:in|on|at)|will (?:reply|respond|get back)|in my absence|limited access|(?:urgent|immediate)[^.\n]{0,60}contact|akan kembali|kembali (?:pada|bekerja|tanggal)|mendesak|selama (?:saya )?(?:cuti|libur)|silakan (?:menghubungi|hubungi)|akses (?:email )?terbatas)/i;

/**
 * Which kind of automatic mail is it? First that fits, most telling first:
 * 1. `feedback_report`: spam complaints (RFC 5965)
 * 2. `receipt`: read receipts (RFC 8098) and reports of success (RFC 3464)
 * 3. `bounce`: delivery reports (RFC 3464), X-Failed-Recipients, and texts of mail systems without a report
 * 4. `auto_reply` where the mail says so (RFC 3834 auto-replied, X-Autoreply and kin, subjects of responders): before
 *    the lists, because responders call themselves `Precedence: bulk` too
 * 5. `list`: came through a discussion list, also when a person wrote it: answering goes to all
 * 6. `newsletter`: sent to many, nobody to discuss with
 * 7. `auto_reply` for all other machines: auto-generated, X-Auto-Response-Suppress, X-Loop, null return path, daemons,
 *    no-reply senders. A form that writes as no-reply but names the person in Reply-To is that person's mail.
 */
export function classify(mail: Evidence): Classification {
  const { head, from, subject, files } = mail;
  const report = files.find((f) => /^message\/(?:global-)?delivery-status$/.test(f.mediaType));
  const reportType = parameters(head.raw('content-type') ?? '')
    .params.get('report-type')
    ?.toLowerCase();

  if (reportType === 'feedback-report' || files.some((f) => f.mediaType === 'message/feedback-report'))
    return is('feedback_report');
  if (
    reportType === 'disposition-notification' ||
    files.some((f) => /^message\/(?:global-)?disposition-notification$/.test(f.mediaType))
  ) {
    return is('receipt');
  }
  if (report) {
    const { delivered, bounce } = readDeliveryReport(report, head, files);
    return delivered ? is('receipt') : { automatic: 'bounce', bounce };
  }
  const nullPath = /^<\s*>$/.test((head.raw('return-path') ?? '').trim());
  const fromDaemon = from !== null && daemon.test(from.address);
  const bouncing = bounceSubject.test(subject) || bounceBody.test(mail.body.slice(0, 20_000));
  if (
    head.has('x-failed-recipients') ||
    reportType === 'delivery-status' ||
    ((fromDaemon || nullPath) && bouncing && !looksAutoReply(mail))
  ) {
    return { automatic: 'bounce', bounce: readTextBounce(mail.body, head, files) };
  }
  if (looksAutoReply(mail)) return is('auto_reply');

  const precedence = word(head, 'precedence');
  const hasPost = head.has('list-post') && !/^\s*no\b/i.test(head.raw('list-post') ?? '');
  const discussion =
    hasPost || head.has('x-beenthere') || head.has('x-mailman-version') || head.has('x-google-group-id');
  const campaign =
    head.has('list-unsubscribe') ||
    head.has('list-unsubscribe-post') ||
    ['bulk', 'junk'].includes(precedence);
  if (discussion || precedence === 'list') return is('list');
  if (campaign || head.has('x-campaign') || head.has('x-campaignid') || head.has('x-csa-complaints'))
    return is('newsletter');
  if (head.has('list-id')) return is('list');

  const submitted = word(head, 'auto-submitted');
  if (submitted !== '' && submitted !== 'no') return is('auto_reply');
  if (suppresses(head) || head.has('x-loop') || nullPath || fromDaemon) return is('auto_reply');
  if (from !== null && noReply.test(from.address) && !namesPerson(head, from)) return is('auto_reply');
  return { automatic: null, bounce: null };
}

function is(automatic: AutomaticKind): Classification {
  return { automatic, bounce: null };
}

function looksAutoReply({ head, subject, text, answers }: Evidence): boolean {
  if (word(head, 'auto-submitted') === 'auto-replied' || word(head, 'precedence') === 'auto_reply')
    return true;
  const marks = [
    'x-autoreply',
    'x-autorespond',
    'x-autoresponder',
    'x-auto-reply',
    'x-auto-reply-from',
    'x-mail-autoreply',
    'x-ms-exchange-inbox-rules-loop-autoreply',
  ];
  if (marks.some((name) => head.has(name) && word(head, name) !== 'no')) return true;
  if (
    /vacation|autorespon/i.test(head.get('x-mailer') ?? '') ||
    /^(?:all|vacation)$/.test(word(head, 'x-autogenerated'))
  )
    return true;
  if (strongReplySubject.test(subject)) return true;
  const start = text.slice(0, 2_000);
  const says = automaticBody.test(start) || (away.test(start) && meanwhile.test(start));
  const bare = subject.replace(/^\s*re\s*:\s*/i, '');
  if (!answers && bare === subject) return weakReplySubject.test(subject) && says;
  return weakReplySubject.test(bare) || (text.length < 3_000 && says);
}

/** Exchange puts it on what it writes by itself, whatever it names (MS-OXCMAIL §2.1.3.2.20). */
function suppresses(head: Head): boolean {
  return (
    head.has('x-auto-response-suppress') && !/^\s*none\s*$/i.test(head.raw('x-auto-response-suppress') ?? '')
  );
}

function namesPerson(head: Head, from: MailAddress): boolean {
  const replyTo = /([^\s<>,;"]+@[^\s<>,;"]+)/.exec(head.raw('reply-to') ?? '')?.[1] ?? '';
  return replyTo !== '' && replyTo.toLowerCase() !== from.address.toLowerCase() && !noReply.test(replyTo);
}

/** First word of a field in lower case, without comments and parameters. */
function word(head: Head, name: string): string {
  return (/^[^\s;(,]+/.exec((head.raw(name) ?? '').trim())?.[0] ?? '').toLowerCase();
}
