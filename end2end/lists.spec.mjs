// The list of transactions: filters in the address, keys, what is done with selected rows, pages, files.

import assert from 'node:assert/strict';
import { axe, createCompany, shot, signIn, test } from './harness.mjs';

// Refused forms and filters are answered with 422, which a browser logs.
const refused = { expectErrors: [/status of 422/] };

async function enter(page) {
  await signIn(page, 'dana');
  return createCompany(page, `Juniper Lists ${Math.random().toString(36).slice(2, 8)}`);
}

const field = (page, name) => page.locator(`[name="${name}"]`);

// Writes an entry of two lines: posted, or kept as a draft.
async function write(page, home, { date = '10/15/2026', memo = 'Rent', amount = '100', other = amount, draft = false } = {}) {
  await page.goto(`${home}/accounting/journal/new`);
  await field(page, 'date').fill(date);
  await field(page, 'memo').fill(memo);
  await field(page, 'lines.0.account').fill('Insurance');
  await field(page, 'lines.0.debit').fill(amount);
  await field(page, 'lines.1.account').fill('Business Checking');
  await field(page, 'lines.1.credit').fill(other);
  await page.getByRole('button', { name: draft ? 'Save as draft' : 'Post the entry' }).click();
  await page.waitForURL(/journal\/\d+$/);
}

const numbers = (page) => page.locator('tbody td.what a').allInnerTexts();

for (const javaScript of [true, false]) {
  const how = javaScript ? 'with JavaScript' : 'without JavaScript';
  test(`drafts are posted together or not at all, ${how}`, { javaScript, ...refused }, async ({ page }) => {
    const home = await enter(page);
    await write(page, home, { memo: 'Insurance of October', draft: true });
    await write(page, home, { date: '10/20/2026', memo: 'Half an entry', other: '70', draft: true });
    await page.goto(`${home}/transactions?state=draft`);
    await page.getByRole('link', { name: 'Select all on this page' }).click();
    assert.equal(await page.locator('tbody input:checked').count(), 2);
    await axe(page);
    await page.getByRole('button', { name: 'Post the selected drafts' }).click();
    await page.locator('#error-summary').waitFor();
    const row = page.locator('tbody tr', { hasText: 'Half an entry' });
    assert.match(await row.locator('.error').innerText(), /\w/);
    assert.equal(await page.locator('tbody input:checked').count(), 2, 'what was selected stays so');
    await axe(page);
    if (javaScript) await shot(page, 'transactions-refused');

    await row.locator('input[type=checkbox]').uncheck();
    await page.getByRole('button', { name: 'Post the selected drafts' }).click();
    await page.getByText('1 draft was posted.').waitFor();
    await page.goto(`${home}/transactions`);
    assert.deepEqual(await numbers(page), ['Draft', 'JE-1']);

    await page.locator('tbody tr', { hasText: 'JE-1' }).locator('input[type=checkbox]').check();
    await page.getByRole('button', { name: 'Void the selected…' }).click();
    await page.getByText(/Void 1 entry of [\d,.]+ USD\?/).waitFor();
    await axe(page);
    if (javaScript) await shot(page, 'transactions-void-question');
    await page.getByRole('button', { name: 'Void them' }).click();
    assert.match(await page.locator('#field-reason-error').innerText(), /Say why/);
    await page.getByLabel('Reason').fill('Entered twice');
    await page.getByRole('button', { name: 'Void them' }).click();
    await page.getByText(/1 entry of [\d,.]+ USD was voided\./).waitFor();
  });
}

test('a list goes by keys alone', async ({ page }) => {
  const home = await enter(page);
  for (const [memo, amount] of [['First', '10'], ['Second', '20'], ['Third', '30']]) await write(page, home, { memo, amount });
  await page.goto(`${home}/transactions`);
  await page.getByRole('button', { name: 'Keys on' }).waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  assert.match(await page.locator('tr[data-row]:focus').innerText(), /Second/);
  await page.keyboard.press('x');
  assert.equal(await page.locator('tbody input:checked').count(), 1);
  await page.keyboard.press('k');
  assert.match(await page.locator('tr[data-row]:focus').innerText(), /Third/);
  await page.keyboard.press('/');
  await page.keyboard.type('first');
  await page.keyboard.press('Enter');
  await page.waitForURL(/text=first/);
  assert.equal(await page.locator('tbody tr').count(), 1);
  await page.getByRole('button', { name: 'Keys on' }).waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.waitForURL(/journal\/\d+$/);
  await page.goBack();
  await page.getByRole('button', { name: 'Keys on' }).waitFor();
  await page.keyboard.press('n');
  await page.waitForURL(/journal\/new$/);
});

test('filters, order and totals are in the address, and what cannot be read says so', refused, async ({ page }) => {
  const home = await enter(page);
  for (const [memo, amount] of [['Insurance', '10'], ['Insurance again', '2,000'], ['Parts', '30']]) await write(page, home, { memo, amount });
  await page.goto(`${home}/transactions`);
  assert.match(await page.locator('.pagination').innerText(), /3 transactions, 2,040\.00 USD in all/);
  await axe(page);
  await shot(page, 'transactions');
  await page.getByRole('link', { name: 'Amount' }).click();
  assert.deepEqual(await numbers(page), ['JE-2', 'JE-3', 'JE-1']);
  await page.getByText('More filters').click();
  await field(page, 'amount').fill('20 to 3000');
  await page.getByRole('button', { name: 'Show' }).click();
  assert.match(page.url(), /sort=-amount.*amount=20\+to\+3000/);
  assert.deepEqual(await numbers(page), ['JE-2', 'JE-3']);
  const csv = await page.getByRole('link', { name: 'CSV' }).getAttribute('href');
  const file = await (await page.request.get(csv)).text();
  assert.deepEqual(file.trim().split('\r\n').slice(1).map((line) => line.split(',')[2]), ['JE-2', 'JE-3']);
  await field(page, 'from').fill('2/31/2026');
  await page.getByRole('button', { name: 'Show' }).click();
  await page.locator('#field-from-error').waitFor();
  assert.equal(await field(page, 'from').inputValue(), '2/31/2026');
  await axe(page);
  await shot(page, 'transactions-filters');
});

// Receivables of two customers, entered as opening balances.
async function bringAlong(page, home) {
  await page.goto(`${home}/accounting/opening`);
  await page.getByRole('link', { name: 'Read from a file' }).click();
  await page.getByLabel('Or paste it here').fill([
    'Account,Name,Due,Debit,Credit',
    'Accounts Receivable,Northside Co-op,01/15/2026,840.00,',
    'Accounts Receivable,Alder Street Bakery,02/01/2026,60.00,',
    'Accounts Receivable,Alder Street Bakery,12/31/2099,25.00,',
  ].join('\n'));
  await page.getByRole('button', { name: 'Read it' }).click();
  await page.getByLabel('Put the difference on Opening Balance Equity').check();
  await page.getByRole('button', { name: 'Save the opening entry' }).click();
  await page.getByRole('link', { name: 'History and postings' }).waitFor();
}

for (const javaScript of [true, false]) {
  const how = javaScript ? 'with JavaScript' : 'without JavaScript';
  test(`open amounts are filtered, sorted and taken out, ${how}`, { javaScript, ...refused }, async ({ page }) => {
    const home = await enter(page);
    await bringAlong(page, home);
    await page.goto(`${home}/sales`);
    const amounts = async () => (await page.locator('.open-items tr[data-row] td.how-much').allInnerTexts()).map((text) => text.trim());
    // By name, each customer's together, first due first.
    assert.deepEqual(await amounts(), ['60.00', '25.00', '840.00']);
    assert.match(await page.locator('.pagination').first().innerText(), /3 open amounts, 925\.00 USD in all/);
    await axe(page);
    if (javaScript) await shot(page, 'sales-list');
    await page.getByRole('navigation', { name: 'How they stand' }).getByRole('link', { name: 'Overdue' }).click();
    assert.deepEqual(await amounts(), ['60.00', '840.00']);
    await page.locator('.open-items').getByRole('link', { name: 'Open', exact: true }).click();
    assert.match(page.url(), /state=overdue&sort=-open/);
    assert.deepEqual(await amounts(), ['840.00', '60.00']);
    assert.match(await page.locator('.open-items tr[data-row]').first().innerText(), /Northside Co-op/);
    const csv = await page.getByRole('link', { name: 'CSV' }).getAttribute('href');
    const file = await (await page.request.get(csv)).text();
    assert.deepEqual(file.trim().split('\r\n').slice(1).map((line) => line.split(',')[9]), ['840.00', '60.00']);
    await page.locator('.filter-form [name=contact]').fill('Nobody');
    await page.getByRole('button', { name: 'Show' }).click();
    await page.locator('#field-contact-error').waitFor();
    assert.equal(await page.locator('.filter-form [name=contact]').inputValue(), 'Nobody');
    assert.equal(await page.locator('tr[data-row]').count(), 0);
    await axe(page);
    await page.locator('.filter-form [name=contact]').fill('alder');
    await page.getByRole('button', { name: 'Show' }).click();
    assert.deepEqual(await amounts(), ['60.00']);
    await axe(page);
  });
}

test('open amounts go by keys over the heads of their groups', async ({ page }) => {
  const home = await enter(page);
  await bringAlong(page, home);
  await page.goto(`${home}/sales`);
  await page.getByRole('button', { name: 'Keys on' }).waitFor();
  for (const amount of ['60.00', '25.00', '840.00']) {
    await page.keyboard.press('j');
    assert.equal((await page.locator('tr[data-row]:focus td.how-much').innerText()).trim(), amount);
  }
  await page.keyboard.press('k');
  assert.equal((await page.locator('tr[data-row]:focus td.how-much').innerText()).trim(), '25.00');
  await page.keyboard.press('/');
  await page.keyboard.type('nothing');
  await page.keyboard.press('Enter');
  await page.waitForURL(/text=nothing/);
  assert.match(await page.locator('main').innerText(), /Nothing passes these filters/);
});

test('the audit log is narrowed, read from its oldest event, and leaves as a file', refused, async ({ page }) => {
  const home = await enter(page);
  await write(page, home, { memo: 'Insurance of October' });
  await page.goto(`${home}/audit`);
  assert.match(await page.locator('.pagination').innerText(), /[\d,]+ events/);
  await page.getByLabel('What', { exact: true }).selectOption('revision');
  await page.getByRole('button', { name: 'Show' }).click();
  assert.match(await page.locator('.pagination').innerText(), /^[1-9] events?/);
  await page.getByRole('link', { name: 'Oldest first' }).click();
  assert.match(page.url(), /table=revision&sort=oldest/);
  const csv = await page.getByRole('link', { name: 'CSV' }).getAttribute('href');
  const file = await (await page.request.get(csv)).text();
  assert.match(file, /added,Memo,,Insurance of October/);
  await page.getByLabel('What was done').selectOption('changed');
  await page.getByRole('button', { name: 'Show' }).click();
  assert.match(page.url(), /act=update/);
  await page.getByLabel('Change number').fill('twelve');
  await page.getByRole('button', { name: 'Show' }).click();
  await page.locator('#field-change-error').waitFor();
  assert.equal(await page.getByLabel('What', { exact: true }).inputValue(), 'revision', 'nothing is lost');
  assert.equal(await page.locator('.change').count(), 0);
  await axe(page);
  await shot(page, 'audit-filters');
});

for (const javaScript of [true, false]) {
  const how = javaScript ? 'with JavaScript' : 'without JavaScript';
  test(`on a phone the filters of a list stand behind a button, ${how}`, { javaScript, phone: true }, async ({ page }) => {
    const home = await enter(page);
    await write(page, home, { memo: 'Insurance of October' });
    await bringAlong(page, home);
    for (const [list, name] of [['transactions', 'text'], ['accounting/journal', 'text'], ['sales', 'contact'], ['audit', 'person']]) {
      await page.goto(`${home}/${list}`);
      assert.ok(!await field(page, name).isVisible(), `${list} shows its rows first`);
      await page.getByText('Filter', { exact: true }).press('Enter');
      assert.ok(await field(page, name).isVisible(), `the filters of ${list} open by a key`);
    }
    await page.goto(`${home}/transactions?text=october`);
    assert.ok(await field(page, 'text').isVisible(), 'a filter that is set is in sight');
    await axe(page);
  });
}
