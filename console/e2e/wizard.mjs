// The wizard for a new server, step by step, until the server runs.

/** milliseconds; software emulation is slow */
export const BOOT = 180_000;

export async function createServer(on, t, { url, image, name }) {
  const { page } = on;
  await on.step('open the wizard', async () => {
    await page.goto(`${url}/servers/create`);
    await page.locator('input[name=server-name]').fill(name);
    await page.locator('input[name=server-description]').fill('end-to-end');
    await page.getByText(image, { exact: true }).first().click();
    await on.sees(t('quota.title'));
  });
  await on.step('choose the size', async () => {
    await on.forward();
    await on.sees(t('create.flavor.hint'));
  });
  await on.step('choose or make a network', async () => {
    await on.forward();
    await on.sees(t('create.access.networksHint'));
    if (await page.getByText(t('create.access.noNetworks')).isVisible()) {
      await page.getByRole('button', { name: t('networks.create') }).click();
      await page.getByRole('dialog').getByRole('button', { name: t('common.create'), exact: true }).click();
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
    }
  });
  await on.step('review and create', async () => {
    await on.forward();
    await on.sees(t('create.review.text'));
    await on.forward();
    await page.waitForURL(/\/servers\/[0-9a-f-]{36}$/);
  });
  await on.step('the server runs', async () => {
    await page.locator('[data-condition=running]').first().waitFor({ timeout: BOOT });
    await on.sees(t('watch.create.done', { name }));
  });
}
