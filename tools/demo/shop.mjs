// The company of the demo. Names, addresses and numbers are made up: .example belongs to nobody (RFC 2606).

export const shop = { name: 'Toko Teras Kita', domain: 'teraskita.example', password: 'teras-kita-demo' };

/** Of a team that gives nothing out by itself, so that whoever looks at the demo is left in peace. */
export const admin = { name: 'Ayu Pramesti', email: `admin@${shop.domain}`, teams: ['b2b'] };

/** Those who are not `here` have the day off; the board shows them as offline. */
const people = [
  ['Bambang Wijaya', 'supervisor', ['pesanan', 'retur'], ['pengiriman'], 8, true],
  ['Ratna Kusumawati', 'supervisor', ['pembayaran', 'teknis'], ['refund'], 8, true],
  ['Hendra Gunawan', 'supervisor', ['b2b'], ['faktur'], 6, false],
  ['Siti Rahayu', 'agent', ['pesanan'], ['pengiriman'], 8, true],
  ['Dimas Prasetyo', 'agent', ['pesanan'], ['pengiriman'], 8, true],
  ['Wulan Sari', 'agent', ['pesanan'], [], 7, true],
  ['Rizky Maulana', 'agent', ['pesanan', 'retur'], [], 7, true],
  ['Intan Permatasari', 'agent', ['pesanan'], [], 6, false],
  ['Yoga Saputra', 'agent', ['pesanan', 'teknis'], [], 8, false],
  ['Maya Lestari', 'agent', ['pembayaran'], ['refund'], 8, true],
  ['Agus Setiawan', 'agent', ['pembayaran'], ['refund'], 7, true],
  ['Nadia Putri Anjani', 'agent', ['pembayaran'], [], 6, true],
  ['Fajar Nugroho', 'agent', ['retur'], ['garansi'], 8, true],
  ['Lina Marlina', 'agent', ['retur'], [], 7, true],
  ['Kevin Hartono', 'agent', ['retur', 'pesanan'], [], 6, false],
  ['Putu Ardiansyah', 'agent', ['teknis'], ['aplikasi'], 8, true],
  ['Clara Simanjuntak', 'agent', ['teknis'], ['aplikasi'], 7, true],
  ['Teguh Firmansyah', 'agent', ['teknis'], [], 6, false],
  ['Dewi Anggraini', 'agent', ['b2b'], ['faktur'], 8, true],
];

export const agents = people.map(([name, role, teams, skills, limit, here], n) => ({
  name,
  role,
  teams,
  skills,
  limit,
  here,
  email: `${name.split(' ')[0].toLowerCase()}@${shop.domain}`,
  languages: n % 3 === 0 ? ['id', 'en'] : ['id'],
}));

export const teams = [
  { key: 'pesanan', name: 'Pesanan', distribution: 'least_loaded', overflow: 'retur' },
  { key: 'pembayaran', name: 'Pembayaran', distribution: 'round_robin' },
  { key: 'retur', name: 'Retur', distribution: 'least_loaded' },
  { key: 'teknis', name: 'Teknis', distribution: 'round_robin' },
  { key: 'b2b', name: 'B2B', distribution: 'manual' },
];

/** Where the site stands that shows the web chat. Nobody goes there: the demo's visitors only say that they do. */
export const site = `https://${shop.domain}`;

/** The kinds' own adapters; their other sides are stand-ins on this machine (stand-ins.mjs). */
export const channels = [
  {
    key: 'halo',
    team: 'pesanan',
    kind: 'email',
    name: 'Halo Teras Kita',
    config: { address: `halo@${shop.domain}`, displayName: shop.name, checkDkim: false },
  },
  {
    key: 'bayar',
    team: 'pembayaran',
    kind: 'email',
    name: 'Pembayaran',
    config: { address: `bayar@${shop.domain}`, displayName: `Pembayaran ${shop.name}`, checkDkim: false },
  },
  {
    key: 'retur',
    team: 'retur',
    kind: 'email',
    name: 'Retur',
    config: { address: `retur@${shop.domain}`, displayName: `Retur ${shop.name}`, checkDkim: false },
  },
  {
    key: 'grosir',
    team: 'b2b',
    kind: 'email',
    name: 'Grosir',
    config: { address: `grosir@${shop.domain}`, displayName: `Grosir ${shop.name}`, checkDkim: false },
  },
  {
    key: 'wa',
    team: 'pesanan',
    kind: 'whatsapp',
    name: 'WhatsApp Teras Kita',
    config: {
      address: '+62 811 5550 100',
      cloud: {
        phoneNumberId: '100000000000001',
        businessAccountId: '200000000000001',
        accessToken: 'only the stand-in knows it',
        appSecret: 'only the stand-in signs with it',
        verifyToken: 'nobody asks for it',
      },
    },
  },
  {
    key: 'chat',
    team: 'teknis',
    kind: 'webchat',
    name: 'Obrolan situs',
    config: {
      address: shop.domain,
      allowedOrigins: [site],
      title: shop.name,
      greeting: { id: 'Halo, ada yang bisa kami bantu?', en: 'Hello, how can we help?' },
      preChat: [
        { id: 'name', kind: 'name', label: { id: 'Nama', en: 'Name' } },
        { id: 'email', kind: 'email', label: { id: 'Surel', en: 'E-mail' } },
      ],
    },
  },
  {
    key: 'telepon',
    team: 'pesanan',
    kind: 'phone',
    name: 'Telepon 021-555 0100',
    config: { address: '+62 21 555 0100' },
  },
];

/** The words that the stories put on cases, and when they are to be used. */
export const tags = [
  ['pengiriman', 'blue', 'Paket belum sampai, resi, kurir'],
  ['alamat', 'blue', 'Ubah alamat sebelum dikirim'],
  ['pembatalan', 'grey', 'Pelanggan tidak jadi membeli'],
  ['kurang kirim', 'orange', 'Isi paket tidak lengkap'],
  ['tanya produk', 'teal', 'Stok, ukuran, warna'],
  ['keluhan', 'orange', 'Perlu dibaca penyelia'],
  ['pembayaran', 'green', 'Bayar, transfer, konfirmasi'],
  ['refund', 'green', 'Uang kembali ke pelanggan'],
  ['promo', 'violet', 'Kode, potongan harga, poin'],
  ['retur', 'orange', 'Barang kembali ke gudang'],
  ['garansi', 'teal', 'Rusak dalam masa garansi'],
  ['akun', 'violet', 'Masuk, sandi, kode'],
  ['aplikasi', 'violet', 'Aplikasi ponsel'],
  ['situs', 'violet', 'Keranjang, halaman, gambar'],
  ['grosir', 'teal', 'Pesanan besar, harga khusus'],
  ['faktur', 'grey', 'Faktur pajak dan tagihan'],
];

export const cannedAnswers = [
  [
    'salam',
    'Salam pembuka',
    'Halo {{customer.firstName}}, terima kasih sudah menghubungi Toko Teras Kita. Saya {{agent.firstName}}, ada yang bisa saya bantu?',
    'Hello {{customer.firstName}}, thank you for writing to Toko Teras Kita. I am {{agent.firstName}}, how can I help?',
  ],
  [
    'resi',
    'Nomor resi',
    'Paketnya sudah kami serahkan ke kurir. Nomor resinya segera kami kirim lewat pesan ini.',
    'Your parcel is with the courier. We will send the tracking number here.',
  ],
  [
    'telat',
    'Kiriman terlambat',
    'Mohon maaf kirimannya terlambat. Kami sudah meminta kurir memprioritaskan pesanan ini dan akan mengabari Anda hari ini juga.',
    'We are sorry that your parcel is late. We have asked the courier to hurry and will tell you more today.',
  ],
  [
    'alamat',
    'Ubah alamat',
    'Alamat masih dapat diubah selama pesanan belum diserahkan ke kurir. Mohon kirim alamat lengkap beserta kode pos.',
    'The address can be changed until the courier has the parcel. Please send the full address with its postal code.',
  ],
  [
    'bukti',
    'Minta bukti transfer',
    'Mohon kirim bukti transfer beserta nama pemilik rekening, agar kami dapat mencocokkannya.',
    'Please send the proof of transfer and the name on the account, so that we can match it.',
  ],
  [
    'refund',
    'Pengembalian dana',
    'Dana kami kembalikan ke cara bayar semula dalam 3–7 hari kerja. Bank dapat memerlukan satu hari lagi untuk menampilkannya.',
    'We return the money the way it came within 3–7 working days. Your bank may need one more day to show it.',
  ],
  [
    'retur',
    'Cara retur',
    'Retur dapat diajukan dalam 7 hari setelah barang diterima. Mohon kirim foto barang, kemasan, dan label pengiriman.',
    'You can return goods within 7 days. Please send pictures of the item, its packaging and the label.',
  ],
  [
    'jemput',
    'Jadwal jemput',
    'Kurir akan menjemput barang retur besok antara pukul 09.00 dan 15.00. Mohon siapkan barang dalam kemasan aslinya.',
    'The courier will pick the item up tomorrow between 9 and 15. Please keep it in its packaging.',
  ],
  [
    'garansi',
    'Klaim garansi',
    'Garansi lampu dan alat listrik berlaku 12 bulan. Mohon sebutkan nomor pesanan dan kirim video singkat saat alat dinyalakan.',
    'Lamps and appliances have 12 months of warranty. Please tell us the order number and send a short video.',
  ],
  [
    'otp',
    'Kode tidak masuk',
    'Mohon periksa folder spam, tunggu satu menit, lalu minta kode baru. Kode lama otomatis tidak berlaku.',
    'Please look into the spam folder, wait a minute and ask for a new code.',
  ],
  [
    'cache',
    'Bersihkan data aplikasi',
    'Mohon keluar dari aplikasi, perbarui ke versi terbaru, lalu masuk kembali. Bila masih sama, kirim tangkapan layarnya.',
    'Please sign out, update the app and sign in again. If it stays the same, send us a screenshot.',
  ],
  [
    'grosir',
    'Syarat grosir',
    'Harga grosir berlaku mulai 24 buah per jenis. Penawaran resmi kami kirim dalam satu hari kerja.',
    'Wholesale prices begin at 24 pieces of a kind. We send a quotation within one working day.',
  ],
  [
    'faktur',
    'Faktur pajak',
    'Mohon kirim nama, alamat, dan NPWP perusahaan. Faktur pajak terbit paling lambat tanggal 10 bulan berikutnya.',
    'Please send the company’s name, address and tax number. The tax invoice follows by the 10th of next month.',
  ],
  [
    'tutup',
    'Salam penutup',
    'Sama-sama, {{customer.firstName}}. Bila ada yang lain, balas saja pesan ini.',
    'You are welcome, {{customer.firstName}}. Just answer here if there is anything else.',
  ],
];

export const savedViews = [
  ['Mendesak, belum ditugaskan', { assignee: 'none', priority: ['high', 'urgent'], status: 'open' }],
  [
    'WhatsApp menunggu > 30 menit',
    { status: 'open', kind: ['whatsapp'], waitingMinutes: 30, sort: 'waiting' },
  ],
  ['Refund berjalan', { tag: 'refund', status: 'pending' }],
  ['Garansi', { tag: 'garansi' }],
];
