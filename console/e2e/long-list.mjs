// A list of ten thousand servers in a real browser: when its first rows stand, and how evenly it scrolls.
// FAKE_SERVERS=10000 npx vite preview --config dev/vite.config.ts, then CONSOLE_URL=http://localhost:4173 node e2e/long-list.mjs
import { chromium } from 'playwright-core';

const url = process.env.CONSOLE_URL ?? 'http://localhost:4173';
const out = process.env.OUT;
const browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: process.env.LANGUAGE ?? 'ja' });
const rows = page.locator('table tbody tr');

const timed = async (what, action) => {
  const begun = Date.now();
  await action();
  console.log(`${what}: ${Date.now() - begun} ms`);
};

/** Milliseconds between the frames while the window is scrolled up and down. */
const frames = () =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        const gaps = [];
        let last = performance.now();
        const end = document.documentElement.scrollHeight - innerHeight;
        const frame = (now) => {
          gaps.push(now - last);
          last = now;
          scrollTo(0, (end * (1 + Math.sin(gaps.length / 20))) / 2);
          if (gaps.length < 240) requestAnimationFrame(frame);
          else resolve(gaps.slice(1).sort((one, other) => one - other));
        };
        requestAnimationFrame(frame);
      }),
  );

await page.goto(`${url}/servers`);
await page.evaluate(() => localStorage.setItem('unkai.table.servers', JSON.stringify({ pageSize: 100 })));
await timed('first rows', async () => {
  await page.goto(`${url}/servers`);
  await page.getByText('node-10000').waitFor();
});
const gaps = await frames();
console.log(`frames: median ${gaps[120].toFixed(1)} ms, 95 of 100 within ${gaps[227].toFixed(1)} ms, longest ${gaps.at(-1).toFixed(1)} ms`);
await timed('next page', async () => {
  await page.locator('[class*=awsui_root] button[class*=awsui_arrow]').last().click();
  await page.getByText('node-09900').waitFor();
});
await timed('filtered by the service', async () => {
  await page.goto(`${url}/servers?q=00123`);
  await page.getByText('node-00123').waitFor();
});
if (out) await page.screenshot({ path: `${out}/long-list.png` });
console.log(`rows: ${await rows.count()}`);
await browser.close();
