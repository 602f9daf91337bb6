// Home and the forecast of the demo company: the figures are the reports', every figure leads on, and the charts are readable
// without eyes.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { axe, shot, signIn, test } from './harness.mjs';

const program = fileURLToPath(new URL('../bin/cartefi', import.meta.url));

let address;
before(async () => {
  const { stdout } = await promisify(execFile)(program, ['demo']);
  address = `/c/${stdout.trim()}`;
}, { timeout: 300_000 });

const panel = (page, title) => page.locator('section.panel', { has: page.getByRole('heading', { name: title, exact: true }) });
const cents = (text) => Math.round(Number(text.replace(/[$,()−-]/g, '')) * 100) * (/[(−-]/.test(text) ? -1 : 1);

test('Home greets, says how far the books are closed and what needs doing', async ({ page }) => {
  await signIn(page, 'dana');
  await page.goto(address);
  assert.match(await page.locator('h1').innerText(), /^Good (morning|afternoon|evening), Dana$/);
  assert.match(await page.locator('.page-head').innerText(), /books closed through/);
  const waiting = panel(page, 'What needs doing');
  assert.match(await waiting.innerText(), /38 bank lines\s+to review/);
  assert.match(await waiting.innerText(), /have a suggestion/);
  assert.match(await waiting.innerText(), /overdue\s+from \d+ customers?/);
  for (const item of await waiting.locator('li').all()) assert.equal(await item.locator('a.btn').count(), 1, 'one button each');
  await axe(page);
  await shot(page, 'home-demo');
});

test('cash is what the balance sheet has under bank accounts', async ({ page }) => {
  await signIn(page, 'dana');
  await page.goto(address);
  const cash = await panel(page, 'Cash').locator('.figure').innerText();
  await panel(page, 'Cash').locator('.figure a').click();
  await page.waitForURL(/balance-sheet/);
  const banks = page.locator('main tr', { hasText: /Total (for )?Bank/i }).first();
  assert.equal(cents((await banks.locator('td').last().innerText()).trim()), cents(cash));
});

test('a month in the chart leads to its profit and loss, also by keyboard', async ({ page }) => {
  await signIn(page, 'dana');
  await page.goto(address);
  const months = panel(page, 'Income and expense').locator('a.period');
  assert.equal(await months.count(), 12);
  const said = await months.nth(10).getAttribute('aria-label');
  const [income, expense] = [...said.matchAll(/[\d,]+\.\d\d/g)].map(([amount]) => cents(amount));
  await months.nth(10).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/profit-and-loss/);
  const net = page.locator('main tr', { hasText: /^Net income/i }).last();
  assert.equal(cents((await net.locator('td').last().innerText()).trim()), income - expense);
});

test('where the money goes leads to the lines of the account', async ({ page }) => {
  await signIn(page, 'dana');
  await page.goto(address);
  const row = panel(page, 'Where the money goes').locator('tbody tr').first();
  const amount = cents((await row.locator('td').last().innerText()).trim());
  assert.ok(amount > 0);
  await row.locator('a').click();
  await page.waitForURL(/reports\/(ledger|register|general-ledger)|accounting\/accounts/);
});

test('the forecast says its rule and lists what it counts, down to the cash at its end', async ({ page }) => {
  await signIn(page, 'dana');
  await page.goto(address);
  await panel(page, 'Cash').getByRole('link', { name: 'Forecast' }).click();
  await page.waitForURL(/\/forecast$/);
  assert.match(await page.locator('.page-head').innerText(), /if everybody pays on the day/);
  assert.match(await panel(page, 'How this is made').innerText(), /expected tomorrow/);
  const rows = page.locator('table.rows tbody tr');
  assert.ok(await rows.count() > 5);
  const fact = async (words) => cents(await page.locator('dl.facts dt', { hasText: words }).locator('xpath=following-sibling::dd[1]').innerText());
  assert.equal(cents((await rows.last().locator('td').last().innerText()).trim()), await fact('Cash on'));
  assert.equal(await fact('Cash today') + await fact('Comes in') - await fact('Goes out'), await fact('Cash on'));
  await axe(page);
  await shot(page, 'forecast-demo');
  await rows.first().locator('a').click();
  await page.waitForURL(/\/accounting\/|\/documents\//);
});

test('the charts are tables for those who listen, and links without JavaScript', { javaScript: false }, async ({ page }) => {
  await signIn(page, 'dana');
  await page.goto(address);
  const cash = panel(page, 'Cash').locator('.sr table');
  assert.equal(await cash.locator('tr').count(), 18);
  assert.equal(await cash.locator('th', { hasText: 'what is due' }).count(), 6);
  await panel(page, 'Income and expense').locator('a.period').first().click();
  await page.waitForURL(/profit-and-loss/);
});
