const base = {
  accountcode: '',
  src: '08123456789',
  dst: '02155500',
  dcontext: 'from-trunk',
  clid: '"Budi" <08123456789>',
  channel: 'PJSIP/telkom-0000001a',
  dstchannel: 'PJSIP/201-0000001b',
  lastapp: 'Dial',
  lastdata: 'PJSIP/201,20,Ttr',
};
const zero = Date.UTC(2026, 10, 22, 0, 0, 0);
const time = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');

/** A line as cdr_csv writes it with loguniqueid and loguserfield: call number `index`, which began that many seconds after midnight. */
export function cdrLine(
  index: number,
  fields: Partial<typeof base> = {},
  uniqueId = uniqueIdOf(index),
): string {
  const at = zero + index * 1000;
  const quoted = [...Object.values({ ...base, ...fields }), time(at), time(at + 5000), time(at + 25_000)];
  const cells = quoted.map((cell) => `"${cell.replaceAll('"', '""')}"`);
  return [...cells, '25', '20', '"ANSWERED"', '"DOCUMENTATION"', `"${uniqueId}"`, '""'].join(',');
}

export function uniqueIdOf(index: number): string {
  return `1795332600.${index}`;
}
