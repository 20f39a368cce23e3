// Who buys at the shop. Addresses end in .example, numbers begin with 62811555: nobody's.

const first =
  'Adi Agnes Ahmad Aisyah Andi Anisa Arif Astrid Aulia Bagas Bayu Bella Budi Cahya Citra Danu Desi Dian Dinda Dody Eka Elisa Endah Erwin Fadli Farah Fitri Galih Gita Hana Haris Heru Ika Ilham Indra Irma Jihan Joko Kartika Laras Lestari Lukman Made Melati Mega Nanda Nisa Novita Nyoman Okta Panji Puspita Putri Rahmat Rani Reza Rini Rosa Sekar Sinta Slamet Surya Tari Tiara Tommy Tri Umar Vina Wahyu Wayan Widya Yanti Yudi Yuli Zahra'.split(
    ' ',
  );
const last =
  'Adiputra Anggara Astuti Basuki Damanik Darmawan Febriani Ginting Halim Handayani Harahap Hasanah Hidayat Irawan Iskandar Kurniawan Kusnadi Laksana Lubis Mahendra Manurung Maharani Nasution Novianti Oktaviani Pangestu Pratama Purnomo Rachman Ramadhan Safitri Saragih Sasmita Setiabudi Siregar Sitompul Sudrajat Suharto Sutanto Syahputra Tanjung Utami Wardani Wibowo Widodo Winata Yulianti Zulkarnain'.split(
    ' ',
  );
const abroad = ['Emily Carter', 'James Whitfield', 'Anna Kowalska', 'Marco Bianchi', 'Sophie Laurent', 'Daniel Becker', 'Priya Nair', 'Hiro Tanaka']; // prettier-ignore
const companies = ['Kopi Lereng Hijau', 'Penginapan Bukit Tirta', 'Kantor Notaris Hapsari', 'Sekolah Tunas Ceria', 'Restoran Sagu Manis', 'Klinik Medika Asri', 'Studio Arsitek Ruang Dua', 'Katering Bu Tuti']; // prettier-ignore
export const cities = 'Jakarta Bandung Surabaya Yogyakarta Semarang Malang Denpasar Medan Makassar Palembang Bogor Depok Bekasi Tangerang Solo Padang Balikpapan Manado'.split(' '); // prettier-ignore

/** Somebody who buys here; the same for the same number. */
export function customer(n, dice) {
  const english = dice.chance(0.07);
  const name = english ? dice.pick(abroad) : `${dice.pick(first)} ${dice.pick(last)}`;
  const company = dice.chance(0.06) ? dice.pick(companies) : null;
  const slug = name.toLowerCase().replaceAll(/[^a-z]+/g, '.');
  const host = company ? `${company.toLowerCase().replaceAll(/[^a-z]+/g, '')}.example` : dice.pick(hosts);
  return {
    n,
    name,
    company,
    language: english ? 'en' : 'id',
    email: `${slug}${company ? '' : n}@${host}`,
    phone: `+62811555${String(10_000 + n).padStart(5, '0')}`,
    visitor: dice.uuid(),
    city: dice.pick(cities),
    /** whether the shop's site has said who he is, so that his chat, mail and number are known to be one person's */
    signedUp: dice.chance(0.3),
  };
}

const hosts = ['suratku.example', 'posmail.example', 'kotaksurat.example', 'mailku.example'];
