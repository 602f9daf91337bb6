// The books by hand: journal entries, the chart, the opening balances, locks, the audit log, and what is open with whom.

import assert from 'node:assert/strict';
import { axe, createCompany, shot, signIn, test } from './harness.mjs';

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

// Types one line of an entry: its account, and its amount in one of the columns.
async function typeLine(page, index, account, side, amount, more = {}) {
  await field(page, `lines.${index}.account`).fill(account);
  for (const [column, text] of Object.entries(more)) await field(page, `lines.${index}.${column}`).fill(text);
  await field(page, `lines.${index}.${side}`).fill(amount);
}

// Posts an entry of two lines and gives its page's address.
async function post(page, home, { date = '10/15/2026', memo = 'Rent', debit = 'Insurance', credit = 'Business Checking', amount = '100', name } = {}) {
  await page.goto(`${home}/accounting/journal/new`);
  await field(page, 'date').fill(date);
  await field(page, 'memo').fill(memo);
  await typeLine(page, 0, debit, 'debit', amount, name?.debit ? { name: name.debit } : {});
  await typeLine(page, 1, credit, 'credit', amount, name?.credit ? { name: name.credit } : {});
  await page.getByRole('button', { name: 'Post the entry' }).click();
  await page.waitForURL(/journal\/\d+$/);
  return new URL(page.url()).pathname;
}

// A message that came between the pointer's going down and up would move the button away.
test('a press on the button posts from whatever field it leaves', refused, async ({ page }) => {
  const home = await enter(page);
  await page.goto(`${home}/accounting/journal/new`);
  await field(page, 'date').fill('10/31/2026');
  await typeLine(page, 0, 'Insurance', 'debit', '50');
  await field(page, 'lines.1.account').fill('checking');
  await field(page, 'lines.1.credit').fill('-50');
  await page.getByRole('button', { name: 'Post the entry' }).click();
  await page.locator('#error-summary').waitFor();
  assert.equal(await page.locator('#field-lines-1-credit-error').innerText(), 'A credit cannot be negative: write 50.00 in the debit column.');
  await axe(page);
  await field(page, 'lines.1.credit').fill('-5');
  await page.keyboard.press('Enter');
  assert.match(await page.locator('#field-lines-1-credit-error').innerText(), /write 5\.00 in the debit column/);

  // What is typed and not sent is asked about; what was sent is not.
  const asked = [];
  page.on('dialog', (dialog) => { asked.push(dialog.type()); dialog.accept(); });
  await page.reload();
  assert.deepEqual(asked, ['beforeunload']);
  await page.getByText('Enter moves on').waitFor();
  await field(page, 'date').fill('10/31/2026');
  await typeLine(page, 0, 'Insurance', 'debit', '50');
  await typeLine(page, 1, 'checking', 'credit', '50');
  await page.getByRole('button', { name: 'Post the entry' }).click();
  await page.waitForURL(/journal\/\d+$/);
  assert.deepEqual(asked, ['beforeunload']);
});

for (const javaScript of both) {
  test(`an entry of 20 lines is refused, posted, revised, reversed and voided, ${how(javaScript)}`, { javaScript, ...refused }, async ({ page }) => {
    const home = await enter(page);
    await page.goto(`${home}/accounting/journal`);
    assert.match(await page.locator('main').innerText(), /No journal entries yet/);
    await axe(page);
    if (javaScript) await shot(page, 'journal-empty');
    await page.locator('main').getByRole('link', { name: 'New entry' }).first().click();

    for (let more = 0; more < 3; more += 1) await page.getByRole('button', { name: 'Add five lines' }).click();
    await field(page, 'date').fill('10/31/2026');
    await field(page, 'memo').fill('Insurance by month');
    for (let index = 0; index < 19; index += 1) await typeLine(page, index, 'Insurance', 'debit', '12*40', { description: `Month ${index + 1}` });
    await typeLine(page, 19, 'Business Checking', 'credit', '9,119.00');
    if (javaScript) {
      assert.match(await page.getByRole('status').innerText(), /Credits are 1\.00 short/);
      assert.equal(await field(page, 'lines.18.debit').inputValue(), '480.00');
    }
    await page.getByRole('button', { name: 'Post the entry' }).click();
    await page.locator('#error-summary').waitFor();
    assert.match(await page.locator('#field-lines-error').innerText(), /must be equal/);
    assert.equal(await field(page, 'lines.18.description').inputValue(), 'Month 19');
    assert.equal(await field(page, 'lines.18.debit').inputValue(), javaScript ? '480.00' : '12*40');
    await axe(page);
    if (javaScript) await shot(page, 'journal-form-refused');

    await field(page, 'lines.19.credit').fill('9,120.00');
    await page.getByRole('button', { name: 'Post the entry' }).click();
    await page.waitForURL(/journal\/\d+$/);
    const entry = new URL(page.url()).pathname;
    assert.equal(await page.locator('h1').innerText(), 'Journal entry JE-1');
    assert.match(await page.locator('tfoot').innerText(), /9,120\.00/);
    await axe(page);

    await page.getByRole('link', { name: 'Edit' }).click();
    await field(page, 'memo').fill('Insurance, corrected');
    await field(page, 'lines.0.description').fill('January');
    await page.getByRole('button', { name: 'Save the change' }).click();
    await page.waitForURL((url) => url.pathname === entry);
    const history = page.locator('.history');
    assert.match(await history.innerText(), /Changed/);
    assert.match(await history.innerText(), /Insurance by month[\s\S]*Insurance, corrected/);
    assert.match(await history.innerText(), /dana@junipercycles\.example/);
    if (javaScript) await shot(page, 'journal-entry');

    await page.getByText('Reverse…').click();
    await page.getByLabel('Reverse on').fill('11/1/2026');
    await axe(page);
    await page.getByRole('button', { name: 'Reverse the entry' }).click();
    await page.waitForURL((url) => url.pathname !== entry);
    assert.equal(await page.locator('h1').innerText(), 'Journal entry JE-2');
    assert.match(await page.locator('.facts').innerText(), /Reverses\s+JE-1/);

    await page.getByText('Void…').click();
    await page.getByRole('button', { name: 'Void the entry' }).click();
    assert.match(await page.locator('#field-reason-error').innerText(), /Say why/);
    await axe(page);
    await page.getByLabel('Why').fill('Reversed by mistake');
    await page.getByRole('button', { name: 'Void the entry' }).click();
    await page.getByText(/^Taken back/).waitFor();
    assert.match(await page.locator('.facts').innerText(), /Reversed by mistake/);
    assert.equal(await page.getByText('Void…').count(), 0);
    await axe(page);

    await page.goto(`${home}/accounting/journal?state=void`);
    assert.equal(await page.locator('tbody tr').count(), 1);
    await page.getByRole('link', { name: 'All', exact: true }).click();
    assert.equal(await page.locator('tbody tr').count(), 2);
    await axe(page);
    if (javaScript) await shot(page, 'journal');
  });

  test(`a draft is kept, changed and posted, ${how(javaScript)}`, { javaScript, ...refused }, async ({ page }) => {
    const home = await enter(page);
    await page.goto(`${home}/accounting/journal/new`);
    await field(page, 'date').fill('10/31/2026');
    await typeLine(page, 0, 'Insurance', 'debit', '50');
    await page.getByRole('button', { name: 'Save as draft' }).click();
    await page.waitForURL(/journal\/\d+$/);
    assert.equal(await page.locator('h1').innerText(), 'Journal entry, draft');
    await axe(page);

    // Posting is refused, and what was changed in the same step is kept.
    await page.getByRole('link', { name: 'Edit' }).click();
    await typeLine(page, 1, 'Business Checking', 'credit', '49');
    await page.getByRole('button', { name: 'Post the entry' }).click();
    await page.locator('#error-summary').waitFor();
    await field(page, 'lines.1.credit').fill('50');
    await page.getByRole('button', { name: 'Post the entry' }).click();
    await page.waitForURL(/journal\/\d+$/);
    assert.equal(await page.locator('h1').innerText(), 'Journal entry JE-1');
  });

  test(`what somebody else saved meanwhile is shown beside what was typed, ${how(javaScript)}`, { javaScript, ...refused }, async ({ page, context }) => {
    const home = await enter(page);
    const entry = await post(page, home);
    await page.goto(`${entry}/edit`);
    const other = await context.newPage();
    await other.goto(`${entry}/edit`);
    await field(other, 'memo').fill('Rent, by the other');
    await other.getByRole('button', { name: 'Save the change' }).click();
    await other.waitForURL((url) => url.pathname === entry);

    await field(page, 'memo').fill('Rent, mine');
    await page.getByRole('button', { name: 'Save the change' }).click();
    await page.locator('.differences').waitFor();
    const differences = await page.locator('.differences').innerText();
    assert.match(differences, /Rent, by the other/);
    assert.match(differences, /Rent, mine/);
    assert.equal(await field(page, 'memo').inputValue(), 'Rent, mine');
    await axe(page);
    if (javaScript) await shot(page, 'journal-conflict');
    await page.getByRole('button', { name: 'Save the change' }).click();
    await page.waitForURL((url) => url.pathname === entry);
    assert.match(await page.locator('.facts').innerText(), /Rent, mine/);
  });

  test(`a lock refuses an entry at its date, and is moved with a reason, ${how(javaScript)}`, { javaScript, ...refused }, async ({ page }) => {
    const home = await enter(page);
    const entry = await post(page, home, { date: '9/15/2026' });
    await page.goto(`${home}/accounting/locks`);
    assert.match(await page.locator('main').innerText(), /Nothing is locked/);
    await page.getByLabel('Locked through').fill('9/30/2026');
    await page.getByRole('button', { name: 'Lock the period' }).click();
    assert.match(await page.locator('#field-reason-error').innerText(), /Say why/);
    assert.equal(await page.getByLabel('Locked through').inputValue(), '9/30/2026');
    await page.getByLabel('Why').fill('Third quarter filed');
    await page.getByRole('button', { name: 'Lock the period' }).click();
    await page.getByText('Locked through Sep 30, 2026').first().waitFor();
    await axe(page);
    if (javaScript) await shot(page, 'locks');

    await page.goto(`${home}/accounting/journal/new`);
    await field(page, 'date').fill('9/30/2026');
    await typeLine(page, 0, 'Insurance', 'debit', '5');
    await typeLine(page, 1, 'Business Checking', 'credit', '5');
    await page.getByRole('button', { name: 'Post the entry' }).click();
    assert.match(await page.locator('#field-date-error').innerText(), /locked through Sep 30, 2026/);
    assert.match(await field(page, 'lines.1.credit').inputValue(), /^5/);

    // A locked entry is taken back on a later day.
    await page.goto(entry);
    await page.getByText('Void…').click();
    await page.getByLabel('Take it back on').fill('9/1/2026');
    await page.getByLabel('Why').fill('Twice');
    await page.getByRole('button', { name: 'Void the entry' }).click();
    assert.match(await page.locator('#field-on-error').innerText(), /locked through/);
    await page.getByLabel('Take it back on').fill('10/1/2026');
    await page.getByRole('button', { name: 'Void the entry' }).click();
    await page.getByText(/^Taken back/).waitFor();

    await page.goto(`${home}/accounting/locks`);
    await page.getByRole('button', { name: 'Open everything' }).click();
    assert.match(await page.locator('#field-reason-error').innerText(), /Say why everything is opened/);
    await page.getByLabel('Why').fill('Amended return');
    await page.getByRole('button', { name: 'Open everything' }).click();
    await page.getByText('Nothing is locked').waitFor();
    assert.match(await page.locator('tbody').innerText(), /Amended return[\s\S]*Third quarter filed/);
  });

  test(`opening balances are read from a text, looked over and saved; what is open is settled, ${how(javaScript)}`, { javaScript, ...refused }, async ({ page }) => {
    const home = await enter(page);
    await page.goto(`${home}/accounting/opening`);
    assert.match(await page.locator('main').innerText(), /Dec 31, 2025/);
    await axe(page);
    if (javaScript) await shot(page, 'opening-empty');
    await page.getByRole('link', { name: 'Read from a file' }).click();
    await page.getByRole('button', { name: 'Read it' }).click();
    assert.match(await page.locator('#error-summary').innerText(), /Choose a file, or paste/);
    await axe(page);
    await page.getByLabel('Or paste it here').fill([
      'Account,Name,Due,Debit,Credit',
      'Business Checking,,,"12,500.00",',
      'Accounts Receivable,Northside Co-op,01/15/2026,840.00,',
      'Petty Treasure,,,10.00,',
      'Accounts Payable,Cedar Property,01/05/2026,,1200.00',
    ].join('\n'));
    await page.getByRole('button', { name: 'Read it' }).click();
    assert.match(await page.locator('.notice.warn').last().innerText(), /Line 4: There is no account “Petty Treasure”/);
    assert.equal(await field(page, 'lines.1.name').inputValue(), 'Northside Co-op');
    await axe(page);
    if (javaScript) await shot(page, 'opening-read');
    await page.getByRole('button', { name: 'Save the opening entry' }).click();
    await page.locator('#error-summary').waitFor();
    assert.match(await page.locator('#field-lines-error').innerText(), /must be equal[^]*Or tick “Put the difference/);
    await page.getByLabel('Put the difference on Opening Balance Equity').check();
    await page.getByRole('button', { name: 'Save the opening entry' }).click();
    await page.getByRole('link', { name: 'History and postings' }).waitFor();
    assert.match(await page.locator('.notice').first().innerText(), /credit of 12,140\.00/);
    assert.equal(await field(page, 'lines.2.due').inputValue(), '01/05/2026');
    await axe(page);
    if (javaScript) await shot(page, 'opening');

    await page.goto(`${home}/sales`);
    assert.match(await page.locator('.open-items').innerText(), /Northside Co-op[\s\S]*Opening entry[\s\S]*Jan 15, 2026[\s\S]*days overdue[\s\S]*840\.00/);
    await page.getByLabel('Name', { exact: true }).fill('northside co-op');
    await page.getByRole('button', { name: 'Add a customer' }).click();
    assert.match(await page.locator('#field-name-error').innerText(), /Another customer or vendor has this name/);
    await page.getByLabel('Name', { exact: true }).fill('Alder Street Bakery');
    await page.getByRole('button', { name: 'Add a customer' }).click();
    await page.getByRole('link', { name: 'Alder Street Bakery' }).waitFor();

    await post(page, home, { date: '2/1/2026', memo: 'Paid', debit: 'Business Checking', credit: 'Accounts Receivable', amount: '500', name: { credit: 'Northside Co-op' } });
    await page.goto(`${home}/sales`);
    await axe(page);
    if (javaScript) await shot(page, 'sales');
    await page.locator('.open-items').getByRole('link', { name: 'Northside Co-op' }).click();
    await axe(page);
    await page.getByLabel('Amount', { exact: false }).last().fill('600');
    await page.getByRole('button', { name: 'Settle' }).click();
    assert.match(await page.locator('#field-amount-error').innerText(), /At most 500\.00/);
    await field(page, 'amount').fill('');
    await page.getByRole('button', { name: 'Settle' }).click();
    await page.getByText('Settled so far').waitFor();
    assert.match(await page.locator('tfoot').innerText(), /340\.00/);
    await axe(page);
    if (javaScript) await shot(page, 'customer');
    await page.getByRole('button', { name: /^Undo/ }).click();
    await page.getByRole('button', { name: 'Settle' }).waitFor();
    assert.equal(await page.getByText('Settled so far').count(), 0);

    await page.goto(`${home}/purchases`);
    assert.match(await page.locator('.open-items').innerText(), /Cedar Property[\s\S]*1,200\.00/);
    await axe(page);
    if (javaScript) await shot(page, 'purchases');
  });

  test(`the audit log says who did what, and the record holds, ${how(javaScript)}`, { javaScript }, async ({ page }) => {
    const home = await enter(page);
    await post(page, home, { memo: 'Rent, October' });
    await page.goto(`${home}/audit`);
    assert.match(await page.locator('.change').first().innerText(), /dana@junipercycles\.example/);
    await axe(page);
    await page.getByLabel('What', { exact: true }).selectOption('revision');
    await page.getByRole('button', { name: 'Show' }).click();
    assert.equal(new URL(page.url()).searchParams.get('table'), 'revision');
    await page.locator('.event summary').first().click();
    assert.match(await page.locator('.event').first().innerText(), /Memo[\s\S]*Rent, October[\s\S]*Total[\s\S]*100\.00/);
    await axe(page);
    await page.getByRole('link', { name: /Its history/ }).first().click();
    assert.match(await page.locator('.filter-line').innerText(), /The history of row/);

    await page.goto(`${home}/audit?person=nobody@nowhere.example`);
    assert.match(await page.locator('main').innerText(), /Nothing fits/);
    await axe(page);
    await page.getByRole('button', { name: 'Verify now' }).click();
    assert.match(await page.locator('.notice.good').innerText(), /The record holds/);
    await axe(page);
    if (javaScript) await shot(page, 'audit');
  });
}

test('a form sent twice is recorded once', { javaScript: false }, async ({ page }) => {
  const home = await enter(page);
  await page.goto(`${home}/accounting/journal/new`);
  const form = {
    request_key: await field(page, 'request_key').inputValue(),
    date: '10/31/2026',
    'lines.0.account': 'Insurance', 'lines.0.debit': '12',
    'lines.1.account': 'Business Checking', 'lines.1.credit': '12',
    action: 'post',
  };
  const send = () => page.request.post(`${home}/accounting/journal/new`, { form, maxRedirects: 0 });
  const answers = await Promise.all([send(), send()]);
  const places = answers.map((answer) => answer.headers().location);
  assert.match(places[0], /journal\/\d+$/);
  assert.equal(places[0], places[1]);
  await page.goto(`${home}/accounting/journal`);
  assert.equal(await page.locator('tbody tr').count(), 1);
});

test('the list as CSV has what the list shows', async ({ page }) => {
  const home = await enter(page);
  await post(page, home, { memo: '=HYPERLINK("x")' });
  await page.goto(`${home}/accounting/journal?text=hyper`);
  const href = await page.getByRole('link', { name: 'CSV' }).getAttribute('href');
  const csv = await (await page.request.get(href)).text();
  assert.equal(csv, 'Date,Kind,Number,Reference,Name,Memo,State,Adjusting,Amount,Currency\r\n2026-10-15,Journal entry,JE-1,,,"\'=HYPERLINK(""x"")",Posted,,100.00,USD\r\n');
});

test('the chart looks right with balances, light and dark', async ({ page }) => {
  const home = await enter(page);
  await post(page, home);
  await page.goto(`${home}/accounting`);
  const row = page.locator('tr', { hasText: 'Business Checking' });
  assert.match(await row.innerText(), /\(100\.00\)/);
  await shot(page, 'chart');
  await row.getByRole('link', { name: '(100.00)' }).click();
  assert.match(page.url(), /reports\/ledger\?account=/);
});
