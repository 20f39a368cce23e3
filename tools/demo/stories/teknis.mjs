/** Talks about site and app, and with companies that buy in bulk; the form is that of pesanan.mjs. */
export const teknis = [
  {
    subject: 'Tidak bisa masuk akun',
    tags: ['akun'],
    weight: 7,
    turns: [
      {
        c: [
          'Saya tidak bisa masuk, kode verifikasi tidak pernah datang. Sudah minta lima kali.',
          'Lupa kata sandi, tautan resetnya katanya kedaluwarsa terus.',
        ],
      },
      {
        a: ['Baik Kak {first}. Mohon cek folder spam dulu, lalu minta satu kode baru dan tunggu satu menit.'],
      },
      { c: ['Di spam juga tidak ada.', 'Sudah, ternyata masuk spam.'] },
      { a: ['Terima kasih. Akunnya sudah kami buka kembali, silakan coba masuk sekarang.'], end: true },
    ],
  },
  {
    subject: 'Aplikasi menutup sendiri',
    tags: ['aplikasi'],
    weight: 6,
    turns: [
      {
        c: [
          'Aplikasi Teras Kita menutup sendiri waktu buka keranjang. HP saya Android 14.',
          'Sejak pembaruan kemarin aplikasinya force close terus.',
        ],
      },
      {
        a: [
          'Terima kasih laporannya Kak {first}. Versi berapa yang terpasang? Ada di menu Akun, paling bawah.',
        ],
      },
      { c: ['Versi 4.18.0'] },
      {
        n: ['Sama dengan tiket aplikasi APP-{small}. @{mate} perbaikannya keluar kapan?'],
        mention: true,
        maybe: 0.6,
      },
      {
        a: ['Perbaikannya ada di versi 4.18.1 yang keluar hari ini. Mohon diperbarui, lalu kabari kami.'],
        end: true,
      },
    ],
  },
  {
    subject: 'Keranjang kosong setelah masuk',
    tags: ['situs'],
    weight: 4,
    turns: [
      { c: ['Keranjang saya hilang setelah masuk di laptop, padahal sudah isi {product}.'] },
      {
        a: [
          'Keranjang tamu dan keranjang akun memang terpisah, Kak {first}. Barangnya sudah saya pindahkan ke akun Kakak.',
        ],
        end: true,
      },
      { c: ['Oh sudah muncul, makasih.'], maybe: 0.6 },
    ],
  },
  {
    subject: 'Checkout page keeps loading',
    tags: ['situs'],
    language: 'en',
    weight: 3,
    turns: [
      { c: ['The checkout page keeps loading when I choose bank transfer. Tried two browsers.'] },
      { a: ['Hello {first}, thanks for telling us. Could you tell me the order number and the time?'] },
      { c: ['{order}, about ten minutes ago.'] },
      { a: ['We found it and released your order. You can pay now from the order page.'], end: true },
    ],
  },
];

export const b2b = [
  {
    subject: 'Penawaran {product} untuk kantor',
    tags: ['grosir'],
    weight: 6,
    turns: [
      {
        c: [
          'Kami membutuhkan {product} sebanyak {many} buah untuk kantor baru di {city}. Mohon penawaran harganya beserta waktu kirim.',
          'Mohon dikirimkan daftar harga grosir {product} untuk {many} buah, termasuk ongkos kirim ke {city}.',
        ],
      },
      {
        a: [
          'Terima kasih atas permintaannya. Penawaran resmi kami kirim paling lambat besok. Apakah perlu faktur pajak?',
        ],
      },
      { c: ['Ya, mohon disertakan faktur pajak. NPWP menyusul.'] },
      {
        n: ['Margin sampai 12% boleh. @{mate} mohon persetujuan sebelum dikirim.'],
        mention: true,
        maybe: 0.7,
        snooze: 2,
      },
      {
        a: ['Berikut penawaran kami, berlaku 14 hari. Untuk {many} buah ongkos kirim kami tanggung.'],
        pend: true,
      },
      { c: ['Kami setujui, mohon dibuatkan tagihan.'], maybe: 0.5, end: true },
    ],
  },
  {
    subject: 'Faktur pajak {order}',
    tags: ['faktur'],
    weight: 5,
    turns: [
      {
        c: [
          'Faktur pajak untuk pesanan {order} belum kami terima. Bagian keuangan kami menutup buku tanggal 5.',
        ],
      },
      {
        a: [
          'Mohon maaf atas keterlambatannya. Fakturnya kami terbitkan hari ini dan kami kirim lewat surel ini.',
        ],
        end: true,
      },
      { c: ['Sudah kami terima, terima kasih.'], maybe: 0.6 },
    ],
  },
  {
    subject: 'Termin pembayaran {order}',
    tags: ['faktur', 'grosir'],
    weight: 3,
    turns: [
      {
        c: [
          'Apakah termin pembayaran pesanan {order} dapat diperpanjang menjadi 30 hari? Nilainya {amount}.',
        ],
      },
      { a: ['Kami teruskan ke bagian keuangan dan akan kami kabari dalam dua hari kerja.'], snooze: 2 },
      { a: ['Disetujui untuk pesanan ini. Perjanjian termin yang baru kami lampirkan.'], end: true },
    ],
  },
];
