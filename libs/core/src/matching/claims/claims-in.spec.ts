import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '../../../../../test/support/random.js';
import { claimsIn } from './claims-in.js';
import { selfNameIn } from './self-named.js';

const at = (text: string, quoted: string | null = null) => claimsIn({ text, quoted, region: 'ID' });
const found = (text: string, quoted: string | null = null) =>
  at(text, quoted).map(({ kind, value, where }) => `${where} ${kind} ${value}`);
const mine = '+6281288412207';

describe('claimsIn', () => {
  it.each<[string, string[]]>([
    ['nomor saya 0812-8841-2207', [`text phone ${mine}`]],
    ['No HP saya 0812 8841 2207 ya kak', [`text phone ${mine}`]],
    ['no. wa saya yang baru adalah 081288412207', [`text whatsapp ${mine}`]],
    ['Bisa hubungi saya di 081288412207?', [`text phone ${mine}`]],
    ['WA saya di 081288412207 aja', [`text whatsapp ${mine}`]],
    ['WA saya: wa.me/6281288412207', [`text whatsapp ${mine}`]],
    ['hub saya: https://api.whatsapp.com/send?phone=6281288412207&text=halo', [`text whatsapp ${mine}`]],
    ['kalau ada kabar, telp saya ke +62 812-8841-2207', [`text phone ${mine}`]],
    ['Saya bisa dihubungi di nomor 0812.8841.2207 setelah jam 5', [`text phone ${mine}`]],
    ['Mohon dihubungi kembali ke 081288412207', [`text phone ${mine}`]],
    ['please call me back at +62 812 8841 2207', [`text phone ${mine}`]],
    ['My new WhatsApp number is +62 812 8841 2207', [`text whatsapp ${mine}`]],
    ['kemarin saya email dari dewi@gmail.com belum dibalas', ['text email dewi@gmail.com']],
    ['min tadi saya email pakai dewi@gmail.com', ['text email dewi@gmail.com']],
    ['sy sdh email kmrn dr dewi@gmail.com', ['text email dewi@gmail.com']],
    ['tadi sudah wa dari nomor 081288412207', [`text whatsapp ${mine}`]],
    ['I emailed you yesterday from dewi@gmail.com', ['text email dewi@gmail.com']],
    ['ganti nomor hp saya jadi 081288412207', [`text phone ${mine}`]],
    ['ubah no hp di akun saya ke 081288412207', [`text phone ${mine}`]],
    ['nomor kurir 081388412299, nomor saya 081288412207', [`text phone ${mine}`]],
    ['my number is 081288412207', [`text phone ${mine}`]],
    ['081288412207 ini nomor saya', [`text phone ${mine}`]],
    ['tolong isi pulsa ke nomor saya 081288412207', [`text phone ${mine}`]],
    ['email saya budi.santoso@gmail.com', ['text email budi.santoso@gmail.com']],
    ['Akun saya terdaftar dengan email Budi.Santoso@gmail.com', ['text email budi.santoso@gmail.com']],
    ['gak bisa login pakai email budi@toko.co.id', ['text email budi@toko.co.id']],
    ['saya Budi Santoso, 0812-8841-2207, mau tanya pesanan', [`text phone ${mine}`]],
    ['Nama: Budi\nNo. HP: 0812-8841-2207\nKeluhan: lampu mati', [`text phone ${mine}`]],
    [
      'my email is budi@toko.co.id and my phone is 081288412207',
      ['text email budi@toko.co.id', `text phone ${mine}`],
    ],
  ])('%j', (text, claims) => {
    expect(found(text).sort()).toEqual(claims.sort());
  });

  it.each([
    'tolong hubungi kurir di 081288412207',
    'nomor teman saya 081288412207',
    'nomor hp istri saya 0812-8841-2207',
    'WA suami saya 081288412207',
    'kurirnya 081288412207 tidak bisa ditelepon',
    'driver atas nama Joko 081288412207',
    'saya ditelepon dari nomor 081288412207 mengaku dari bank',
    'dapat sms penipuan 081288412207',
    'nomornya 081288412207',
    'nomor dia 081288412207',
    'penerima: Rina 081288412207',
    'ini bukan nomor saya 081288412207',
    'CS 1500888 tidak diangkat',
    'call center 0800-1234567 sibuk',
    'nomor pesanan saya 081288412207',
    'no rekening 081288412207 BCA',
    'transfer ke 081288412207 gopay',
    'nomor resi 081288412207',
    'total Rp 81.288.412.207',
    'ID pelanggan 081288412207',
    'NIK saya 3174081288412207',
    'tanggal 2026-11-20 jam 10.30',
    'kirim ke info@toko.co.id',
    'email saya info@toko.co.id',
    'tolong beli pulsa 081288412207',
    'email istri saya rina@gmail.com',
    '081288412207',
    'Budi 0812-8841-2207',
    'saya dapat email dari dewi@gmail.com',
    'ada wa dari nomor 081288412207',
    'I got an email from dewi@gmail.com',
    'Nama penerima: Rina\nNo HP: 081288412207\nAlamat: Jl. Mawar',
    "my friend's number is 081288412207",
    'the courier called me from 081288412207',
    'versi 0812.8841.2207.1',
    'https://toko.example/081288412207',
    '',
  ])('claims nothing from %j', (text) => {
    expect(found(text)).toEqual([]);
  });

  it.each<[string, string, string | null, string[]]>([
    [
      'closing',
      'Lampu saya mati.\n\nSalam,\nBudi Santoso\nHP 0812-8841-2207',
      null,
      [`signature phone ${mine}`],
    ],
    [
      'closing and name on one line',
      'Lampu saya mati.\nSalam, Budi Santoso / HP 0812-8841-2207',
      null,
      [`signature phone ${mine}`],
    ],
    [
      'one line',
      'Mohon dicek pesanan saya. Terima kasih, Budi Santoso 0812-8841-2207',
      null,
      [`signature phone ${mine}`],
    ],
    [
      'Hub',
      'Barang belum sampai.\n\nTerima kasih\nRina\nHub: 081288412207',
      null,
      [`signature phone ${mine}`],
    ],
    ['last sentence', 'Mohon bantuannya. Hendra - 081288412207', null, [`signature phone ${mine}`]],
    ['two lines', 'Mohon bantuannya.\nHendra\n081288412207', null, [`signature phone ${mine}`]],
    [
      'dashes',
      'Barang belum sampai.\n-- \nRina Marlina\nWA: wa.me/6281288412207',
      null,
      [`signature whatsapp ${mine}`],
    ],
    [
      'folded away',
      'Barang belum sampai.',
      '-- \nRina Marlina\nM: +62 812-8841-2207\nrina@toko.co.id',
      ['signature email rina@toko.co.id', `signature phone ${mine}`],
    ],
    [
      'folded away above history',
      'Baik.',
      '-- \nRina\n0812-8841-2207\n\nPada Jum, 20 Nov 2026 pukul 10.00 CS <cs@loket.example> menulis:\n> HP 0813-9999-1234',
      [`signature phone ${mine}`],
    ],
    [
      'block',
      'Mohon info status pesanan saya ya, sudah seminggu.\n\nBudi Santoso\nToko Makmur\n0812-8841-2207',
      null,
      [`signature phone ${mine}`],
    ],
    [
      'English',
      'The lamp is broken.\n\nBest regards,\nKevin Tanoto\nMobile: +62 812-8841-2207\nkevin@pt-maju.co.id',
      null,
      ['signature email kevin@pt-maju.co.id', `signature phone ${mine}`],
    ],
    [
      'bar',
      'Invoice salah.\n\nRegards,\nKevin Tanoto | PT Maju | 0812-8841-2207',
      null,
      [`signature phone ${mine}`],
    ],
    ...[
      'Pagi kak, pesanan saya kok belum sampai juga',
      'Mohon dicek ya',
      'Kok barangnya belum dikirim juga ya kak',
      'Tolong hubungi saya kembali',
      'saya mau tanya soal garansi\n\nMakasih sebelumnya ya',
    ].map((said): [string, string, null, string[]] => [
      `name and number under ${said}`,
      `${said}\n\nAjeng Pramesti\n0857-4120-9983`,
      null,
      ['signature phone +6285741209983'],
    ]),
    [
      'name, number and address',
      'Barangnya cacat kak\n\nWidyaningrum Kusumastuti\nHP: 0812-8841-2207\nwidya@toko.co.id',
      null,
      ['signature email widya@toko.co.id', `signature phone ${mine}`],
    ],
    ...[
      'Salam,',
      'Salam hangat,',
      'Hormat kami,',
      'Hormat saya',
      'Regards,',
      'Best regards,',
      'Sincerely,',
    ].map((closing): [string, string, string, string[]] => [
      `${closing} folded away above history`,
      'Barang belum sampai.',
      `${closing}\n\nRina Marlina\nPT Maju Jaya\nHP 0812-8841-2207\n\nPada Jum, 20 Nov 2026 pukul 10.00 CS <cs@loket.example> menulis:\n> HP 0813-9999-1234`,
      [`signature phone ${mine}`],
    ]),
    ...[
      'From: Loket',
      'Dari: Layanan Pelanggan',
      '2026-11-20 10:00 GMT+07:00 CS <cs@loket.example>:',
      '> Halo',
      'On Fri, 20 Nov 2026 at 10:00, CS <cs@loket.example> wrote:',
    ].map((mark): [string, string, string, string[]] => [
      `folded away above ${mark}`,
      'Baik.',
      `Salam,\nRina Marlina\n0812-8841-2207\n\n${mark}\nKami: 0813-9999-1234\nagen.loket@gmail.com`,
      [`signature phone ${mine}`],
    ]),
    [
      'fax and desk',
      'Invoice salah.\n\nRegards,\nKevin Tanoto\nFax: (021) 5099-1120\nEmail: info@pt-maju.co.id',
      null,
      [],
    ],
    ['other contact', 'Invoice salah.\n\nRegards,\nKevin Tanoto\nCP: Rina Marlina 0812-8841-2207', null, []],
    [
      'office line',
      'Invoice salah.\n\nRegards,\nKevin Tanoto\nT: (021) 5099-1120',
      null,
      ['signature phone +622150991120'],
    ],
  ])('reads a signature: %s', (_, text, quoted, claims) => {
    expect(found(text, quoted).sort()).toEqual(claims.sort());
  });

  it.each<[string, string, string | null]>([
    ['history', 'Baik, terima kasih.', 'Pada 20 Nov 2026 Budi <b@x.id> menulis:\n> nomor saya 081288412207'],
    ['history in the text', 'ok\n> nomor saya 081288412207', null],
    ['attribution in the text', 'ok\nOn Mon, Nov 20, Budi <b@x.id> wrote:\nnomor saya 081288412207', null],
    [
      'forward',
      'fyi\n---------- Forwarded message ---------\nFrom: Budi <b@x.id>\nnomor saya 081288412207',
      null,
    ],
    ['a quoted message of ours', 'ok', 'Silakan hubungi saya di 081288412207'],
    ['a quoted letter', 'ok', 'Dengan hormat,\nRina Marlina\n0812-8841-2207'],
    ['a quoted letter that greets', 'ok', 'Salam,\nkami dari PT Maju mau pesan lagi\nBudi\n0812-8841-2207'],
    ['a signature under history', 'ok', 'Pada 20 Nov 2026 CS menulis:\nSalam,\nRina Marlina\n0812-8841-2207'],
    ['the receiver of a parcel', 'Tolong kirim ke alamat ini\n\nAjeng Pramesti\n0857-4120-9983', null],
    ['whom it is to be sent to', 'Tolong paketnya dikirim ke\n\nAjeng Pramesti\n0857-4120-9983', null],
    ['somebody to be called', 'Silakan hubungi yang bersangkutan\n\nAjeng Pramesti\n0857-4120-9983', null],
    ['what was announced', 'Ini pembelinya:\n\nAjeng Pramesti\n0857-4120-9983', null],
    ['a courier', 'Paket saya di mana\n\nKurir Anteraja\n0857-4120-9983', null],
    ['a name and a number alone', 'Ajeng Pramesti\n0857-4120-9983', null],
  ])('does not read %s', (_, text, quoted) => {
    expect(found(text, quoted)).toEqual([]);
  });

  it('reads numbers in the region of the channel', () => {
    const [claim] = claimsIn({ text: 'my number is 07911 123456', quoted: null, region: 'GB' });
    expect(claim).toMatchObject({ value: '+447911123456', verbatim: '07911 123456', confidence: 0.9 });
  });

  it('trusts an office line and an old number less', () => {
    expect(at('nomor saya yang lama 081288412207')[0]?.confidence).toBeLessThan(0.5);
    expect(at('Halo, invoice salah.\n\nSalam,\nBudi\nTelp (021) 5099-1120')[0]?.confidence).toBeLessThan(0.5);
  });

  it('names each line once, by its surest mention', () => {
    const claims = at('nomor saya 081288412207\n\nSalam,\nBudi\nHP 0812-8841-2207');
    expect(claims).toHaveLength(1);
    expect(claims[0]).toMatchObject({ confidence: 0.9, where: 'text' });
  });
});

describe('selfNameIn', () => {
  it.each<[string, string | null]>([
    ['Lampu mati.\n\nSalam,\nBudi Santoso\nHP 0812-8841-2207', 'Budi Santoso'],
    ['Lampu mati.\n\nHormat saya,\n\nIr. Budi Santoso, M.T.\nManajer\nPT Maju', 'Budi Santoso'],
    ['Mohon dicek. Terima kasih, Rina Marlina 081288412207', 'Rina Marlina'],
    ['Halo, saya Rina Marlina dari PT Maju mau tanya', 'Rina Marlina'],
    ['nama saya budi, pesanan saya belum datang', 'Budi'],
    ['saya mau tanya', null],
    ['saya pelanggan lama', null],
    ['this is Kevin Tanoto from Maju', 'Kevin Tanoto'],
    ['saya kecewa sekali', null],
    ['sudah bayar tp internet msh mati, tolong dibuka. eko budi prasetyo', 'Eko Budi Prasetyo'],
    ['pesanan KN-241388 belum sampai juga, agus setiawan', 'Agus Setiawan'],
    ['pesanan saya belum sampai, tolong dicek', null],
    ['yang pesan kemarin itu ibu, rina', null],
    ['Terima kasih', null],
    ['hasil lab sudah keluar?\nmakasih sus', null],
    ['kapan dikirim?\nmakasih yaa', null],
    ['nama saya fitriani reg REG-77812', 'Fitriani'],
    ['ok siap\nTerima kasih banyak', null],
  ])('%j → %s', (text, name) => {
    expect(selfNameIn({ text, quoted: null, region: 'ID' })?.name ?? null).toBe(name);
  });
});

describe('hostile texts', () => {
  it.each([
    '0812 '.repeat(50_000),
    '8'.repeat(200_000),
    'a@'.repeat(100_000),
    'a.'.repeat(100_000) + '@x.id',
    'nomor saya '.repeat(20_000) + '081288412207',
    'nomor hp wa '.repeat(20_000),
    'salam '.repeat(40_000),
    '\n'.repeat(200_000),
    '('.repeat(200_000),
    ' '.repeat(200_000) + 'x',
    `saya ${'Budi '.repeat(40_000)}`,
    'mohon hubungi di di di ke ke '.repeat(10_000),
    '-- \n'.repeat(50_000),
  ])('takes %.20j… in time', (text) => {
    const began = performance.now();
    claimsIn({ text, quoted: text, region: 'ID' });
    selfNameIn({ text, quoted: text, region: 'ID' });
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it('takes anything', () => {
    const random = seededRandom(7);
    const pieces = [
      '0812',
      '8841',
      '-',
      ' ',
      '\n',
      'saya',
      'nomor',
      '@',
      'x.id',
      '🙏',
      '\u202e',
      'Salam,',
      '(',
      '+',
      '\ud800',
      '.',
    ];
    for (let i = 0; i < 800; i++) {
      const text = Array.from({ length: 30 }, () => pieces[Math.floor(random() * pieces.length)]).join('');
      for (const claim of claimsIn({ text, quoted: text, region: i % 2 ? 'ID' : 'nowhere' })) {
        expect(claim.confidence).toBeGreaterThan(0);
        expect(claim.confidence).toBeLessThanOrEqual(1);
      }
    }
  });
});
