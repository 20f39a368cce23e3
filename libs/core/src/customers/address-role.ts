/** Words that stand for a desk, not a person, as the first part of a mail address. Indonesian and English. */
const roles = new Set(
  `info informasi information admin adm administrator administrasi administration cs csr cso customerservice
   customercare custcare customersupport customer layanan layananpelanggan pelanggan care sales penjualan salesadmin
   marketing pemasaran mkt promo promosi promotion finance keuangan fin accounting akunting akuntansi acc accountspayable
   accountsreceivable payable receivable ap ar billing tagihan invoice invoices payment payments pembayaran kasir cashier
   tax pajak treasury budget hr hrd hrga sdm personalia recruitment rekrutmen recruiting career careers karir karier jobs
   job lowongan hiring talent noreply donotreply dontreply notreply support supports dukungan bantuan help helpdesk helpline
   servicedesk service services servis teknisi technical technicalsupport techsupport it itsupport itdesk network noc
   purchasing procurement pengadaan pembelian purchase buyer vendor supplier order orders pesanan pemesanan shop store toko
   olshop ecommerce office kantor hello halo hallo hai hi contact contactus kontak hubungi hubungikami mail email surat web
   website webmaster postmaster hostmaster abuse root security legal hukum compliance team tim press media humas pr publicrelations
   corsec secretary sekretaris sekretariat secretariat tu tatausaha ppid umum general ga operasional operations operation ops
   operator logistik logistic logistics shipping ekspedisi delivery pengiriman gudang warehouse export import exim produksi
   production ppic qc qa engineering maintenance complaint complaints pengaduan aduan komplain keluhan lapor laporan feedback
   saran survey survei newsletter news berita notification notifications notifikasi notify alert alerts mailer mailerdaemon
   daemon system sistem server bot robot auto autoreply reservation reservations reservasi booking bookings frontdesk
   frontoffice fo receptionist reception resepsionis callcenter contactcenter direksi management manajemen board group grup
   enquiry enquiries inquiry inquiries partnership kerjasama event events training pelatihan akademik registrasi registration
   pendaftaran perpustakaan library kemahasiswaan pmb member membership account accounts akun verification verifikasi
   subscription subscribe unsubscribe bounce bounces returns retur refund trx transaksi transaction estatement statement`.match(
    /\S+/g,
  ),
);

/** Roles only by themselves; with another word beside them they may be initials or a name (`ar.rahman@`). */
const lone = new Set(
  'ap ar it hr ga fo tu qc qa pr hi hai halo hello mail email office surat web bot auto event member buyer post tim'.match(
    /\S+/g,
  ),
);
const maxAddress = 320;

/**
 * Whether a mail address is a desk that several people answer from: `info@`, `cs2@`, `sales.bandung@`, `no-reply@`.
 * Equality of such addresses says nothing about who wrote.
 *
 * `budi.sales@` is a person all the same: the first word decides.
 *
 * @param address normalised mail address
 */
export function isRoleAddress(address: string): boolean {
  const at = address.lastIndexOf('@');
  if (at < 1 || address.length > maxAddress) return false;
  const user = (address.slice(0, at).toLowerCase().split('+', 1)[0] ?? '').replace(/^"|"$/g, '');
  const words = user.split(/[^a-z]+/).filter((word) => word !== '');
  const whole = words.join('');
  const [first = ''] = words;
  if (roles.has(whole) || (roles.has(first) && !lone.has(first))) return true;
  // `no-reply-invoice`, `customer_service_jkt`
  return /^(?:noreply|donotreply|dontreply|notreply|mailerdaemon|customerservice|callcent)/.test(whole);
}
