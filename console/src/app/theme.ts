// The type: Cloudscape's Latin letters with a good Japanese face behind them on each system.
import { fontFamilyBase } from '@cloudscape-design/design-tokens';

const FAMILY =
  "'Open Sans', 'Hiragino Sans', 'Hiragino Kaku Gothic ProN', 'Noto Sans JP', 'Noto Sans CJK JP', 'Yu Gothic UI', Meiryo, 'Helvetica Neue', Arial, sans-serif";

/** Sets the custom property behind the design token; the theming runtime would do the same at ten times the size. */
export function applyFonts(): void {
  const property = /^var\((--[\w-]+)/.exec(fontFamilyBase)?.[1];
  if (property) document.body.style.setProperty(property, FAMILY);
}
