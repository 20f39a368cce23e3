/** Talks about goods that come back; the form is that of pesanan.mjs. */
export const retur = [
  {
    subject: 'Barang pecah saat diterima, {order}',
    tags: ['retur', 'rusak'],
    priority: 'high',
    weight: 7,
    turns: [
      {
        c: [
          '{product} dari pesanan {order} pecah waktu saya buka. Kardusnya juga penyok. Bisa diganti?',
          'Barang sampai dalam keadaan rusak, {product} retak di bagian bawah. Pesanan {order}.',
        ],
      },
      { a: ['Mohon maaf Kak {first}. Boleh kirim foto barang, kemasan, dan label pengirimannya?'] },
      { c: ['Ini fotonya, kelihatan kan retaknya.', 'Sudah saya kirim tiga foto.'] },
      {
        n: ['Kemasan satu lapis saja. @{mate} tolong teruskan ke gudang, sudah yang ketiga minggu ini.'],
        mention: true,
        maybe: 0.5,
      },
      {
        a: [
          'Terima kasih fotonya. Penggantinya kami kirim besok, barang yang rusak tidak perlu dikembalikan.',
        ],
        end: true,
      },
      { c: ['Siap, ditunggu. Terima kasih.'], maybe: 0.5 },
    ],
  },
  {
    subject: 'Retur {product}, salah ukuran',
    tags: ['retur'],
    weight: 6,
    turns: [
      {
        c: [
          'Saya mau retur {product}, ukurannya tidak cocok. Pesanan {order}, baru datang kemarin.',
          'Bisa tukar ukuran? {product} yang datang kekecilan.',
        ],
      },
      {
        a: [
          'Bisa Kak {first}. Kurir kami jemput besok antara pukul 09.00 dan 15.00 ya, mohon dalam kemasan aslinya.',
        ],
      },
      { c: ['Besok saya kerja, bisa hari {weekday}?', 'Oke, alamat yang sama ya.'] },
      {
        a: [
          'Bisa, penjemputan sudah kami jadwalkan. Dana atau barang pengganti kami proses setelah barang tiba.',
        ],
        pend: true,
        end: true,
      },
    ],
  },
  {
    subject: 'Garansi {product}',
    tags: ['garansi'],
    weight: 5,
    turns: [
      { c: ['{product} yang saya beli {days} minggu lalu sudah mati. Masih garansi kan? Pesanan {order}.'] },
      { a: ['Masih Kak {first}, garansinya 12 bulan. Mohon kirim video singkat waktu alat dinyalakan.'] },
      { c: ['Videonya saya kirim ya, lampunya kedip sebentar lalu mati.'] },
      { n: ['Menunggu stok pengganti dari pemasok.'], snooze: 3 },
      { a: ['Klaimnya disetujui. Unit pengganti kami kirim minggu ini, resi menyusul.'], end: true },
    ],
  },
  {
    subject: 'Barang tidak sesuai foto',
    tags: ['retur', 'keluhan'],
    weight: 4,
    turns: [
      {
        c: ['Warna {product} beda jauh dengan di foto. Di situs krem, yang datang kuning. Pesanan {order}.'],
      },
      {
        a: [
          'Mohon maaf Kak {first}. Kami bisa tukar dengan warna lain atau dananya kembali penuh, mana yang Kakak pilih?',
        ],
      },
      { c: ['Refund saja.', 'Tukar yang abu-abu kalau ada.'] },
      { a: ['Baik, sudah kami proses. Label retur gratis ada di lampiran.'], end: true },
    ],
  },
  {
    subject: 'Return of {product}',
    tags: ['retur'],
    language: 'en',
    weight: 2,
    turns: [
      { c: ['The {product} in order {order} arrived broken. I would like a replacement, please.'] },
      { a: ['Hello {first}, I am sorry. Could you send a picture of the item and the box?'] },
      { c: ['Sent by e-mail just now.'] },
      { a: ['Thank you. A new one leaves our warehouse tomorrow, you can keep the broken one.'], end: true },
    ],
  },
];
