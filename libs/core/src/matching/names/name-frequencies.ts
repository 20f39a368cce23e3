import { spellingKey } from './spelling-key.js';

/**
 * How many people bear each word of a name, per thousand: Indonesians, with the English and Chinese-Indonesian words
 * that customers of Indonesian companies bear most. Rounded on purpose: what counts is the order of magnitude. Written
 * from general knowledge of Indonesian naming; a workspace's own counts take over as it grows (`shareOf`).
 */
const perThousand: readonly (readonly [number, string])[] = [
  [60, 'muhammad'],
  [30, 'siti nur'],
  [18, 'sri ahmad abdul dewi putri putra'],
  [12, 'agus budi dwi eka tri ayu rahman wahyu indah dian fitri'],
  [
    8,
    `adi andi hendra eko rini rina rizki lestari saputra sari setiawan kurniawan hidayat pratama santoso nugroho wati yanti
     ratna indra bambang joko iwan rudi dedi yuli ani dini lina maria yulia hasan ali ibrahim yusuf susanti kusuma wijaya
     pratiwi rahayu utami aisyah fajar arif ari`,
  ],
  [
    5,
    `ade aditya agung agustina aini alamsyah amalia anggraini anisa anita anwar aprilia ardi ardiansyah arifin astuti bayu
     cahya cahyo citra dani darmawan denny desi devi dewanti diah dimas dina doni edi efendi endah endang erna erwin evi
     fadli faisal fauzi febri fitria fitriani galih gunawan hadi hakim halim handayani hardi hari harahap haryanto hendri heri
     heru hidayah hidayati husein ika ikhsan ilham iman imam indriani irawan irfan irma ismail iqbal jaya juli kartika
     khairul krisna kristina kumala laila lia lukman maharani mahendra malik maulana maya mega melati mulyadi mulyani mustofa
     nanda nia nita novi nova nurul nugraha oktavia permata permana pranata prasetyo prabowo purnama purnomo puspita
     puji rahmawati rahmat rama ramadhan ramadhani ratih reza ria rian rika riko rio riska rita rizal robi rohman rosita salim
     salma samsul sandi santi saputri sinta siregar slamet sofyan sugeng suharto sulastri sulistyo sumarni suparman supriyadi
     suryadi surya susanto susilo sutrisno suwarno syahputra syaiful syarif taufik teguh tono toni umar utomo vina wahyuni
     wahyudi wawan widodo widya winda wulan wulandari yanto yati yoga yogi yudi yuliana yunita yusron zainal zahra zulkifli
     nasution made wayan nyoman ketut putu kadek komang gede ayuni jannah safitri lubis sihombing situmorang
     simanjuntak sitorus ginting tarigan sembiring anak gusti luh hasanah azizah maulida ningsih kurniawati kurnia susilawati
     kusumawati setyawan setiawati firmansyah ferdiansyah febriansyah hermawan hermansyah herman hartono hartati hartini
     sutanto budiman budiarto budianto budiono suryanto suryani mariani marlina mardiana rusdi ruslan rustam sunarto
     sutarno suyanto suyono sumarno suparno supriyanto subagyo sudirman sugiarto sugianto sukirman tini tuti titin`,
  ],
  [
    2.5,
    `abdullah adam adinda afifah aji akbar aldi alfian alif alvin ananda andini andika andre andri angga anggi anggita anton
     antonius ardhi arga aris arum arya aryo asep asri ayunda aziz azhar bagas bagus bahri baskoro bella bima bobby boni
     bunga burhan candra cecep cindy cici dadang daniel danu daud david debby deddy derry dewa dika diki dinda dodi dona
     edward elisa elsa emilia erika esti fadhil fahmi fani farah farhan farid fatimah felix ferdi feri fikri firda firman
     fransiskus frans galuh gilang gita guntur habibah habibi hafiz hamid hamzah hana handoko hanif hani harun haryono haryati
     hasna hastuti helmi hesti hilman husna ibnu ida ihsan imas ina inayah intan irwan irwansyah isna ita iva jamal jefri
     jeni jessica jihad joni jumiati kamal karina kartini katarina kevin khadijah khairunnisa kiki laksono laras larasati latif
     leni leo lilis lisa liza luki lutfi mahmud majid marwan marta martini maryam maryati mawar melisa mira mirna monika
     muslim mutia nabila nadia najwa nanang naufal nayla nina nisa nizar nuraini nurhayati nurjanah nuryanti oki okta olivia
     pamungkas panji pandu pangestu paulus petrus pradana prakoso pramono prayoga prayitno priyanto purwanto rafi rahma
     raka ramli rani raden rendi renaldi resti revi ridho ridwan riyanto rizka roni rosa rosdiana rosmiati rusli saepul
     sabrina sandra sanjaya septian septiani setyo shinta silvia siska sofia soleh stefanus sukma sulaiman suci sudarsono
     suhendra suhendar sumiati susan susi syafitri syahrul tania tasya tatang theresia tika tina tirta tommy ujang ulfa umi vera
     veronika vicky viona wicaksono widi widiastuti widyastuti winarti wibowo wiwit yana yani yayan yeni yohanes yono yosef
     yuda yudha yudhistira yulianti yulianto yuniarti yusri zaki zakaria zulfa handoyo hutagalung hutabarat hutapea
     manurung nainggolan napitupulu pane panjaitan pardede pasaribu purba rangkuti saragih sianturi silaban silalahi simbolon
     sinaga siagian sirait tambunan tampubolon halomoan tan lim liem halim tanoto gunadi kosasih sutedja tjandra
     john michael james robert william richard mary jennifer linda susan smith johnson brown williams jones ann
     aminah halimah zainab khotimah rokayah rohani rohana maimunah mariam salamah saodah sumiyati sumiarti supriyati suryati sutini
     sukarti sugiyono sugiarti sujono sudarmi sudarti suparti suprapto supriyono suratman suroso susanta sutikno sutopo sutrisna
     suwandi suwarni suyatno suyati tugiman tukiman paiman paijo parjo parman pardi mulyono mulyana mulyati musa mustafa muhidin
     mujiono muklis mukhtar munir murni murniati murtini nasir nasrul nasrudin ngatini ngadiman norma nuraeni nurdin nurhadi nurhidayat
     nurhasanah nurlaila nurlela nursiah nurwahid oman otong parida partini poniman rasyid rahardjo ramdani ramdhan ratnasari
     rohayati rohimah rohmah rokhim rosmawati rosida rukmini rumini sabar sadiah sahrul salamun samsudin sanusi saridin sarina sarjono
     sarwono satrio sekar setia siswanto solihin sopian subandi subur sudrajat suhaimi suhardi suharni suherman sukardi sukarno
     sulistiawati sulistiyowati sunardi sunarti sunarya suparjo suradi suraji surono tarmizi tarno teddy titik tohir triyono turyono
     udin usman wagiman wahid waluyo warsito wasis winarno winarsih wiyono yahya yamin yulistia yuliani yusnita yuswandi zaenal
     zakiyah zubaidah aprianto alfarizi alfiansyah apriyani ariani ariyanto aulia azzahra bachtiar bachri basuki bastian cahyadi
     cahyani cahyono chandra damayanti darma darmanto daryono devina dewanto dharma dwiyanto ekawati elisabeth evita fachrudin
     fatmawati fauziah febri febrianti ferry fransisca frida gina ginanjar guruh gusnadi hanafi haris hariyanto hasibuan hendrawan
     hendro heriyanto ibnu imelda indrawan indrawati irawati irma isnaini istiqomah jamaluddin januarti joyo junaedi junaidi juwita
     kusnadi kusuma kusumo kuswanto lasmini lesmana luthfi machmud manik marbun marpaung matondang maulidya mayasari megawati meilani
     mukti mulia mulyanto nadya napitupulu natalia naomi ningrum nirmala novianti novita nuryadi oktaviani pangaribuan pohan
     prabu pradipta prasetya prasetyawan prihatin pujiastuti puspitasari putranto putro rachel raharjo rambe ratu ria rinaldi
     riyadi rizqi rusmana saefudin sagala samosir sapta saputro satria sianipar sihite sinurat sitepu sitompul sofi suhandi
     sumantri sumarna suwito suyadi syam syamsudin tanjung tobing tohari trisna ulya utari vivi wibisono widjaja widyawati
     wirya wulansari yahya yudistira yulita yuwono zahara zulaikha
     sartika ayudia wiranto winata winoto widjojo darsono darwin darwis edwin effendi elvira emma endra esther fadila fadilah
     farida fathur fauzan fauziyah firdaus fitra fransiska gabriel gatot gerry ghani gufron hafid hafidz hamdan hardianto hardiyanti
     harianto harjono hartawan hasim hasnah haura hayati hendarto hermanto heryanto hikmah husni ilyas inda indriyani isa isabella
     islamiyati jailani jasmine johan jonathan julian juliana julianti juniarti kamila kania karim kartini karyadi kasim keisha
     khairunisa khoirunnisa kurniasih laura leonardo leonita lesti lidya listyani liya lusi lusiana luthfiyah maisaroh marsudi
     martono maryono mashudi masruroh maryanto matius maulani meilina melani merry mutiara nadira nafisah nandang nasrullah natasya
     nikita ningtyas nofri nurmala nurul nuryani nurhaliza oki oktarina osman palupi pandi prima priska putranti qonita rafael raihan
     ramdan ranti reni resa retno ricky rina rini riri rizkia rofiq rohmat rosana rosyid rusdiana rusydi sabrina safira sahara saiful
     salsabila samuel sani santika sapri sarah sasmita satya septi seno shofia siswoyo sitanggang sonny stefani suaib sudibyo sugandi
     sukri sukron sulaeman sumarsono sunaryo supriatna surati suryaningsih suyono syafruddin syahrial syukur tantri tatik theodorus
     tiara tina tono tri trisno tuti usep vania victor wardoyo warni wawan welly wening widyanto wijayanto wina windi yessi yohana yosua
     yovita yuanita yudianto yunus yusnia yustina zahra zainuddin zainudin zidan zulaiha
     wong lee chen cheng ng ong goh teo chan bin laksmana hakiki wardani wardhana wijayanti wiguna wirawan`,
  ],
];

/** What a word not in the table is taken to be borne by: one in ten thousand. */
const unknownShare = 0.0001;
/** How many people the table stands for when a workspace's own counts are mixed in. */
const tableWeight = 3000;

const table = new Map<string, number>();
for (const [count, words] of perThousand) {
  for (const word of words.match(/\S+/g) ?? []) {
    const key = spellingKey(word);
    table.set(key, Math.max(table.get(key) ?? 0, count / 1000));
  }
}

/** How often words of names occur among a workspace's customers. Keys as `spellingKey` writes them. */
export interface NameFrequencies {
  counts: ReadonlyMap<string, number>;
  /** customers counted */
  total: number;
}

/**
 * The share of people who bear this word in their names, 0..1: the built-in table, pulled towards the workspace's own
 * counts as these grow.
 */
export function shareOf(key: string, own?: NameFrequencies): number {
  const builtIn = table.get(key) ?? unknownShare;
  if (own === undefined || own.total <= 0) return builtIn;
  const count = own.counts.get(key) ?? 0;
  const share = (builtIn * tableWeight + count) / (tableWeight + own.total);
  return Math.min(0.5, Math.max(share, 1e-6));
}

/** Whether this word is a known name as it stands, not a slip of another one. */
export function isKnownName(key: string): boolean {
  return table.has(key);
}

/** Rarer than this, a word counts as telling by itself. */
export const rareShare = 0.0006;
