// Text as X11 key symbols, for typing it into a graphical console (RFC 6143, section 7.5.4).

const RETURN = 0xff0d;
const TAB = 0xff09;
/** Symbols of characters outside of Latin-1 are their code point with this bit set. */
const UNICODE = 0x0100_0000;

export function keysOf(text: string): number[] {
  return [...text.replace(/\r\n?/g, '\n')].map((character) => {
    if (character === '\n') return RETURN;
    if (character === '\t') return TAB;
    const point = character.codePointAt(0) ?? 0;
    return point < 0x100 ? point : UNICODE | point;
  });
}
