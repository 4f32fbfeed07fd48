// Mails of a site without a relay, as an operator hands them on.

/** The link in the newest mail to the address whose subject has the word; the page is an operator's. */
export async function linkInMail(page, url, t, email, word) {
  await page.goto(`${url}/mail`);
  await page.reload();
  const row = page.locator('tr', { hasText: email }).filter({ hasText: word }).first();
  await row.getByRole('button').first().click();
  await page.getByRole('button', { name: t('mail.open'), exact: true }).click();
  await page.getByRole('button', { name: t('mail.open'), exact: true }).last().click();
  const body = page.locator('pre.mail-body');
  await page.waitForFunction(() => /#[A-Za-z0-9_-]{20,}/.test(document.querySelector('pre.mail-body')?.textContent ?? ''));
  const found = /https:\S+#[A-Za-z0-9_-]{20,}/.exec(await body.innerText())[0];
  return found.replace(/^https:\/\/[^/]+/, url);
}
