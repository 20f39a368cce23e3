/**
 * How people really write, and the standard words for it. Left of the colon the standard (may be two words), right of
 * it what stands for it in chats, in mails and on phones with small keys.
 */
const indonesian = `
kapan: kpn kpan kapn kpnya
hijau: ijo
malam: mlm mlem malem
akan: bakal bkl
ternyata: trnyata
mungkin: mgkn mngkin
sering: srg sring
setiap: tiap tp2
tidak: gk ga gak g nggak ngga enggak engga kagak kaga tdk tak ndak ndk gx nda nggk gag kgk tida ora
bukan: bkn
tidak bisa: gabisa gakbisa gbisa gbs gbsa gabs gkbs gkbisa gabsa tdkbisa nggabisa takbisa kagabisa ggbs gagbisa
tidak ada: gaada gakada gada tdkada gkada nggakada takada ngga-ada
tidak mau: gamau gakmau
tidak jadi: gajadi gakjadi gjd
tidak tahu: gatau gaktau gtau gtw
tidak muncul: gamuncul
tidak dapat: gadapet gadapat
tidak sampai: gasampe ganyampe
tidak sesuai: gasesuai
bisa: bs bsa bisaa bsia
yang: yg yng
sudah: sdh udh udah dah uda ud sdah sudh telah
belum: blm blom belom blum lom blon blun
karena: krn karna krna soalnya
dari: dr dri
untuk: utk buat bwt tuk untk
dengan: dgn dg dngn dengn ama sama
berapa: brp brapa brpa
bagaimana: gmn gimana gmna gmana gimna gmn bgmn bagaimna piye
mengapa: knp kenapa ngapa napa knapa kenp
orang: org orng
banget: bgt bngt bget bangett bingit
terus: trs trus
tapi: tp tpi tetapi namun
juga: jg jga
saja: aja aj sj ajah doang
sekarang: skrg skrng skg skrang sekrang
kemarin: kmrn kmren kemaren kmarin kmrin kmaren
besok: bsk bsok
harus: hrs hrus kudu mesti musti
dapat: dpt dapet dpet dapt
masih: msh msih masi msi
pakai: pake pk pke
sampai: nyampe nyampek sampe smpe smp smpai nyampai nympe smpt ampe
transfer: transferan tf trf trnsfer trasfer tranfer transfr
hp: hape handphone henpon ponsel
whatsapp: wa watsap whatsap watsapp wasap whatsup wattsap whatapps
telepon: telpon telp tlp tlpn telfon telpun nelpon nelfon telephone nelepon
email: imel imail e-mail surel emaill mail emial
saya: sy sya gw gue gua aku ak ane q w guwe ku
kamu: km kmu lu lo elu anda kalian
begitu: gt gitu gtu bgitu
begini: gini gni
seperti: kyk kayak kaya sprti spt kek
kalau: klo kalo klu kl klau
pada: pd
dalam: dlm
tidak apa: gpp gapapa
hanya: cuma cm cuman hny
jangan: jgn jngn
lagi: lg lgi
ini: ni nih
itu: tu tuh
bilang: blg bilg
hilang: ilang ngilang hlang ilank
habis: abis hbs abs
padahal: pdhl pdahal
sama: sm
pesan: pesen mesen psen
harga: hrga harganya
pelanggan: plg
ganti: gnti
sesudah: setelah stlh
tiba: tba
tadi: td tdi
tertutup: ketutup
terpakai: kepake kepakai
terpotong: kepotong kepotongan
terkirim: kekirim
tertukar: ketuker ketukar
benar: bener bnr betul
mau: mw pengen pgn pingin ingin
tahu: tau tw
lihat: liat lht ngeliat
kasih: ksh ngasih
beli: bli
minta: mnta mnt
tolong: tlg tlong tolng tlng tulung
mohon: mhn mohn
nomor: nmr nomer nmer nomr nope
rekening: rek norek
tanggal: tgl
jam: jm
hari: hr
bulan: bln
minggu: mgg
lama: lm lma
cepat: cpt cepet
barang: brg brng barangnya
harga: hrg hrga
pesan: psn
pesanan: orderan pesenan psanan ordran
bayar: byr bayr
kirim: krm ngirim
paket: pkt paketan
alamat: almt alamt
jawab: jwb
balas: bls bales
respon: respons response respond
tunggu: tggu tngg nunggu nungguin
dikirim: dikrm
pembayaran: pmbayaran pembyaran
terima kasih: makasih mksh makasi trims tks thx thanks thanx tq ty trmksh mksih tengkyu suwun nuhun matursuwun tysm tqvm thankyou thnx terimakasih
aplikasi: apk app apps aplikasinya aplkasi application
akun: acc akunku accnt
hubungi: hub hubngi
keluar: klr
uang: duit doku
mana: mn mne
ada: ad
jadi: jd
kembali: kmbli
pengembalian: pengmbalian
cabang: cbg
error: eror errror erorr ngeror
password: pw pass pwd passwd paswd pswd katasandi
bagus: bgs
kurang: krg
lebih: lbh
semua: smua
malah: mlh
pernah: prnh prnah
ketika: pas saat waktu
juga ya: jugak
internet: inet
`;

const english = `
you: u ya'll
your: ur
please: pls plz plss pleas pliz plis pliss
are: r
want: wanna
going: gonna
because: cuz bcs bcoz coz
tidak bisa: cant can't cannot cnt couldnt couldn't unable
tidak: not doesnt doesn't dont don't didnt didn't isnt isn't wasnt wasn't wont won't havent haven't hasnt hasn't aint never arent aren't wouldnt wouldn't
belum: yet
i: im i'm ive i've id i'd ill i'll
it: its it's
that: thats that's
where: wheres where's
what: whats what's
received: recieved recived
receive: recieve
yesterday: yday yesteday
tomorrow: tmrw tmr tomorow
message: msg
number: num nbr
account: acct accnt
address: addr
sudah: already alrdy
masih: still
`;

/** Forms of address, politeness and small talk: they say nothing of the matter. */
export const courtesy = words(`
min mimin admin kak kakak ka kaka gan agan sis sist om bang abang bg pak bapak bp bpk bu ibu mas mbak mba dek bos boss bro broo cs cuy
kk minn dear sir madam mam team tim halo hallo hai hay hi hello helo hei hey hy hola pagi siang sore malam malem selamat met good morning
afternoon evening assalamualaikum assalamu'alaikum asalamualaikum ass wr wb wassalam waalaikumsalam salam permisi misi punten mohon tolong please
kindly maaf mf sorry sori terima kasih thank thanks regards best hormat sincerely cheers dong deh sih kok kan ya yah iya nih
tuh lah loh lho eh oh ah hmm hm wkwk wkwkwk haha hehe hihi huhu hiks nya oke ok okay okey oke sip siap baik banget sekali
p ping tes test testing up
greetings there guys gaes gays guysss respected kepada yth attn bapak/ibu minta ampun astaga duh aduh yuk ayo
`);

/** Function words of both languages. */
export const stopWords = words(`
saya kamu dia kami kita mereka ini itu yang dan di ke dari untuk dengan pada dalam oleh atau juga saja sudah belum masih lagi
akan sedang telah ada adalah jadi jika kalau karena tapi agar supaya maka bahwa seperti begitu begini sekarang kemarin besok nanti sesudah sebelum setelah habis selalu padahal tadi barusan
baru hanya lebih kurang paling sangat apa apakah siapa kapan mana di-mana bagaimana mengapa berapa terus lalu kemudian depan atas disini disitu disana kesini kesitu kesana mulu melulu tiba-tiba tiba2 sampai hingga sejak mau
ingin harus bisa dapat boleh tidak bukan jangan pernah semua setiap para sebuah suatu hal pun punya milik bagi antara secara tentang
terhadap sebagai saat ketika waktu hari jam minggu bulan tahun menit detik nya mu ku si sang per kali sini situ sana dulu malah cuma biar kasih
tahu sehingga parah jauh sering ternyata katanya bilangnya mungkin setiap pekan tengah kayaknya sepertinya agak cukup hampir nyaris memang emang malahan justru bahkan apalagi termasuk lewat sekitar antara terlalu masing sendiri tanpa secara sebab akibat akhirnya awalnya mulai mulanya semenjak selama selain hanya sekalian duluan dahulu bagian tempat cara begitupun lain lainnya dekat jalan bawa pergi pulang masukan ikut tersebut tadinya sampe dikasih kasi pernah katanya lho walaupun meskipun walaupun namun tetapi ataupun rupanya padahal kepada seharusnya harusnya semestinya benar-benar tetep suka kadang kadang-kadang biar supaya tahu bilang lihat coba orang banyak sedikit lama cepat segera soal perihal mengenai terkait tersebut berikut yaitu yakni pakai lewat
melalui via banget sekali sama bersama kepada kata nomor no tanggal tgl kira makanya padahal walau meski sesuai sempat langsung tetap
the a an of to in on at by for from with and or but so if is are was were be been being am do does did done have has had having
i me my mine we us our you your he she it they them their this that these those there here where when what who why how which will would shall
should can could may might must just now then than too very also only about into over after before again still already yet not no any some
all each every both more most other such as up down out off own same because since until while during get got getting go going went make made let
want need like know see tell say said give ask us per re fwd number id one two new since today yesterday tomorrow tonight ago day days week
weeks month hour hours minute minutes time times last next back first please help via try trying tried keep keeps even though really
through although though whatever however while long short given give gives says show shows shown showing year years another anyone anybody everybody within without along ago around  seems seem looks look looking like liked kind sort part parts whole full any every else instead whether once twice maybe perhaps probably actually simply quite rather almost enough less least most much none nor either neither both few several own other others yet ever always usually often sometimes never together away behind between during under above below against towards among per sure able unable happen happens happened become becomes use uses used using put puts set take takes took taken bring brought turn turns turned run runs ran  end ends ended ask asks asked tell tells told mean means meant think thinks thought believe feel feels felt leave leaves stay stays stayed place places side first second third last final morning evening noon night today week month day date right really please reach something anything nothing someone thing things way much many lot bit been myself don ve ll hoping hope
`);

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/).filter(Boolean));
}

function table(lists: string): ReadonlyMap<string, readonly string[]> {
  const map = new Map<string, readonly string[]>();
  for (const line of lists.split('\n')) {
    const colon = line.indexOf(':');
    if (colon < 0) continue;
    const standard = line.slice(0, colon).trim().split(' ');
    for (const form of line
      .slice(colon + 1)
      .split(' ')
      .filter(Boolean))
      map.set(form, standard);
  }
  return map;
}

const spellings = table(indonesian + english);

/** @returns the standard words for one written word; the word itself, alone, when it is none of the informal ones */
export function standardWords(word: string): readonly string[] | null {
  return spellings.get(word) ?? null;
}

/** every word that is known by its spelling, informal or standard */
export function knownSpellings(): Iterable<string> {
  return spellings.keys();
}
