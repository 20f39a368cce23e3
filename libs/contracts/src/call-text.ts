import type { CallOutcome, CallRecord, PhoneConfig } from './calls.js';

type Language = PhoneConfig['language'];

interface Words {
  inbound: string;
  outbound: string;
  hidden: string;
  to: string;
  from: string;
  by: string;
  queue: string;
  talked: string;
  rang: string;
  units: readonly [hours: string, minutes: string, seconds: string];
  /** outcome of a call by the customer, and of one to the customer */
  outcomes: Record<CallOutcome, readonly [inbound: string, outbound: string]>;
  disposition: string;
  recorded: string;
  notes: string;
}

const words: Record<Language, Words> = {
  id: {
    inbound: 'Panggilan masuk dari',
    outbound: 'Panggilan keluar ke',
    hidden: 'nomor yang disembunyikan',
    to: 'ke',
    from: 'dari',
    by: 'oleh',
    queue: 'antrean',
    talked: 'bicara',
    rang: 'berdering',
    units: ['jam', 'menit', 'detik'],
    outcomes: {
      answered: ['dijawab', 'dijawab'],
      missed: ['tidak dijawab', 'tidak diangkat'],
      abandoned: ['penelepon menutup sebelum dijawab', 'ditutup sebelum dijawab'],
      voicemail: ['penelepon meninggalkan pesan suara', 'masuk ke kotak pesan suara'],
      busy: ['saluran sibuk', 'nomor sibuk'],
      failed: ['panggilan gagal', 'panggilan gagal'],
    },
    disposition: 'Hasil',
    recorded: 'Ada rekaman.',
    notes: 'Catatan',
  },
  en: {
    inbound: 'Incoming call from',
    outbound: 'Outgoing call to',
    hidden: 'a withheld number',
    to: 'to',
    from: 'from',
    by: 'by',
    queue: 'queue',
    talked: 'talked',
    rang: 'rang',
    units: ['h', 'min', 's'],
    outcomes: {
      answered: ['answered', 'answered'],
      missed: ['not answered', 'not picked up'],
      abandoned: ['the caller hung up before it was answered', 'ended before it was answered'],
      voicemail: ['the caller left a voice message', 'went to voicemail'],
      busy: ['the line was busy', 'the number was busy'],
      failed: ['the call failed', 'the call failed'],
    },
    disposition: 'Result',
    recorded: 'There is a recording.',
    notes: 'Notes',
  },
};

/**
 * Tells a call in plain words, legible where nothing but text is shown. Never holds the address of the recording: that
 * is played by permission, and text is seen by everyone who sees the case.
 */
export function callText(call: CallRecord, language: Language): string {
  const own = words[language];
  const lines = [`${headline(call, own)}: ${ending(call, own)}.`];
  if (call.disposition !== null) lines.push(`${own.disposition}: ${call.disposition}`);
  if (call.recording !== null) lines.push(own.recorded);
  if (call.notes !== null) lines.push(`${own.notes}: ${call.notes}`);
  return lines.join('\n');
}

function headline({ direction, number, name, line, agent, queue }: CallRecord, own: Words): string {
  const inbound = direction === 'inbound';
  const who = number === null ? (name ?? own.hidden) : name === null ? number : `${name} (${number})`;
  const parts = [`${inbound ? own.inbound : own.outbound} ${who}`];
  if (line !== null) parts.push(`${inbound ? own.to : own.from} ${line}`);
  if (!inbound && agent !== null) parts.push(`${own.by} ${agent}`);
  return parts.join(' ') + (queue === null ? '' : `, ${own.queue} ${queue}`);
}

function ending({ direction, outcome, agent, talkSeconds, ringSeconds }: CallRecord, own: Words): string {
  const inbound = direction === 'inbound';
  const parts = [own.outcomes[outcome][inbound ? 0 : 1]];
  if (inbound && outcome === 'answered' && agent !== null) parts[0] += ` ${own.by} ${agent}`;
  if (talkSeconds !== null && talkSeconds > 0)
    parts.push(`${own.talked} ${durationText(talkSeconds, own.units)}`);
  if (ringSeconds !== null && ringSeconds > 0)
    parts.push(`${own.rang} ${durationText(ringSeconds, own.units)}`);
  return parts.join(', ');
}

function durationText(total: number, units: Words['units']): string {
  const parts = [Math.floor(total / 3600), Math.floor((total % 3600) / 60), total % 60];
  return parts.flatMap((count, index) => (count === 0 ? [] : [`${count} ${units[index] ?? ''}`])).join(' ');
}
