/**
 * Talks about orders. `c` the customer, `a` an agent, `n` a note among colleagues; several texts = one of them. Blanks are
 * filled by tell.mjs. `formal` texts go by mail as they are; in chats people write as they do.
 */
export const pesanan = [
  {
    subject: 'Pesanan {order} belum sampai',
    tags: ['pengiriman'],
    weight: 9,
    turns: [
      {
        c: [
          'Pesanan saya {order} sudah {days} hari belum sampai. Tolong dicek ya, resinya {resi}.',
          'Permisi, paket saya nomor {order} kok belum sampai ya? Di pelacakan cuma tertulis "dalam perjalanan" sejak hari {weekday}.',
          'Halo, mau tanya pesanan {order}. Estimasi kemarin tapi sampai sekarang belum ada kurir yang datang.',
        ],
      },
      {
        a: [
          'Halo Kak {first}, mohon maaf atas keterlambatannya. Saya cek dulu ke {courier} untuk resi {resi}, ya.',
          'Selamat siang Kak {first}. Paket {order} terakhir tercatat di gudang transit {city}. Kami sudah minta {courier} memprioritaskan pengantarannya.',
        ],
      },
      { c: ['Baik, ditunggu ya. Soalnya mau dipakai hari {weekday}.', 'Oke, tolong dikabari secepatnya.'] },
      {
        a: [
          'Kabar baik: kurir membawa paketnya hari ini, perkiraan tiba sebelum pukul 17.00.',
          'Paketnya sudah di kurir kota {city} dan dijadwalkan antar hari ini. Mohon pastikan nomor telepon aktif.',
        ],
        end: true,
      },
      { c: ['Sudah diterima, terima kasih banyak.', 'Alhamdulillah sudah sampai, makasih.'], maybe: 0.6 },
    ],
  },
  {
    subject: 'Ubah alamat pesanan {order}',
    tags: ['alamat'],
    weight: 5,
    turns: [
      {
        c: [
          'Saya salah isi alamat di pesanan {order}. Bisa diganti ke {city}? Alamat lengkapnya Jalan Melati nomor {small}.',
          'Tolong ubah alamat pesanan {order}, saya sudah pindah ke {city}.',
        ],
      },
      {
        a: [
          'Bisa Kak {first}, selama belum diserahkan ke kurir. Alamatnya sudah saya ganti, mohon dicek di halaman pesanan.',
        ],
        end: true,
      },
      { c: ['Sudah benar, terima kasih.'], maybe: 0.5 },
    ],
  },
  {
    subject: 'Batal pesan {order}',
    tags: ['pembatalan'],
    weight: 5,
    turns: [
      {
        c: [
          'Saya mau membatalkan pesanan {order}, salah pilih warna {product}.',
          'Pesanan {order} bisa dibatalkan? Belum saya bayar kok.',
        ],
      },
      {
        a: [
          'Pesanan {order} sudah kami batalkan, Kak {first}. Bila sudah dibayar, dananya kembali dalam 3–7 hari kerja.',
        ],
        end: true,
      },
    ],
  },
  {
    subject: 'Barang kurang di pesanan {order}',
    tags: ['kurang kirim'],
    priority: 'high',
    weight: 4,
    turns: [
      {
        c: [
          'Paket {order} sudah datang, tapi isinya kurang. Saya pesan {product} dua, yang datang cuma satu.',
          'Pesanan {order} kurang satu barang. {product} tidak ada di dalam kardus padahal di nota ada.',
        ],
      },
      { n: ['@{mate} tolong cek timbangan paket {order} waktu keluar gudang.'], mention: true, maybe: 0.6 },
      { a: ['Mohon maaf Kak {first}. Boleh kirim foto isi paket dan label pengirimannya?'] },
      { c: ['Ini fotonya sudah saya kirim lewat surel.', 'Sudah saya foto, kardusnya juga masih ada.'] },
      {
        a: ['Terima kasih. Kekurangannya kami kirim hari ini dengan {courier}, resi {resi}, tanpa biaya.'],
        end: true,
      },
    ],
  },
  {
    subject: 'Stok {product}',
    tags: ['tanya produk'],
    weight: 6,
    turns: [
      {
        c: [
          'Apakah {product} masih ada? Di situs tulisannya habis.',
          'Mau tanya, {product} ready? Kalau ada saya pesan {small} buah.',
          'Kapan {product} ada lagi ya?',
        ],
      },
      {
        a: [
          'Stoknya datang lagi sekitar minggu depan, Kak {first}. Mau saya kabari begitu tersedia?',
          'Masih ada Kak {first}, silakan dipesan lewat situs. Hari ini dipesan, besok dikirim.',
        ],
        end: true,
      },
      { c: ['Boleh, kabari ya.', 'Siap, makasih infonya.'], maybe: 0.4 },
    ],
  },
  {
    subject: 'Kurir minta biaya tambahan',
    tags: ['pengiriman', 'keluhan'],
    priority: 'high',
    weight: 2,
    turns: [
      {
        c: [
          'Kurir {courier} minta tambahan {amount} waktu antar {order}. Padahal ongkir sudah saya bayar di situs.',
        ],
      },
      {
        a: [
          'Mohon maaf sekali Kak {first}, kurir tidak boleh meminta biaya apa pun. Boleh kami tahu jam dan nama kurirnya?',
        ],
      },
      { c: ['Tadi sekitar jam 2 siang. Namanya tidak saya catat.'] },
      { n: ['Sudah saya laporkan ke {courier}, nomor laporan {resi}.'] },
      {
        a: ['Sudah kami laporkan ke {courier}. {amount} kami kembalikan ke saldo Kak {first} hari ini.'],
        end: true,
      },
    ],
  },
  {
    subject: 'Delivery of order {order}',
    tags: ['pengiriman'],
    language: 'en',
    weight: 5,
    turns: [
      {
        c: [
          'Hi, my order {order} was supposed to arrive on {weekday}. Could you check where it is?',
          'Hello, tracking number {resi} has not moved for {days} days. Is my parcel lost?',
        ],
      },
      {
        a: ['Hello {first}, sorry about the delay. I have asked {courier} and will come back to you today.'],
      },
      { c: ['Thanks, I will be at home until 5 pm.'], maybe: 0.7 },
      { a: ['Good news: the parcel is out for delivery and should reach you this afternoon.'], end: true },
    ],
  },
];
