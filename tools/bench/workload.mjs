import { randomUUID } from 'node:crypto';

const words =
  'pesanan saya belum sampai tolong dicek nomor resi mug retak ganti baru kapan dikirim alamat kantor jakarta terima kasih mohon bantuan barang rusak kurang salah warna invoice refund order delivery please check status garansi toko ongkir'.split(
    ' ',
  );

/** Repeatable numbers in [0, 1), so that two runs feed the same. */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

export function sentence(random, count = 60) {
  return Array.from({ length: count }, () => words[Math.floor(random() * words.length)]).join(' ');
}

/**
 * Messages as a support mailbox gets them: half answer an earlier message of the same sender, half come without any
 * tie: of these one in four is about an order that was written about before, the others are about a new one.
 *
 * @param senders so many people write
 */
export function normalisedMessages(channelId, count, seed, senders = 5000) {
  const random = seeded(seed);
  const earlier = [];
  const ordersOf = new Map();
  return Array.from({ length: count }, (_, i) => {
    const answered =
      earlier.length > 50 && random() < 0.5 ? earlier[Math.floor(random() * earlier.length)] : null;
    const from = answered?.from ?? `pelanggan${Math.floor(random() * senders)}@contoh.example`;
    const externalId = `${randomUUID()}@contoh.example`;
    const known = ordersOf.get(from) ?? [];
    const order =
      known.length > 0 && random() < 0.25 ? known.at(-1) : `ORD-${seed}${String(i).padStart(6, '0')}`;
    ordersOf.set(from, [...known, order]);
    earlier.push({ externalId, from });
    if (earlier.length > 2000) earlier.shift();
    return {
      channelId,
      externalId,
      thread: {
        inReplyTo: answered?.externalId ?? null,
        references: answered ? [answered.externalId] : [],
        tokens: [],
        forwarded: false,
      },
      sender: { kind: 'email', value: from, name: 'Budi Santoso', proof: 'claimed', evidence: [] },
      recipients: [{ role: 'to', kind: 'email', value: 'halo@toko.example' }],
      sentAt: new Date().toISOString(),
      subject: `Pesanan ${order}`,
      text: `Pesanan ${order} ${sentence(random)}`,
      attachments: [],
      warnings: [],
    };
  });
}

/** The same as mails on the wire. */
export function rawMail(message) {
  const { inReplyTo } = message.thread;
  return [
    `From: Budi Santoso <${message.sender.value}>`,
    'To: halo@toko.example',
    `Subject: ${message.subject}`,
    `Date: ${new Date(message.sentAt).toUTCString()}`,
    `Message-ID: <${message.externalId}>`,
    ...(inReplyTo ? [`In-Reply-To: <${inReplyTo}>`, `References: <${inReplyTo}>`] : []),
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    message.text.replace(/(.{70}\S*) /g, '$1\r\n'),
    '',
  ].join('\r\n');
}

/** Runs `work` on every item, `width` at a time. @returns seconds */
export async function inParallel(items, width, work) {
  let next = 0;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: width }, async () => {
      while (next < items.length) await work(items[next++]);
    }),
  );
  return (performance.now() - start) / 1000;
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

export function percentile(values, p) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * p) / 100))] ?? NaN;
}
