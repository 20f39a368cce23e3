/** Talks about money; the form is that of pesanan.mjs. */
export const pembayaran = [
  {
    subject: 'Pembayaran {order} belum terkonfirmasi',
    tags: ['pembayaran'],
    weight: 8,
    turns: [
      {
        c: [
          'Saya sudah transfer {amount} lewat {bank} untuk pesanan {order}, tapi statusnya masih menunggu pembayaran.',
          'Sudah bayar {order} dari tadi pagi kok belum diproses? Saldo {bank} saya sudah terpotong {amount}.',
        ],
      },
      { a: ['Baik Kak {first}, mohon kirim bukti transfernya supaya kami cocokkan dengan mutasi {bank}.'] },
      { c: ['Ini buktinya ya, jam 09.12 tadi.', 'Sudah saya kirim fotonya.'] },
      { n: ['Mutasi {bank} ada, selisih kode unik. Saya cocokkan manual.'], maybe: 0.4 },
      {
        a: [
          'Pembayarannya sudah kami temukan dan pesanan {order} sedang disiapkan. Terima kasih sudah menunggu.',
        ],
        end: true,
      },
    ],
  },
  {
    subject: 'Refund {order} belum masuk',
    tags: ['refund'],
    priority: 'high',
    weight: 6,
    turns: [
      {
        c: [
          'Refund pesanan {order} sebesar {amount} belum masuk, padahal katanya 7 hari kerja.',
          'Uang kembali dari pesanan {order} kapan masuk? Sudah {days} hari saya tunggu.',
        ],
      },
      {
        a: [
          'Mohon maaf Kak {first}. Saya cek dulu ke bagian keuangan, paling lambat besok siang saya kabari.',
        ],
        snooze: 1,
      },
      {
        n: ['@{mate} refund {order} tertahan karena nama rekening beda. Bisa disetujui manual?'],
        mention: true,
        maybe: 0.7,
      },
      {
        a: [
          'Refund {amount} sudah kami kirim ulang ke rekening {bank} hari ini. Mohon dicek dalam 1×24 jam.',
        ],
        pend: true,
      },
      { c: ['Sudah masuk, terima kasih bantuannya.'], maybe: 0.5, end: true },
    ],
  },
  {
    subject: 'Tagihan ganda',
    tags: ['pembayaran', 'refund'],
    priority: 'urgent',
    weight: 3,
    turns: [
      {
        c: [
          'Kartu saya terdebit dua kali untuk pesanan {order}, masing-masing {amount}. Tolong segera dikembalikan satu.',
        ],
      },
      {
        a: [
          'Terima kasih laporannya Kak {first}. Benar ada dua transaksi, yang kedua sudah kami batalkan dari pihak kami.',
        ],
      },
      { c: ['Kapan kembali ke kartunya?'] },
      {
        a: [
          'Tergantung bank penerbit, biasanya 3–14 hari kerja. Surat pembatalannya kami kirim lewat surel ini.',
        ],
        end: true,
      },
    ],
  },
  {
    subject: 'Kode promo tidak bisa dipakai',
    tags: ['promo'],
    weight: 5,
    turns: [
      {
        c: [
          'Kode TERASBARU katanya sudah habis, padahal baru tadi pagi saya lihat iklannya.',
          'Promo gratis ongkir tidak muncul waktu bayar {order}.',
        ],
      },
      {
        a: [
          'Kode itu untuk pembelian pertama di atas Rp150.000, Kak {first}. Sebagai gantinya kami beri kode TERAS10, berlaku sampai hari {weekday}.',
        ],
        end: true,
      },
      { c: ['Wah makasih ya.', 'Oke sudah bisa.'], maybe: 0.5 },
    ],
  },
  {
    subject: 'Payment went through twice',
    tags: ['pembayaran'],
    language: 'en',
    weight: 2,
    turns: [
      { c: ['I was charged twice for order {order}, {amount} each. Please refund one of them.'] },
      {
        a: [
          'Hello {first}, I can see both charges. The second one is reversed; your bank may need a few days.',
        ],
        end: true,
      },
      { c: ['Great, thank you.'], maybe: 0.5 },
    ],
  },
];

/** One cause, many customers: an incident. */
export const qris = {
  subject: 'QRIS gagal terus',
  tags: ['qris', 'pembayaran'],
  priority: 'high',
  weight: 0,
  turns: [
    {
      c: [
        'Bayar pakai QRIS gagal terus, muncul kode E-4102. Sudah coba tiga kali untuk {order}.',
        'QRIS error E-4102 pas mau bayar pesanan {order}, tolong bantuannya.',
        'Pembayaran QRIS tidak bisa, layar bilang E-4102. Pesanan {order} keburu batal tidak ya?',
      ],
    },
    {
      a: [
        'Mohon maaf Kak {first}, QRIS sedang terganggu di penyedia kami. Pesanan {order} kami tahan supaya tidak batal.',
      ],
      pend: true,
    },
  ],
};
