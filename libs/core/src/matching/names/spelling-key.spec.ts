import { describe, expect, it } from '@jest/globals';
import { soundKey, spellingKey } from './spelling-key.js';

describe('spellingKey', () => {
  it.each(
    `soekarno/sukarno djoko/joko tjahjo/cahyo tjandra/candra chandra/candra sjarifuddin/syarifudin sjafri/syafri
     jusuf/yusup joesoef/yusuf achmad/ahmad akhmad/ahmad rizky/riski rizqi/rizki dewie/dewi noerul/nurul wardhani/wardani
     mochamad/muhammad moh/muhammad muh/muhammad mhd/muhammad abd/abdul chairul/khairul rachmat/rahmat widjaja/wijaya
     arief/arif eddy/edi hendry/hendri aisya/aisyah fatima/fatimah christina/kristina josef/yosep latief/latip
     azis/aziz anggraeni/anggraini faisal/paisal zulkifli/dzulkifli philip/pilip taufiq/taupik soeharto/suharto`
      .split(/\s+/)
      .map((pair) => pair.split('/') as [string, string]),
  )('%s is %s', (one, other) => {
    expect(spellingKey(one)).toBe(spellingKey(other));
  });

  it.each(
    `susanto/susanti wahyudi/wahyuni putra/putri hendra/hendri budi/dodi rina/rini dwi/dewi andi/andri hartono/hartini
     kurniawan/kurniawati yanto/yanti iwan/irwan desi/dewi muhammad/ahmad raja/raya nur/noviar maya/mala agus/agung`
      .split(/\s+/)
      .map((pair) => pair.split('/') as [string, string]),
  )('%s is not %s', (one, other) => {
    expect(spellingKey(one)).not.toBe(spellingKey(other));
  });

  it('leaves nothing empty and keeps other alphabets', () => {
    for (const word of ['h', 'zz', '王', 'мария', 'محمد']) expect(spellingKey(word)).not.toBe('');
    expect(spellingKey('王')).toBe('王');
  });
});

describe('soundKey', () => {
  it('lets vowels go after the first letter', () => {
    expect(soundKey('widianingsih')).toBe(soundKey('widyaningseh'));
    expect(soundKey('budi')).not.toBe(soundKey('rudi'));
  });
});
