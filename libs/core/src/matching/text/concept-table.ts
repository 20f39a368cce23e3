/**
 * The vocabulary of customer service, Indonesian, English and as people type it. One line is one meaning:
 * `name topic weight: surface, surface, …`. A surface may be several words; roots are enough, affixes are taken off.
 * The weight says how much it tells that two messages share this meaning: words that every second message holds
 * (paket, order, aplikasi) tell little, a fault tells much. Meanings of one topic are kin: the same matter told
 * otherwise. The topic `-` has no kin. Weight 0: known, and of no meaning for matching.
 */
export const conceptTable = `
# signing in
login signin 0.8: login, log in, log on, sign in, signin, loged in, masuk akun, masuk aplikasi, masuk ke akun, akses akun, log-in, masuk portal, masuk dashboard
password signin 0.9: password, kata sandi, sandi, passcode, reset password, lupa password, forgot password, forgotten password, kata kunci, pin akun
otp signin 1: otp, kode otp, kode verifikasi, verification code, kode masuk, one time password, one time code, sms kode, kode sms, 2fa, authenticator
locked signin 0.9: blokir, terblokir, keblokir, locked, lock, suspend, suspended, banned, dibekukan, beku, terkunci, kunci akun, disabled, nonaktif, dinonaktifkan, blocked, block
username signin 0.8: username, user id, nama pengguna, userid
hacked signin 1.1: hack, hacked, retas, diretas, bobol, dibobol, hijacked, compromised, disusupi, dibajak
register signup 0.8: daftar, registrasi, pendaftaran, mendaftar, register, sign up, signup, registration, buat akun, create account
verify kyc 0.8: verifikasi, verification, verify, kyc, verif, foto ktp, selfie ktp, validasi data
account - 0.3: akun, account, profil, profile
deleteaccount signup 1: hapus akun, tutup akun, delete account, close account, delete my account, penutupan akun
changephone account 1: ganti nomor, ganti nomor hp, ubah nomor, change phone number, update phone number, nomor baru
changemail account 1: ganti email, ubah email, change email, change my email, update email
# paying
pay payment 0.45: bayar, payment, pay, paid, pembayaran, checkout, check out, melunasi, pelunasan, lunas, lunasi
transfer payment 0.5: transfer, bank transfer, wire, setor, va, virtual account, mbanking, m-banking
qris payment 0.8: qris, qr, scan qr, barcode
card payment 0.7: kartu kredit, credit card, kartu debit, debit card, kartu, card, visa, mastercard
wallet payment 0.6: ewallet, e-wallet, gopay, ovo, shopeepay, linkaja, dompet digital
installment credit 0.9: cicil, cicilan, installment, instalment, angsuran, angsur, paylater, kredit, tenor
charged payment 0.8: terpotong, kepotong, potong, debet, terdebet, charged, charge, debited, deducted, dipotong, ketarik, billed, berkurang, kesedot, tersedot
double dup 0.9: double, dobel, dua kali, 2x, 2 kali, twice, duplicate, duplikat, ganda, kedobelan, berganda, double bayar, kebayar dua kali, charged twice, two times, sebanyak dua kali
pending payment 0.6: pending, menunggu konfirmasi, belum terkonfirmasi, menggantung, ngegantung, nyangkut, processing, unconfirmed, belum diverifikasi, menunggu pembayaran, status menunggu
unpaid payment 0.7: unpaid, belum dibayar, belum lunas, tunggakan, nunggak, overdue, jatuh tempo, outstanding
invoice billing 0.55: tagihan, invoice, faktur, bill, billing, inv, nota, kwitansi, kuitansi, receipt, struk
tax billing 0.9: pajak, tax, ppn, npwp, vat, faktur pajak, efaktur, e-faktur, bukti potong
overbill billing 0.8: membengkak, bengkak, kemahalan, overcharged, overbilled, melonjak, lonjakan, higher than usual, naik drastis, lebih mahal, kelebihan tagihan, mahal
fee billing 0.7: biaya admin, admin fee, service fee, fee, biaya layanan, denda, penalti, penalty, late fee, surcharge, biaya tambahan, biaya
refund refund 0.95: refund, refun, refunded, reimburse, reimbursement, pengembalian dana, dana kembali, uang kembali, pengembalian uang, kembalikan uang, kembalikan dana, uang balik, money back, balikin uang, balikin duit, uang dikembalikan, duit balik, rifan, refnd, refaund, kembali dana, kembali uang, return the money
balance wallet 0.7: saldo, balance, kredit akun
topup wallet 0.9: top up, topup, isi ulang, isi saldo, deposit, top-up, reload, recharge, isi pulsa
withdraw wallet 1: tarik dana, tarik saldo, withdraw, withdrawal, pencairan, cairkan, wd, penarikan, penarikan dana, tarik uang, cair, pencairan dana, payout, cash out, cashout
voucher promo 0.85: voucher, kupon, coupon, kode promo, promo code, vocer, voucer, discount code, kode voucher, kode diskon
discount promo 0.7: diskon, discount, promo, promosi, potongan harga, cashback, cash back, flash sale, sale
points promo 0.9: poin, point, loyalty point, reward, points
price sales 0.7: harga, price, pricing, harganya, tarif, pricelist, price list, ongkir, ongkos kirim, shipping cost, biaya kirim, quotation, penawaran, quote, berapaan, how much, cost
# ordering
order - 0.25: order, pesanan, pesan, purchase, reserve, reserved, pembelian, beli, belanja, booking, bought, buy, ordered, pemesanan
cancel cancel 0.9: batal, cancel, batalin, cancellation, cancelled, canceled, pembatalan, ngebatalin, gak jadi, tidak jadi, urungkan, call off, terminate, termination, pemutusan, putus layanan, unsubscribe
changeorder change 0.7: ganti pesanan, ubah pesanan, change order, modify order, edit pesanan
reschedule change 1: reschedule, jadwal ulang, ganti tanggal, ubah tanggal, pindah tanggal, ganti jadwal, ubah jadwal, change date, change the date, rebook, mundurin, undur, majuin, postpone, move the date
schedule visit 0.6: jadwal, schedule, appointment, janji temu, kunjungan, visit, reservasi, reservation
technician visit 0.8: teknisi, technician, engineer, petugas lapangan, montir, mekanik, installer
install visit 0.7: pasang, pasang baru, instalasi, pemasangan, install, installation, instal, penginstalan
stock sales 0.9: stok, stock, ready, restock, available, tersedia, ketersediaan, availability, restok, sold out, stok kosong, barang kosong, ready stock, in stock
size variant 0.6: ukuran, size, saiz, kegedean, kebesaran, kekecilan, too small, too big, sempit, longgar, nomor sepatu, sizing
color variant 0.7: warna, color, colour
# delivery
ship shipping 0.35: kirim, pengiriman, delivery, shipping, ship, shipment, ekspedisi, kurir, courier, antar, dispatch, shipped, logistik, jne, jnt, j&t, sicepat, anteraja, ninja, gosend, grabexpress, driver, dikirim, pos indonesia
parcel - 0.35: paket, parcel, package, kiriman, packet, paketnya
arrive shipping 0.2: tiba, datang, arrive, arrived, deliver, delivered, receive, received, terima, sampai, reach, came, nerima, show up, turn up, turned up, come
late shipping 0.7: telat, late, terlambat, delay, delayed, molor, lambat sampai, overdue delivery, tertunda, kelamaan, ngaret, behind schedule, lama sekali sampai, keterlambatan
lost shipping 0.85: hilang, lost, nyasar, kesasar, missing, salah alamat, tersesat, raib, salah kirim alamat, lenyap, nyangkut di
stuck shipping 0.7: mandek, stuck, mangkrak, tidak bergerak, mentok, no movement, tidak ada pergerakan, not moving, no progress, diam di tempat, tidak jalan, berhenti, stagnan, masih di gudang, tertahan, ketahan, held up, nyantol, transit
tracking shipping 0.55: resi, awb, tracking, lacak, track, nomor resi, tracking number, cek resi, airwaybill, connote, no resi, pelacakan, melacak
where shipping 0.5: di mana, dimana, where is, posisi, kapan sampai, kapan tiba, kapan datang, kapan dikirim, whereabouts, where the, sudah sampai mana, when will it arrive, when will, where my, keberadaan, whens, estimasi sampai, eta
notshipped shipping 0.8: belum dikirim, belum diproses, tidak dikirim, belum kirim, belum dikemas, not shipped, not yet shipped, hasn't shipped, belum ada resi, tidak dikirim-kirim, belum jalan, masih dikemas, tidak diproses
markeddelivered shipping 0.9: status terkirim, tertulis terkirim, tertulis sudah diterima, status delivered, marked as delivered, marked delivered, shows delivered, says delivered, status diterima, statusnya sudah sampai, status sudah diterima, status selesai
pickup shipping 0.8: pickup, pick up, jemput, penjemputan, ambil sendiri, ambil di toko, self pickup, collect
address address 0.7: alamat, address, alamat kirim, alamat pengiriman, shipping address, delivery address, ubah alamat, ganti alamat, change address
broken damage 0.85: rusak, broken, pecah, retak, damaged, damage, cacat, defect, defective, penyok, sobek, robek, hancur, ancur, patah, remuk, cracked, crack, smashed, dented, torn, shattered, lecet, baret, gores, bocor parah, koyak, belah, dent, scratched, retakan
wrongitem wrong 0.9: salah kirim, salah barang, wrong item, wrong product, barang tertukar, ketuker, tertukar, beda barang, tidak sesuai, salah warna, salah ukuran, wrong size, wrong color, wrong colour, different item, salah varian, wrong order, not what i order, not as described, beda dengan pesanan, keliru, salah model, wrong one, wrong model
missingitem missing 0.9: barang kurang, item missing, missing item, tidak lengkap, incomplete, kurang satu, jumlahnya kurang, datang cuma, datang hanya, cuma datang, hanya datang, terima hanya, hanya terima, only received, only got, only came, received only, cuma dapat, selisih, missing parts, only received one, kekurangan
fake wrong 1: palsu, fake, counterfeit, kw, imitasi, tidak original, not original, tidak ori
expired wrong 0.9: kadaluarsa, kedaluwarsa, expired, basi, expire, lewat tanggal, busuk, rotten, stale, berjamur
return return 0.85: retur, return, exchange, tukar, penukaran, ditukar, pengembalian barang, tuker, kembalikan barang, ganti baru, replacement, replace, penggantian, diganti baru, swap, barang kembali, kirim balik, send back
warranty warranty 0.95: garansi, warranty, klaim garansi, guarantee, warranty claim, garansinya
service warranty 0.6: servis, perbaikan, repair, service center, service centre, perbaiki, betulin, benerin, reparasi, servisan
# things that do not work
fail - 0.25: gagal, error, fail, failed, failure, galat, trouble, bermasalah, kendala, terkendala, gangguan, masalah, problem, issue, masalahnya, keganggu, ngadat, rewel, bermasalahan, not working, tidak berfungsi, doesn't work, won't work, malfunction, bug, ngebug, kesalahan, eror, faulty, tidak bekerja
crash app 0.9: crash, crashes, force close, forceclose, nge-crash, ngecrash, keluar sendiri, tertutup sendiri, freeze, freezes, hang, ngehang, nge-hang, blank, halaman kosong, blank page, empty page, layar kosong, layar putih, white screen, layar hitam, black screen, not responding, mental sendiri, mental terus, nutup sendiri, fc, menutup sendiri, frozen, closes itself, closing itself
slow speed 0.8: lambat, lemot, slow, lelet, lola, loading terus, loading lama, laggy, lag, nge-lag, ngelag, muter terus, muter-muter, time out, timeout, timed out, buffering, keep loading, lamban, patah-patah, sluggish, lemod, speed, kecepatan, speedtest, slowly, keeps loading, keeps spinning
loading app 0.5: loading, memuat, load, muat
offline net 0.85: down, offline, mati, putus, putus-putus, disconnect, disconnected, terputus, los, padam, outage, no connection, no internet, tidak konek, koneksi hilang, drop, tidak nyala, tidak menyala, won't turn on, doesn't turn on, matot, red light, lampu merah, los merah, keeps dropping, won't power on, dead, byarpet
internet net 0.4: internet, wifi, wi-fi, koneksi, connection, jaringan, network, sinyal, signal, indihome, modem, router, ont, fiber, broadband, bandwidth
site - 0.4: website, web, situs, site, halaman, page, laman, portal, dashboard, dasbor
app - 0.35: aplikasi, app, apk, application, apps, software, mobile app, android, ios
update_app app 0.6: versi terbaru, versi baru, new version, latest version, setelah update, after update, habis update, pembaruan, perbarui, upgrade app, diupdate, latest update, app update
open app 0.4: buka, open, akses, access, membuka, kebuka, launch
upload file 0.8: upload, unggah, mengunggah, uploading, unggahan
download file 0.8: download, unduh, mengunduh, donlot, downloading, unduhan
print print 0.8: print, cetak, printer, mencetak, ngeprint, printing, nyetak
notification notif 0.8: notifikasi, notification, notif, pemberitahuan
sync sync 0.9: sinkron, sync, sinkronisasi, synchronize, synchronise, tersinkron, syncing, sinkronkan
export file 0.8: ekspor, export, eksport
import file 0.8: impor, import, impor data
report report 0.6: laporan, report, rekap, laporan penjualan
integration api 0.8: integrasi, integration, api, webhook, endpoint, plugin
sound part 0.8: suara, sound, audio, speaker, bunyi, mic, microphone
camera part 0.8: kamera, camera, lensa
battery part 0.9: baterai, battery, batre, batere, aki, baterei
charge_device part 0.8: charger, cas, ngecas, charging, dicas, charge the, isi daya, pengisian daya, adaptor
screen part 0.8: layar, screen, display, lcd, monitor, touchscreen
cold part 0.7: dingin, cold, cool, cooling, adem, freon
hot part 0.7: panas, overheat, overheating, hot, kepanasan
leak part 0.9: bocor, leak, leaking, rembes, merembes, netes, menetes, drip, dripping
noise part 0.8: berisik, noise, noisy, bising, loud
smell part 0.8: bau, smell, smells, berbau, aroma, smelly
# services and terms
subscription subs 0.8: langganan, berlangganan, subscription, subscribe, membership, keanggotaan, member, plan, auto renew, autorenew, auto-renewal, auto renewal, perpanjang, perpanjangan, renew, renewal
upgrade subs 0.9: upgrade, naik paket, downgrade, ganti paket, ubah paket, change plan, turun paket, pindah paket
insurance claim 0.7: asuransi, insurance, polis, policy, premi, premium
claim claim 0.7: klaim, claim, claims, pengajuan klaim
loan credit 0.9: pinjaman, loan, kpr, pinjam, limit
document doc 0.6: dokumen, document, berkas, sertifikat, certificate, surat, kontrak, contract
partnership biz 0.9: kerjasama, kerja sama, partnership, kolaborasi, collaboration, reseller, dropship, dropshipper, agen, distributor, supplier, franchise, kemitraan, bulk, grosir, wholesale, partai besar
job biz 1: lowongan, loker, vacancy, lamaran, magang, internship, career, recruitment, melamar
openhours info 1: jam buka, jam operasional, opening hours, open hours, buka jam, tutup jam, business hours, jam kerja, buka hari, open on
location info 0.7: lokasi, location, cabang, branch, outlet, showroom, gerai
howto info 0.5: cara, caranya, tutorial, how to, panduan, langkah, step by step, guide, how do i, how can i
catalog sales 0.9: katalog, catalog, catalogue, brosur, brochure, company profile, spesifikasi, spec, specification
demo sales 1: demo, presentasi, free trial, trial, uji coba, coba gratis
complain - 0.25: komplain, complaint, keluhan, complain, kecewa, disappointed, mengeluh, complaining, protes
rude service 0.9: kasar, rude, tidak sopan, jutek, unprofessional, tidak ramah, marah-marah, bentak, impolite
fraud fraud 1: tipu, penipuan, fraud, scam, menipu, ketipu, scammed, phishing, penipu, scammer
privacy privacy 1: data pribadi, privasi, privacy, personal data, gdpr, kebocoran data, hapus data, data leak
invite event 0.7: undangan, webinar, seminar, workshop, acara
ticket_event event 0.6: tiket, ticket, etiket, e-ticket, eticket
flight travel 0.7: pesawat, flight, penerbangan, maskapai, boarding, flights
train travel 0.7: kereta, train
hotel travel 0.6: hotel, kamar, room, penginapan, villa, check in, checkin, check-in, menginap
baggage travel 0.9: bagasi, baggage, luggage, koper
seat travel 0.9: kursi, seat
passenger travel 0.8: penumpang, passenger, nama penumpang
name_change data 0.8: salah nama, wrong name, ganti nama, ubah nama, typo nama, name correction, ejaan nama, misspelled, misspelt, name change, koreksi nama
food food 0.5: makanan, food, minuman, drink, menu, makan
electricity util 0.8: listrik, electricity, token listrik, meteran, pln, meter
water util 0.7: air, water, pdam
credit_phone util 0.8: pulsa, kuota internet, paket data, data plan
sim util 0.8: kartu sim, sim card, simcard, esim
enter - 0.25: masuk, enter
proof - 0.3: bukti, proof, bukti transfer, bukti pembayaran, payment proof, screenshot, ss, skrinsut, tangkapan layar, foto, photo, video, unboxing, gambar, picture
money - 0.3: uang, dana, money, fund, funds
item - 0.25: barang, item, produk, product, goods
response - 0.15: respon, response, balas, balasan, jawab, jawaban, reply, tanggapan, replied, answer, direspon, konfirmasi, confirm, kabar, follow up, followup, tindak lanjut, update, status, progress, kelanjutan, perkembangan, ditanggapi, respond
transaction - 0.2: transaksi, transaction
record biz 0.6: rekaman, recording
# known, and of no meaning for matching
- - 0: terima kasih, thank you, thanks in advance, sampai sekarang, sampai saat ini, sampai hari ini, sampai detik ini, sampai kapan, until now, so far, best regards, kind regards, hormat saya, salam hormat, dengan hormat, looking forward, atas perhatian, customer service, customer care, layanan pelanggan, call center, selamat datang, terima saran, at all, turn out, come on, hear back, tidak apa, ada yang, as soon as, please note, masuk akal, make sure, dear customer
`;

/** Words of any message to any company: kept, and worth next to nothing. */
export const dullWords = `
laku lakukan proses sistem system informasi info information layanan service tim pihak perusahaan company tolong bantu bantuan help
support assist assistance tunggu wait waiting customer pelanggan toko shop store seller penjual cs agent agen operator nama name hubung hubungi contact
tanya question pertanyaan urgent penting important segera serius kasus case laporan lapor solusi solution resolve selesai selesaikan jelas penjelasan explain
explanation kejelasan kepastian pasti rencana mulai start muncul tampil shows show pilih klik click tombol button menu hasil result kondisi sesuai data alasan reason
pagi siang sore malam tanggal senin selasa rabu kamis jumat sabtu minggu januari februari maret april mei juni juli agustus september oktober november desember
january february march may june july august october december monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun
semalam pagi lalu kerja hpp rp idr usd ribu juta rb jt regards sent dari iphone android total jumlah isi berisi terjadi happen happened happening ajukan
appreciate possible baru begini gunakan guna use using used work works working fine check cek dicek memeriksa periksa minta request diminta meminta saran sejak
ord inv trx tkt inc via setelah habis abis mulu selalu always atas bawah depan belakang samping nanti diri pdhl jika sampe within satu dua tiga empat lima enam tujuh delapan sembilan sepuluh three four five six seven eight ten once hari pesan message chat email whatsapp telepon
please pengguna user udah aman normal biasa biasanya usually currently saat posisi keadaan mengalami alami experience experienced found find noticed notice tiap
alhamdulillah insyaallah semoga harap harapan hope expect expected confirm konfirmasi tindak lanjut lanjutan bukan selama sendiri ulang kembali coba tanggapi janji dijanjikan promised promise
`;
