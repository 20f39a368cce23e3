/** Written in many ways, one name. Keys and values are plain lower case. */
const oneName = new Map(
  Object.entries({
    muhammad:
      'muhammad mohammad mohamad muhamad mohamed mohammed muhammed moh mohd moch mochamad mochammad mochamat muh mhd muhd md mukhamad mukhammad muchamad muchammad mohamat muhamat',
    ahmad: 'ahmad achmad akhmad ahmed achmat ahmat akhmat ach akh',
    abdul: 'abdul abd abdoel abdool abdu',
    siti: 'siti st stt sitti sitie',
    nur: 'nur noor noer nor nuur',
    yusuf: 'yusuf jusuf yusup joesoef yoesoef yousuf josef yosef yosep yosef joseph',
    yulia: 'yulia julia',
    yohanes: 'yohanes johannes johanes yohannes',
    khairul: 'khairul chairul hairul khoirul choirul choerul khaerul',
    khairun: 'khairun chairun khoirun',
    zulkifli: 'zulkifli dzulkifli julkifli zulkipli dzulqifli zulkiefli',
    zulfikar: 'zulfikar dzulfikar julfikar zulfiqar',
    ramadhan: 'ramadhan romadhon ramadan romadon ramadhon romadhan',
    rahman: 'rahman rohman rochman rachman rakhman',
    rahmat: 'rahmat rohmat rochmat rachmat rakhmat',
    hidayat: 'hidayat hidayatt',
    syaiful: 'syaiful saiful saeful syaeful saipul',
    aisyah: 'aisyah aisah aisha aysha aisya aesyah',
    khadijah: 'khadijah hadijah chadidjah khodijah khadija',
    fatimah: 'fatimah fatima patimah fatmah',
    husein: 'husein husain husen hussein hussain hoesin',
    gusti: 'gusti gst',
    ketut: 'ketut kt ktut',
    kadek: 'kadek kdk kd',
    komang: 'komang kmg',
    nyoman: 'nyoman nym nyom',
    wayan: 'wayan wyn wy',
    gede: 'gede gde gd',
    raden: 'raden rd',
    roro: 'roro rara rr',
    cahyo: 'cahyo tjahyo tjahjo cahjo tjahyo',
    cahya: 'cahya tjahya tjahja cahja',
    jaya: 'jaya djaya djaja jaja',
    wijaya: 'wijaya widjaya widjaja wijaja',
    yanuar: 'yanuar januar',
    yogi: 'yogi jogi',
    surya: 'surya suria soerja suryo surja',
  }).flatMap(([name, spellings]) => spellings.split(' ').map((spelling) => [spelling, name] as const)),
);

/**
 * What stays of a name when the ways to spell it fall together: `Soekarno` and `Sukarno`, `Djoko` and `Joko`, `Tjahjo`
 * and `Cahyo`, `Sjarifuddin` and `Syarifudin`, `Achmad` and `Ahmad`, `Yusuf` and `Yusup`, `Rizky` and `Riski`, `Dewie` and
 * `Dewi`, `Wardhani` and `Wardani`. Old orthography (van Ophuijsen, Soewandi) and today's habits alike.
 *
 * Vowels at the end stay: they tell men from women (`Susanto`, `Susanti`).
 *
 * @param token one word, plain lower case; letters of other alphabets are kept
 */
export function spellingKey(token: string): string {
  const known = oneName.get(token);
  return known === undefined ? fold(token) : (folded.get(known) ?? fold(known));
}

/** The same by letters alone, for words that are run together: no table of names. */
export function fold(token: string): string {
  let key = token
    .replace(/oe/g, 'u')
    .replace(/^ch?r/, 'kr')
    .replace(/^cl/, 'kl')
    .replace(/dj/g, 'j')
    .replace(/tj/g, 'c')
    .replace(/[sc]j/g, 's')
    .replace(/(?<=[aiu])[ck]h/g, 'h')
    .replace(/[ck]h/g, (kh) => (kh === 'ch' ? 'c' : 'h'))
    .replace(/([tdgbp])h/g, '$1')
    .replace(/sy|sh|z/g, 's')
    .replace(/ds/g, 's')
    .replace(/[fv]/g, 'p')
    .replace(/ck|q/g, 'k')
    .replace(/x/g, 'ks')
    .replace(/ie|ee|y/g, 'i')
    .replace(/ae/g, 'ai')
    .replace(/(?<=[aeiou])h$/, '');
  key = key.replace(/(.)\1+/gu, '$1');
  return key === '' ? token : key;
}

const folded = new Map([...new Set(oneName.values())].map((name) => [name, fold(name)]));

/**
 * A rougher key, for finding candidates only: first letter and the consonants after it. `Anggraini` and `Anggraeni`,
 * `Romadhon` and `Ramadhan` meet, and so do many strangers.
 */
export function soundKey(token: string): string {
  const key = spellingKey(token);
  return (
    key.slice(0, 1) +
    key
      .slice(1)
      .replace(/[aeiouhwy]/g, '')
      .replace(/(.)\1+/gu, '$1')
  );
}
