// The chart of accounts: adding, changing, retyping, merging, its file, and all of it by keyboard.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { axe, createCompany, dayFromToday, shot, signIn, test } from './harness.mjs';

// Refused forms are answered with 422, which a browser logs.
const refused = { expectErrors: [/status of 422/] };
const both = [true, false];
const how = (javaScript) => (javaScript ? 'with JavaScript' : 'without JavaScript');

// Signs Dana in and creates a company whose books begin on Jan 1, 2026; gives its address: /c/<slug>.
async function enter(page) {
  await signIn(page, 'dana');
  return createCompany(page, `Juniper Cycles ${Math.random().toString(36).slice(2, 8)}`);
}

const field = (page, name) => page.locator(`[name="${name}"]`);
const rowOf = (page, name) => page.locator('.account-chart tr', { has: page.getByRole('link', { name, exact: true }) });

// Posts an entry of two lines.
async function post(page, home, date, debit, credit, amount) {
  await page.goto(`${home}/accounting/journal/new`);
  await field(page, 'date').fill(date);
  await field(page, 'lines.0.account').fill(debit);
  await field(page, 'lines.0.debit').fill(amount);
  await field(page, 'lines.1.account').fill(credit);
  await field(page, 'lines.1.credit').fill(amount);
  await page.getByRole('button', { name: 'Post the entry' }).click();
  await page.waitForURL(/journal\/\d+$/);
}

// Adds an account and gives its page's address.
async function add(page, home, name, kind = 'expense/Travel', more = {}) {
  await page.goto(`${home}/accounting/accounts/new`);
  await field(page, 'kind').selectOption(kind);
  await field(page, 'name').fill(name);
  for (const [of, text] of Object.entries(more)) await field(page, of).fill(text);
  await page.getByRole('button', { name: 'Add the account' }).click();
  await page.waitForURL(/accounts\/\d+$/);
  return new URL(page.url()).pathname;
}

for (const javaScript of both) {
  test(`the chart takes an account, refuses its number twice and makes one inactive, ${how(javaScript)}`, { javaScript, ...refused }, async ({ page }) => {
    const home = await enter(page);
    await page.goto(`${home}/accounting`);
    await axe(page);
    if (javaScript) await shot(page, 'chart');
    await page.getByRole('link', { name: 'New account' }).click();
    await field(page, 'kind').selectOption('expense/Insurance');
    await field(page, 'number').fill('6105');
    await field(page, 'name').fill('Fire Insurance');
    await field(page, 'parent').fill('Insurance');
    await field(page, 'description').fill('The shop on Main St');
    await axe(page);
    if (javaScript) await shot(page, 'account-new');
    await page.getByRole('button', { name: 'Add the account' }).click();
    await page.waitForURL(/accounts\/\d+$/);
    assert.equal(await page.locator('h1').innerText(), '6105 Insurance:Fire Insurance');
    assert.match(await page.locator('.facts').innerText(), /The shop on Main St[^]*Insurance[^]*6100 Insurance/);
    assert.match(await page.locator('.history').innerText(), /Added[^]*dana@junipercycles\.example[^]*Fire Insurance/);
    await axe(page);
    const account = new URL(page.url()).pathname;

    await page.goto(`${home}/accounting/accounts/new`);
    await field(page, 'number').fill('6105');
    await field(page, 'name').fill('Flood Insurance');
    await page.getByRole('button', { name: 'Add the account' }).click();
    assert.match(await page.locator('#field-number-error').innerText(), /Another account has this number/);
    assert.equal(await field(page, 'name').inputValue(), 'Flood Insurance');

    await page.goto(account);
    await page.getByRole('link', { name: 'Edit' }).click();
    await field(page, 'name').fill('Fire and Flood');
    await axe(page);
    await page.getByRole('button', { name: 'Save the change' }).click();
    await page.waitForURL((url) => url.pathname === account);
    assert.match(await page.locator('.history > li').first().innerText(), /Changed[^]*Fire Insurance[^]*Fire and Flood/);
    await page.getByRole('button', { name: 'Make it inactive' }).click();
    await page.getByText('It keeps its lines and stays in reports').waitFor();
    await page.goto(`${home}/accounting`);
    assert.equal(await rowOf(page, 'Fire and Flood').count(), 0);
    await page.getByRole('link', { name: /Show \d+ inactive/ }).click();
    assert.match(await rowOf(page, 'Fire and Flood').innerText(), /6105[^]*inactive/);
    await axe(page);
  });

  test(`an account is retyped after it is said what moves, and merged and unmerged, ${how(javaScript)}`, { javaScript, ...refused }, async ({ page }) => {
    const home = await enter(page);
    const trips = await add(page, home, 'Trips');
    await post(page, home, '1/15/2026', 'Trips', 'Business Checking', '40');
    await page.goto(`${home}/accounting/locks`);
    await field(page, 'through').first().fill('1/31/2026');
    await field(page, 'reason').first().fill('January filed');
    await page.locator('main form button').first().click();

    await page.goto(`${trips}/edit`);
    assert.match(await page.locator('main').innerText(), /1 line adding up to 40\.00 moves in the reports, dated Jan 15, 2026/);
    await field(page, 'kind').selectOption('other_expense/PenaltiesSettlements');
    await page.getByRole('button', { name: 'Save the change' }).click();
    await page.locator('#error-summary').waitFor();
    assert.match(await page.locator('.notice.warn').innerText(), /a locked year: the books are locked through Jan 31, 2026/);
    assert.equal(await field(page, 'kind').inputValue(), 'other_expense/PenaltiesSettlements');
    await axe(page);
    if (javaScript) await shot(page, 'account-retype');
    await field(page, 'moves_locked').check();
    await page.getByRole('button', { name: 'Save the change' }).click();
    await page.waitForURL((url) => url.pathname === trips);
    assert.match(await page.locator('.page-head').innerText(), /Other Expense/);
    assert.match(await page.locator('.history').innerText(), /Moved to another type[^]*Expense[^]*Other Expense/);

    await page.getByRole('link', { name: 'Merge into another…' }).click();
    await axe(page);
    await page.getByRole('button', { name: 'Merge the account' }).click();
    assert.match(await page.locator('#field-into-error').innerText(), /Choose the account that takes this one in/);
    await field(page, 'into').fill('Penalties');
    await page.getByRole('button', { name: 'Merge the account' }).click();
    assert.match(await page.locator('#field-moves_locked-error').innerText(), /Say that you want it/);
    if (javaScript) await shot(page, 'account-merge');
    await field(page, 'moves_locked').check();
    await page.getByRole('button', { name: 'Merge the account' }).click();
    await page.waitForURL((url) => /accounts\/\d+$/.test(url.pathname) && url.pathname !== trips);
    assert.equal(await page.locator('h1').innerText(), '8100 Penalties');
    assert.match(await page.locator('.facts').innerText(), /Shows also\s+Trips/);
    if (javaScript) await shot(page, 'account');
    await axe(page);

    await page.goto(`${home}/accounting?show=all`);
    const rows = await page.locator('.account-chart tbody tr').allInnerTexts();
    const target = rows.findIndex((row) => /8100\s+Penalties/.test(row));
    assert.match(rows[target + 1], /Trips\s*merged/);
    await axe(page);
    if (javaScript) await shot(page, 'chart-all');

    await page.goto(trips);
    assert.match(await page.locator('.notice').first().innerText(), /Merged into another account[^]*8100 Penalties/);
    await page.getByText('Undo the merge…').click();
    await field(page, 'moves_locked').check();
    await page.getByRole('button', { name: 'Undo the merge' }).click();
    await page.getByRole('link', { name: 'Merge into another…' }).waitFor();
    assert.match(await page.locator('.history').innerText(), /Merge undone[^]*Merged into 8100 Penalties/);
    await axe(page);
  });

  test(`a chart comes from a file after a look at what it does, ${how(javaScript)}`, { javaScript, ...refused }, async ({ page }) => {
    const home = await enter(page);
    await page.goto(`${home}/accounting`);
    await page.getByRole('link', { name: 'Import' }).click();
    await axe(page);
    if (javaScript) await shot(page, 'chart-import');
    await page.getByRole('button', { name: 'Read it' }).click();
    assert.match(await page.locator('#field-file-error').innerText(), /Choose a file, or paste the chart/);
    await field(page, 'pasted').fill([
      'Account Number,Account Name,Type,Detail Type,Description,Balance',
      ',Accounts Receivable (A/R),Accounts receivable (A/R),Accounts Receivable (A/R),,0.00',
      '6710,Workshop:Tools,Expenses,Supplies & Materials,"Small ones, ""sharp""",',
      '6700,Workshop,Expense,,,',
      '6205,Rent,Expenses,,,',
      ',Petty Treasure,Trinkets,,,',
    ].join('\n'));
    await page.getByRole('button', { name: 'Read it' }).click();
    await page.getByRole('button', { name: 'Add 2 accounts, change 1' }).waitFor();
    const rows = await page.locator('.rows tbody').innerText();
    assert.match(rows, /Petty Treasure[^]*left out[^]*“Trinkets” is no account type/);
    assert.match(rows, /Number: 6200 → 6205/);
    await axe(page);
    if (javaScript) await shot(page, 'chart-import-preview');
    await page.getByRole('button', { name: 'Add 2 accounts, change 1' }).click();
    await page.getByText('Recorded: 2 accounts added, 1 changed.').waitFor();
    assert.match(await rowOf(page, 'Tools').innerText(), /6710/);
    await axe(page);
  });
}

test('the chart agrees with the balance sheet, and leaves and comes back as a file', async ({ page }) => {
  const home = await enter(page);
  // The chart shows what this fiscal year earned.
  await post(page, home, dayFromToday(0), 'Business Checking', 'Sales of Services', '900');
  await post(page, home, dayFromToday(0), 'Rent', 'Business Checking', '300');
  await page.goto(`${home}/accounting`);
  const total = async (section) => page.locator('.section-total', { hasText: `Total ${section}` }).locator('.how-much > .num').first().innerText();
  assert.equal(await total('Bank'), '600.00');
  assert.equal(await total('Expenses'), '300.00');
  assert.match(await page.locator('.section-total', { hasText: 'Total Equity' }).innerText(), /net income so far[^]*600\.00/);
  await page.goto(`${home}/reports/balance-sheet`);
  assert.match(await page.locator('main').innerText(), /Total Assets\s+600\.00/);

  await page.goto(`${home}/accounting?balance=yes&sort=balance`);
  assert.deepEqual(
    await page.locator('.account-chart td.what a').allInnerTexts(),
    ['Business Checking', 'Sales of Services', 'Rent'],
  );
  await field(page, 'text').fill('no such thing');
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await page.getByText('No account fits').waitFor();
  await axe(page);

  await page.goto(`${home}/accounting`);
  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: 'CSV' }).click();
  const file = await readFile(await (await downloading).path());
  assert.match(file.toString(), /^Account Number,Account Name,Type,Detail Type,Description,Balance\r\n1000,Business Checking,Bank,Checking,,600\.00\r\n/);
  await page.goto(`${home}/accounting/accounts/import`);
  await page.locator('input[type=file]').setInputFiles({ name: 'chart.csv', mimeType: 'text/csv', buffer: file });
  await page.getByRole('button', { name: 'Read it' }).click();
  await page.getByText('Every account of the file is there already').waitFor();
});

test('an account is added, edited and merged by keyboard alone', async ({ page }) => {
  const home = await enter(page);
  await page.goto(`${home}/accounting`);
  await page.locator('#page').getByText('Keys on').waitFor();
  // n for new, Tab from field to field, Enter to send.
  const onto = async (name) => {
    for (let presses = 0; presses < 60; presses += 1) {
      if (await page.evaluate((of) => document.activeElement?.name === of, name)) return;
      await page.keyboard.press('Tab');
    }
    assert.fail(`Tab does not come to ${name}`);
  };
  await page.locator('main a[data-key="n"]').focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/accounts\/new$/);
  await onto('kind');
  await page.keyboard.type('Travel');
  await onto('name');
  await page.keyboard.type('Bike Trips');
  await page.keyboard.press('Enter');
  await page.waitForURL(/accounts\/\d+$/);
  assert.equal(await page.locator('h1').innerText(), 'Bike Trips');
  const account = new URL(page.url()).pathname;

  // The chart by j and Enter; its search by /.
  await page.goto(`${home}/accounting`);
  await page.locator('#page').getByText('Keys on').waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('bike');
  await page.keyboard.press('Enter');
  await page.waitForURL(/text=bike/);
  await page.locator('#page').getByText('Keys on').waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname === account);

  const follow = async (text) => {
    for (let presses = 0; presses < 80; presses += 1) {
      if (await page.evaluate((of) => document.activeElement?.textContent?.trim() === of, text)) {
        await page.keyboard.press('Enter');
        return;
      }
      await page.keyboard.press('Tab');
    }
    assert.fail(`Tab does not come to ${text}`);
  };
  await follow('Edit');
  await page.waitForURL(/edit$/);
  await onto('number');
  await page.keyboard.type('6281');
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname === account);
  assert.equal(await page.locator('h1').innerText(), '6281 Bike Trips');

  await follow('Merge into another…');
  await page.waitForURL(/merge$/);
  await onto('into');
  await page.keyboard.type('6280 Travel');
  await page.keyboard.press('Escape');
  await follow('Merge the account');
  await page.waitForURL((url) => /accounts\/\d+$/.test(url.pathname) && url.pathname !== account);
  assert.equal(await page.locator('h1').innerText(), '6280 Travel');
});
