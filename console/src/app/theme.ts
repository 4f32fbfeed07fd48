// The type: Cloudscape's Latin letters with a good Japanese face behind them on each system.
import { fontFamilyBase, fontFamilyDisplay, fontFamilyHeading } from '@cloudscape-design/design-tokens';

const FAMILY =
  "'Open Sans', 'Hiragino Sans', 'Hiragino Kaku Gothic ProN', 'Noto Sans JP', 'Noto Sans CJK JP', 'Yu Gothic UI', Meiryo, 'Helvetica Neue', Arial, sans-serif";

/** Sets the custom properties behind the design tokens; the theming runtime would do the same at ten times the size. */
export function applyFonts(): void {
  for (const token of [fontFamilyBase, fontFamilyDisplay, fontFamilyHeading]) {
    const property = /^var\((--[\w-]+)/.exec(token)?.[1];
    if (property) document.body.style.setProperty(property, FAMILY);
  }
}
