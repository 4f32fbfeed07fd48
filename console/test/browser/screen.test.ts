// @vitest-environment node
// The graphical console in a real browser, with the real noVNC before a guest's screen that writes down what arrives. Pictures: target/walks.
import type { Browser, CDPSession } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build, chrome, site, type Site } from './site.ts';
import { walksIn, type Walk } from './walk.ts';

let browser: Browser;
let at: Site;

beforeAll(async () => {
  build();
  [at, browser] = await Promise.all([site(), chrome()]);
}, 240_000);

afterAll(async () => {
  await browser?.close();
  at?.close();
});

const connected = (walk: Walk) => walk.page.locator('.console[data-state=connected]').waitFor();
/** What was pressed, as scan codes of the AT keyboard. */
const pressed = () => at.screens.keys.filter((key) => key.down).map((key) => key.scancode.toString(16)).join(' ');

async function arrives(keys: string): Promise<void> {
  await expect.poll(pressed, { timeout: 20_000 }).toBe(keys);
  await expect.poll(() => at.screens.keys.filter((key) => !key.down).length).toBe(at.screens.keys.filter((key) => key.down).length);
  at.screens.keys = [];
}

/** A key of a keyboard that the test's own browser does not have. */
async function press(session: CDPSession, code: string, key: string, virtual: number): Promise<void> {
  const text = key.length === 1 ? { text: key } : {};
  await session.send('Input.dispatchKeyEvent', { type: key.length === 1 ? 'keyDown' : 'rawKeyDown', code, key, windowsVirtualKeyCode: virtual, ...text });
  await session.send('Input.dispatchKeyEvent', { type: 'keyUp', code, key, windowsVirtualKeyCode: virtual });
}

describe.each(['ja', 'en'] as const)('the graphical console in %s', (language) => {
  const walks = walksIn(language, () => ({ browser, at }));

  it('takes keys, texts and special keys, fills the screen, follows the guest’s size, and connects again', { timeout: 180_000 }, async () => {
    at.screens.keys = [];
    at.screens.resize(640, 400);
    await walks('console', async (walk) => {
      const { page, t } = walk;
      await walk.go('/servers/s1/console');
      await connected(walk);
      await walk.stop('connected');
      // Who is connected.
      await walk.sees(t('visits.now', { who: 'kei', kind: t('visits.kinds.graphical'), from: '198.51.100.4' }));

      // A keyboard of the US, and the palette's keys, which are the guest's here.
      await page.locator('.console canvas').click();
      await page.keyboard.press('Shift+Digit2');
      await page.keyboard.press('Control+k');
      await arrives('2a 3 1d 25');
      // A Japanese one: the same sign stands elsewhere, and there are keys that others do not have.
      const session = await page.context().newCDPSession(page);
      await press(session, 'BracketLeft', '@', 0xc0);
      await press(session, 'IntlYen', '\\', 0xdc);
      await press(session, 'IntlRo', '_', 0xe2);
      await press(session, 'Convert', 'Convert', 0x1c);
      await press(session, 'NonConvert', 'NonConvert', 0x1d);
      await arrives('1a 7d 73 79 7b');

      await special(walk, 'ctrlAltDel');
      await arrives('1d 38 d3');
      await special(walk, 'hankaku');
      await arrives('29');

      // A pasted text, by the keys of the server's layout.
      await walk.button('console.sendText').click();
      await walk.dialog.getByRole('textbox').fill('雲');
      await walk.sees(t('console.noKey', { characters: '雲' }));
      await walk.stop('a text that no key types');
      await walk.dialog.getByRole('button', { name: t('console.keyboards.ja') }).click();
      await walk.dialog.getByRole('textbox').fill('@"a\n');
      await walk.submit('console.send');
      await arrives('1a 2a 3 1e 1c');
      await walk.button('console.sendText').click();
      await walk.dialog.getByRole('button', { name: t('console.keyboards.us') }).click();
      await walk.dialog.getByRole('textbox').fill('@"a\n');
      await walk.submit('console.send');
      await arrives('2a 3 2a 28 1e 1c');

      // Over the whole screen, dialogs and menus included.
      await walk.button('console.fullScreen').click();
      await expect.poll(() => page.evaluate(() => document.fullscreenElement?.className)).toBe('console');
      await walk.button('console.sendText').click();
      expect(await walk.dialog.evaluate((dialog) => document.fullscreenElement?.contains(dialog))).toBe(true);
      await page.keyboard.press('Escape');
      await walk.dialog.waitFor({ state: 'hidden' });
      await special(walk, 'escape');
      await arrives('1');
      await page.evaluate(() => document.exitFullscreen());

      // The guest's desktop starts with another size: all of it stays in sight.
      at.screens.resize(1600, 1200);
      const canvas = page.locator('.console canvas');
      await expect.poll(() => canvas.evaluate((each) => [(each as HTMLCanvasElement).width, (each as HTMLCanvasElement).height])).toEqual([1600, 1200]);
      const inside = () => canvas.evaluate((each) => {
        const [own, frame] = [each.getBoundingClientRect(), each.closest('.console-screen')!.getBoundingClientRect()];
        return own.bottom <= frame.bottom + 1 && own.right <= frame.right + 1 && Math.abs(own.width / own.height - 4 / 3) < 0.05;
      });
      await expect.poll(inside).toBe(true);
      await page.setViewportSize({ width: 900, height: 700 });
      await expect.poll(inside).toBe(true);
      await walk.stop('another size');

      at.screens.breakAll();
      await walk.sees(t('console.lost'));
      await walk.stop('lost');
      await walk.button('console.reconnect').click();
      await connected(walk);
      expect(at.screens.connections).toBe(1);
      await page.locator('.console canvas').click();
      await page.keyboard.press('KeyA');
      await arrives('1e');
    });
    await expect.poll(() => at.screens.connections).toBe(0);
  });
});

async function special(walk: Walk, key: string): Promise<void> {
  await walk.choose('console.sendKeys', `console.keys.${key}`);
}
