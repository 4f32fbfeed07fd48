// How a text sounds, in Latin letters: what is written in kana is found by romaji, whichever way it is spelt.

/** The syllables of the hiragana block, U+3041 to U+3094; a small one is marked. */
const SYLLABLES = (
  '_a a _i i _u u _e e _o o ka ga ki gi ku gu ke ge ko go sa za si zi su zu se ze so zo ta da ti di _ tu du te de to do ' +
  'na ni nu ne no ha ba pa hi bi pi hu bu pu he be pe ho bo po ma mi mu me mo _ya ya _yu yu _yo yo ra ri ru re ro _wa wa wi we wo n vu'
).split(' ');

function syllable(code: number): string | undefined {
  const hiragana = code >= 0x30a1 && code <= 0x30f4 ? code - 0x60 : code;
  return hiragana >= 0x3041 && hiragana <= 0x3094 ? SYLLABLES[hiragana - 0x3041] : undefined;
}

function romaji(text: string): string {
  let out = '';
  for (const letter of text) {
    const found = syllable(letter.codePointAt(0) ?? 0);
    if (found === undefined) out += letter;
    // The small tsu doubles what follows, which sounds the same here.
    else if (found === '_') continue;
    else if (!found.startsWith('_')) out += found;
    // A small vowel takes the place of the one before it, a small ya that of an i.
    else out = out.replace(found.length > 2 ? /i$/ : /[aeiou]$/, '') + found.slice(1);
  }
  return out;
}

/** Spellings that sound the same are written the same. */
const SAME: readonly (readonly [RegExp, string])[] = [
  [/shi/g, 'si'],
  [/sh/g, 'sy'],
  [/chi/g, 'ti'],
  [/tch|ch/g, 'ty'],
  [/tsu/g, 'tu'],
  [/ji/g, 'zi'],
  [/jy?/g, 'zy'],
  [/f/g, 'h'],
  [/v/g, 'b'],
  [/ou/g, 'o'],
  [/[\u30fc'\-\s]/g, ''],
  [/(.)\1+/g, '$1'],
];

export function soundOf(text: string): string {
  return SAME.reduce((now, [from, to]) => now.replace(from, to), romaji(text.normalize('NFKC').toLowerCase()));
}

