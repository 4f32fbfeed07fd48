// Which keys type a text on a keyboard of a layout. The guest is told keys, as a keyboard does (QEMU's extended key events), and makes characters of them by
// its own layout; a server that takes characters is told these (X11 key symbols, RFC 6143, section 7.5.4).

export const KEYBOARDS = ['us', 'ja'] as const;
export type Keyboard = (typeof KEYBOARDS)[number];

export interface Key {
  keysym: number;
  /** The place on the keyboard, by the name that browsers have for it. */
  code: string;
}

export interface Stroke extends Key {
  shift: boolean;
}

export const SHIFT: Key = { keysym: 0xffe1, code: 'ShiftLeft' };
const ENTER: Key = { keysym: 0xff0d, code: 'Enter' };
const TAB: Key = { keysym: 0xff09, code: 'Tab' };

/** Each key with what it types alone and with Shift. */
const SIGNS: Readonly<Record<Keyboard, string>> = {
  us:
    'Backquote`~ Digit11! Digit22@ Digit33# Digit44$ Digit55% Digit66^ Digit77& Digit88* Digit99( Digit00) Minus-_ Equal=+ BracketLeft[{ BracketRight]} Backslash\\| ' +
    'Semicolon;: Quote\'" Comma,< Period.> Slash/?',
  // JIS X 6002. The backslash is typed by the key left of the right Shift, which all guests take for one; the other one is a yen sign for some.
  ja:
    'Digit11! Digit22" Digit33# Digit44$ Digit55% Digit66& Digit77\' Digit88( Digit99) Digit00\u0000 Minus-= Equal^~ IntlYen¥| BracketLeft@` BracketRight[{ Semicolon;+ ' +
    'Quote:* Backslash]} Comma,< Period.> Slash/? IntlRo\\_',
};

const LAYOUTS: Readonly<Record<Keyboard, ReadonlyMap<string, Omit<Stroke, 'keysym'>>>> = { us: layoutOf(SIGNS.us), ja: layoutOf(SIGNS.ja) };

function layoutOf(signs: string): ReadonlyMap<string, Omit<Stroke, 'keysym'>> {
  const keys = new Map([[' ', { code: 'Space', shift: false }]]);
  for (const letter of 'abcdefghijklmnopqrstuvwxyz') {
    const code = `Key${letter.toUpperCase()}`;
    keys.set(letter, { code, shift: false }).set(letter.toUpperCase(), { code, shift: true });
  }
  for (const sign of signs.split(' ')) {
    const code = sign.slice(0, -2);
    keys.set(sign.at(-2)!, { code, shift: false }).set(sign.at(-1)!, { code, shift: true });
  }
  keys.delete('\u0000');
  return keys;
}

/** The strokes that type the text, and the characters for which the keyboard has no key. */
export function strokesOf(text: string, keyboard: Keyboard): { strokes: Stroke[]; missing: string[] } {
  const strokes: Stroke[] = [];
  const missing = new Set<string>();
  for (const character of text.replace(/\r\n?/g, '\n')) {
    const key = LAYOUTS[keyboard].get(character);
    if (character === '\n') strokes.push({ ...ENTER, shift: false });
    else if (character === '\t') strokes.push({ ...TAB, shift: false });
    else if (key) strokes.push({ ...key, keysym: character.codePointAt(0)! });
    else missing.add(character);
  }
  return { strokes, missing: [...missing] };
}

const CTRL: Key = { keysym: 0xffe3, code: 'ControlLeft' };
const ALT: Key = { keysym: 0xffe9, code: 'AltLeft' };

/** What browsers and desktops keep for themselves, and keys that many keyboards do not have; pressed together, in this order. */
export const SPECIAL = {
  ctrlAltDel: [CTRL, ALT, { keysym: 0xffff, code: 'Delete' }],
  ctrlAltF1: [CTRL, ALT, { keysym: 0xffbe, code: 'F1' }],
  ctrlAltF2: [CTRL, ALT, { keysym: 0xffbf, code: 'F2' }],
  altTab: [ALT, TAB],
  altF4: [ALT, { keysym: 0xffc1, code: 'F4' }],
  ctrlW: [CTRL, { keysym: 0x77, code: 'KeyW' }],
  windows: [{ keysym: 0xffeb, code: 'MetaLeft' }],
  escape: [{ keysym: 0xff1b, code: 'Escape' }],
  printScreen: [{ keysym: 0xff61, code: 'PrintScreen' }],
  hankaku: [{ keysym: 0xff2a, code: 'Backquote' }],
  henkan: [{ keysym: 0xff23, code: 'Convert' }],
  muhenkan: [{ keysym: 0xff22, code: 'NonConvert' }],
  kana: [{ keysym: 0xff27, code: 'KanaMode' }],
} as const satisfies Record<string, readonly Key[]>;

export type Special = keyof typeof SPECIAL;
/** Those of a Japanese keyboard. */
export const JAPANESE: readonly Special[] = ['hankaku', 'henkan', 'muhenkan', 'kana'];
