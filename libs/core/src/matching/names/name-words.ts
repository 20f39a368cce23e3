const words = (text: string): ReadonlySet<string> => new Set(text.match(/\S+/g));

export type Gender = 'male' | 'female';

/** Before a name; with the gender that some tell. Plain lower case, without dots. */
export const titles: ReadonlyMap<string, Gender | null> = new Map([
  ...[
    ...words(`bpk bapak bp pak pa sdr tn tuan mas bang abang mr om bli ko koh kang akang uda ayah papa papi abah opa gus haji cak mang pakde
              paklik pakdhe bro aa sir kiai kyai kh`),
  ].map((word) => [word, 'male'] as const),
  ...[
    ...words(`ibu bu sdri ny nyonya nona nn mbak mba mbk hj hajah hajjah mrs ms miss tante ci cik cici teh teteh neng ning uni
              bunda mama mamah mami mom ummi ustadzah ustazah oma bude budhe bulik sis jeng madam bulek`),
  ].map((word) => [word, 'female'] as const),
  ...[
    ...words(`h kak kakak ka adik dek sdra saudara saudari drs dra dr drg ir prof profesor apt ns ust ustad ustadz ustaz syekh
              kompol akp akbp ipda iptu aiptu bripka kapten letkol mayor kol brigjen pdt pendeta romo pastor suster rev
              dear yth eyang mbah sist tukang kurir driver satpam teknisi bidan suster perawat guru dokter dok`),
  ].map((word) => [word, null] as const),
]);

/** Words by which somebody is named through another: `Bunda Aqila`, `istri pak Budi`. */
export const parentTitles = words(
  `mama mamah mami bunda mom ayah papa papi abah ummi ibunya mamanya bundanya bapaknya ayahnya istri suami istrinya suaminya anak
   anaknya adiknya kakaknya keluarga teman temannya`,
);
/** What follows is somebody else: `Rina adiknya Budi`. */
export const relations = words(
  'istri suami istrinya suaminya anaknya adiknya adeknya kakaknya ibunya bapaknya ayahnya mamanya temannya temen tetangga',
);

/** Javanese nobility, before a name. A single `R.` is read as an initial: it may stand for anything. */
export const nobility = words('rr rd rm raden roro ra rngt kanjeng kgph kph krt krmt gbph bra bendoro');

/** After a name (`Budi Santoso, S.E.`); dots and spaces left out. */
export const degrees = words(
  `se sh st skom sked ssi spd spdi sag sip sos ssos sikom spsi sgz skep skm sfarm sap sak sakun stp sp spt spi spn ssn sds sstp
   sst sths shi sei skg skh sth str strkeb strkes amd amdkeb amdkep amk amkeb ama ma mm mba msi msc mkom mt mpd mpdi mh mhum
   mkes mkn mars mak mag meng mti mid mds mtr mep mph mfarm mkep mepid mbiomed msn mth med phd dphil llm bsc ba bba bcom beng
   bachelor md esq cpa ca cfa cpns spa spb spog sppd span spm sptht spkk spjp sprad spot spog(k) sps spkj spu spbs ners ns apt
   aca cfp ifp qwp cma crmo jr sr ii iii`,
);

/** The same, so sure that they are taken off also when written small and without dots. */
export const plainDegrees = words(
  'se sh mm skom spd ssi sked amd msi mpd mkes sag sip ssos shi mba msc phd mkom spog jr',
);

/** A segment that begins with one of these names a company, never a person. */
export const companyHeads = words(
  `pt cv ud pd fa tb tk toko warung waroeng bengkel apotek apotik klinik rs rsud rsu rsia koperasi kud kop yayasan rumah restoran
   resto cafe kafe kedai depot butik salon hotel losmen wisma sekolah sd smp sma smk sdn smpn sman smkn universitas univ
   institut stikes politeknik dinas kantor kementerian bank bpr perum perusahaan distro grosir agen agent konter counter counters maju sumber rejeki
   dapur catering katering laundry percetakan pabrik gudang masjid gereja panti pondok rw rt desa kelurahan kecamatan
   gojek grab tokopedia shopee jne jnt sicepat lazada bukalapak telkom telkomsel indosat pln bpjs`,
);

/** Anywhere in a segment: a trade. What stands before it may be the owner's name (`BUDI OLSHOP`). */
export const tradeWords = words(
  `olshop shop store official officialstore collection collections fashion hijab boutique butik catering katering laundry travel
   tour tours rental properti property group grup corp corporation inc ltd llc tbk limited gmbh pte sdn bhd company co
   studio production productions media elektronik electronic motor motors mobil cell cellular celluler ponsel komputer computer
   computers gallery galeri cake cakes bakery kitchen food foods snack frozen kue cookies kosmetik cosmetics skincare beauty
   reseller dropship dropshipper supplier distributor agen agency grosir jastip thrift wholesale makmur sejahtera abadi sentosa
   service servis jasa konveksi sablon furniture mebel meubel farm tani trading logistik logistics ekspedisi cargo konsultan
   consultant consulting indonesia nusantara persada perkasa mandiri insurance asuransi advertising printing digital
   tailor barbershop petshop florist garden art craft design decor wedding organizer photography photo foto salon spa gym
   fitness academy akademi education bimbel kursus course les sekolah school clinic klinik pharmacy apotek optik optical`,
);
/** Trade words that are family or given names too; alone they do not make a company of a person. */
export const tradeOrName = words(
  'makmur sejahtera abadi sentosa persada perkasa mandiri nusantara indonesia tani art spa motor les',
);

/** No name at all. A segment of nothing but these says nothing of who writes. */
export const generic = words(
  `customer customers service services cs admin administrator finance no noreply reply donotreply do not whatsapp wa user users
   pengguna unknown tidak diketahui tanpa nama anonim anonymous anon guest tamu pelanggan nasabah pembeli buyer seller penjual
   client klien test tes testing owner pemilik support helpdesk help desk care layanan call center info informasi sales marketing
   hrd hr purchasing billing accounting keuangan staff staf team tim member contact kontak new baru hp handphone phone telp telepon
   mobile number nomor me saya aku gue my i null undefined none na nn n a default account akun email mail office kantor
   android iphone samsung xiaomi oppo vivo realme web website chat bot system sistem sender pengirim penerima visitor pengunjung
   busy sibuk available tersedia hey there using is offline online open order only slow respon respond response close
   alhamdulillah bismillah allah love life family keluarga happy nama name cantik ganteng manis sholehah bahagia ceria hanya rt rw guru istri suami keluarga kurir tukang`,
);
/** Left out at either end of a person's segment: `Admin Budi`, `Budi WA`. */
export const besideName = words(
  `admin adm wa hp whatsapp cs official new baru owner order sales marketing staff staf customer service finance hrd info support
   layanan team tim purchasing accounting akun asli real ori only telp telepon`,
);

/** Said of a person, not part of the name: `Budi, Jakarta`. */
export const cities = words(
  `jakarta jkt jakpus jaksel jakbar jaktim jakut bandung bdg surabaya sby medan semarang smg makassar palembang denpasar bali jogja
   yogyakarta yogya jogjakarta bekasi depok bogor tangerang tangsel malang solo surakarta padang pekanbaru batam balikpapan samarinda
   banjarmasin pontianak manado cirebon tasikmalaya serang cilegon lampung jambi bengkulu aceh ambon jayapura kupang mataram
   lombok sidoarjo gresik kediri kudus magelang purwokerto tegal pekalongan karawang sukabumi garut cimahi indonesia`,
);

/** Joins a father's name: `Ahmad bin Yusuf`, `Martha br. Ginting` (whose clan it is). */
export const patronymics: ReadonlyMap<string, 'father' | 'clan'> = new Map([
  ['bin', 'father'],
  ['ibn', 'father'],
  ['binti', 'father'],
  ['binte', 'father'],
  ['bte', 'father'],
  ['bt', 'father'],
  ['br', 'clan'],
  ['boru', 'clan'],
  ['beru', 'clan'],
]);

/** Written or left out as one likes, and borne by so many that nobody is called by them: what follows is the call name. */
export const leading = words(
  `muhammad ahmad abdul siti nur sri i ni made wayan nyoman ketut putu kadek komang gede gusti luh anak agung ngurah dewa desak
   cokorda raden roro teuku cut tengku daeng fx`,
);
/** Articles of Balinese names, dropped before the names of birth order and caste. */
export const balineseArticles: ReadonlyMap<string, Gender> = new Map([
  ['i', 'male'],
  ['ni', 'female'],
]);
