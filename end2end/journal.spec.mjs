// Journal entries by keyboard alone, templates that make entries when they are due, rows from a spreadsheet, and a file that is imported.

import assert from 'node:assert/strict';
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
const value = (page, name) => field(page, name).inputValue();

// Moves the focus on by Tab until it is on what `selector` finds, as somebody without a mouse does.
async function tabTo(page, selector) {
  for (let steps = 0; steps < 120; steps += 1) {
    const is_there = await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector);
    if (is_there) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`Tab never comes to ${selector}`);
}

// The ends of three months in a row, the first of them in more than a month, on a 31st.
function comingMonthEnds() {
  const [month, , year] = dayFromToday(0).split('/').map(Number);
  const end = (ahead) => new Date(Date.UTC(year, month + ahead, 0));
  const first = [2, 3].find((ahead) => end(ahead).getUTCDate() === 31);
  return [first, first + 1, first + 2].map(end);
}

// The island is awake once it says that Enter moves on.
const awake = (page) => page.getByText('Enter moves on').waitFor();

test('an accrual is entered, reversed, copied and made a template by keyboard alone', refused, async ({ page }) => {
  const home = await enter(page);
  await page.goto(`${home}/accounting/journal/new`);
  await awake(page);
  const typed = async (text) => { await page.keyboard.type(text); await page.keyboard.press('Enter'); };

  // The date is filled with today; Enter goes from field to field.
  await tabTo(page, '[name=date]');
  await page.keyboard.press('Control+a');
  await typed('10/31/2026');
  await typed('');
  await typed('Wages of October');
  await typed('Wages');
  await typed('Last week of October');
  await typed('');
  await typed('12*40');
  await typed('');
  await typed('Payroll Liab');
  await typed('');
  await typed('');
  await typed('');
  await typed('480');
  assert.equal(await value(page, 'lines.0.debit'), '480.00');
  assert.equal(await value(page, 'lines.1.account'), '2300 Payroll Liabilities');
  assert.match(await page.getByRole('status').first().innerText(), /In balance/);

  await tabTo(page, '[value=copy_down]');
  await page.keyboard.press('Enter');
  assert.equal(await value(page, 'lines.1.description'), 'Last week of October');
  await tabTo(page, '[name=adjusting]');
  await page.keyboard.press('Space');
  await tabTo(page, '[name=accrual_only]');
  await page.keyboard.press('Space');
  await tabTo(page, '[name=reverse_on]');
  await page.keyboard.type('10/1/2026');
  await shot(page, 'journal-form');
  await tabTo(page, '.primary');
  await page.keyboard.press('Enter');
  await page.locator('#error-summary').waitFor();
  assert.match(await page.locator('#field-reverse_on-error').innerText(), /The entry is dated Oct 31, 2026/);
  await axe(page);
  await tabTo(page, '#error-summary a');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('11/1/2026');
  await tabTo(page, '.primary');
  await page.keyboard.press('Enter');
  await page.waitForURL(/journal\/\d+$/);
  const entry = new URL(page.url()).pathname;
  assert.match(await page.locator('.facts').innerText(), /Adjusting entry, accrual only[\s\S]*Reversed by\s+JE-2/);
  await axe(page);
  await shot(page, 'journal-entry-accrual');

  await tabTo(page, 'a[href*="copy="]');
  await page.keyboard.press('Enter');
  await page.waitForURL(/copy=/);
  await awake(page);
  assert.equal(await value(page, 'lines.0.debit'), '480.00');
  await tabTo(page, '[name=date]');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('11/30/2026');
  await tabTo(page, '.primary');
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => /journal\/\d+$/.test(url.pathname) && url.pathname !== entry);
  assert.equal(await page.locator('h1').innerText(), 'Journal entry JE-3');

  // Reversed afterward: the first of the next month is proposed.
  await tabTo(page, 'main summary.btn');
  await page.keyboard.press('Enter');
  await tabTo(page, '#field-date');
  assert.equal(await value(page, 'date'), '12/01/2026');
  await tabTo(page, 'button[value=reverse]');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Journal entry JE-4' }).waitFor();

  await page.goto(entry);
  await tabTo(page, 'a[href*="recurring/new"]');
  await page.keyboard.press('Enter');
  await page.waitForURL(/recurring\/new/);
  await awake(page);
  assert.equal(await value(page, 'name'), 'Wages of October');
  await tabTo(page, '[name=name]');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('Wages at month end');
  await tabTo(page, '[name=unit]');
  await page.keyboard.type('M');
  await tabTo(page, '[name=starts_on]');
  await page.keyboard.press('Control+a');
  const ends = comingMonthEnds();
  const written = (options) => ends.map((end) => new Intl.DateTimeFormat('en-US', { ...options, timeZone: 'UTC' }).format(end));
  await page.keyboard.type(written({ dateStyle: 'short' })[0]);
  await page.getByText(`Next: ${written({ dateStyle: 'medium' }).join(' · ')}`).waitFor();
  await axe(page);
  await shot(page, 'recurring-form');
  await tabTo(page, '.primary');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Wages at month end' }).waitFor();
  assert.match(await page.locator('.facts').innerText(), /Every month on the 31st or last day/);
  await axe(page);
  await shot(page, 'recurring');
});

for (const javaScript of both) {
  test(`a template makes what is due, is skipped, paused and goes on, ${how(javaScript)}`, { javaScript, ...refused }, async ({ page }) => {
    const home = await enter(page);
    await page.goto(`${home}/accounting/recurring`);
    assert.match(await page.locator('main').innerText(), /No templates yet/);
    await axe(page);
    await page.locator('main').getByRole('link', { name: 'New template' }).click();
    await field(page, 'name').fill('Rent');
    await field(page, 'unit').selectOption('month');
    await field(page, 'starts_on').fill('2/31/2026');
    await field(page, 'lines.0.account').fill('Rent');
    await field(page, 'lines.0.debit').fill('1200');
    await field(page, 'lines.1.account').fill('Business Checking');
    await field(page, 'lines.1.credit').fill('1200');
    await page.getByRole('button', { name: 'Save the template' }).click();
    await page.locator('#error-summary').waitFor();
    assert.equal(await page.locator('#field-starts_on-error').innerText(), 'February 2026 has only 28 days.');
    await field(page, 'starts_on').fill('1/31/2026');
    await page.getByRole('button', { name: 'Save the template' }).click();
    await page.getByRole('heading', { name: 'Rent', exact: true }).waitFor();
    const template = new URL(page.url()).pathname;
    assert.match(await page.locator('.facts').innerText(), /are due at once/);
    await page.getByRole('button', { name: 'Enter what is due now' }).click();
    await page.getByRole('link', { name: 'JE-1', exact: true }).waitFor();
    await axe(page);
    if (javaScript) await shot(page, 'recurring-made');

    await page.getByText(/^Skip .*…$/).click();
    await page.getByRole('button', { name: 'Skip it' }).click();
    await page.getByRole('cell', { name: 'Skipped' }).waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('button', { name: 'Go on' }).waitFor();
    await page.goto(`${home}/accounting/recurring`);
    await page.getByText('Paused').waitFor();
    await axe(page);
    if (javaScript) await shot(page, 'recurring-list');
    await page.getByRole('link', { name: 'Use now: Rent' }).click();
    assert.equal(await value(page, 'lines.0.account'), '6200 Rent');
    await page.goto(template);
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('button', { name: 'Pause' }).waitFor();
  });

  test(`rows of a spreadsheet become lines, ${how(javaScript)}`, { javaScript, ...refused }, async ({ page }) => {
    const home = await enter(page);
    await page.goto(`${home}/accounting/journal/new`);
    if (javaScript) await awake(page);
    await page.getByText('Paste rows…').click();
    await field(page, 'pasted').fill('Account\tDebit\tCredit\tMemo\n6200\t1,200.00\t\tOctober\nNowhere\t\t1,200.00\t\n');
    await page.getByRole('button', { name: 'Add the rows' }).click();
    await page.waitForFunction(() => document.querySelector('[name="lines.1.account"]')?.value === 'Nowhere');
    assert.equal(await value(page, 'lines.0.account'), javaScript ? '6200 Rent' : '6200');
    assert.equal(await value(page, 'lines.0.description'), 'October');
    assert.equal(await value(page, 'lines.1.credit'), '1,200.00');
    assert.equal(await value(page, 'pasted'), '');
    await field(page, 'date').fill('10/31/2026');
    await page.getByRole('button', { name: 'Post the entry' }).click();
    await page.locator('#error-summary').waitFor();
    assert.match(await page.locator('#field-lines-1-account-error').innerText(), /“Nowhere” is not an account/);
    await axe(page);
    if (javaScript) await shot(page, 'journal-form-pasted');
    await field(page, 'lines.1.account').fill('1000');
    await page.getByRole('button', { name: 'Post the entry' }).click();
    await page.waitForURL(/journal\/\d+$/);
  });

  test(`a file of entries is looked at, mapped and imported, ${how(javaScript)}`, { javaScript, ...refused }, async ({ page }) => {
    const home = await enter(page);
    await page.goto(`${home}/accounting/journal/import`);
    await axe(page);
    const rows = ['Journal No.,Journal Date,Account Name,Debits,Credits,Description,Name',
      'A-1,10/01/2026,Shop Rent,1200.00,,October,', 'A-1,10/01/2026,Main Checking,,1200.00,,',
      'A-2,10/02/2026,Bells and Horns,30.00,,,', 'A-2,10/02/2026,Main Checking,,30.00,,'];
    await page.setInputFiles('[name=file]', { name: 'october.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\n')) });
    await page.getByRole('button', { name: 'Look at the file' }).click();
    await page.getByText('2 entries would be new').waitFor();
    await axe(page);
    if (javaScript) await shot(page, 'journal-import');
    await field(page, 'unknown.1.account').fill('Business Checking');
    await field(page, 'unknown.2.account').fill('6200');
    await page.getByRole('button', { name: 'Look again' }).click();
    await page.getByText('Bells and Horns').first().waitFor();
    await page.getByRole('button', { name: 'Import 2 entries' }).click();
    await page.waitForURL(/accounting\/journal\?done=/);
    await page.getByText('2 entries were imported').waitFor();
    await page.getByText('A-2').first().waitFor();
  });
}

// The text that a spreadsheet puts on the clipboard.
const paste = (page, name, text) => page.evaluate(([of, rows]) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', rows);
  const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
  document.querySelector(`[name="${of}"]`).dispatchEvent(event);
}, [name, text]);

test('five hundred rows are pasted into a line, added up and posted; one more is refused', refused, async ({ page }) => {
  const home = await enter(page);
  await page.goto(`${home}/accounting/journal/new`);
  await awake(page);
  await field(page, 'date').fill('10/31/2026');
  await field(page, 'memo').fill('A long entry');
  const rows = (count) => Array.from({ length: count }, (_, n) => (n % 2 ? '1000\t\t\t\t5.00' : '6200\t\t\t5.00\t')).join('\n');
  await paste(page, 'lines.0.account', rows(501));
  await page.getByText('These are 501 rows, and the entry has room for 500.').waitFor();
  assert.equal(await value(page, 'lines.0.account'), '');

  await paste(page, 'lines.0.account', rows(500));
  await page.waitForFunction(() => document.querySelector('[name="lines.499.credit"]')?.value === '5.00', null, { timeout: 60_000 });
  assert.equal(await value(page, 'lines.498.account'), '6200 Rent');
  assert.match(await page.getByRole('status').first().innerText(), /In balance/);
  await field(page, 'lines.250.description').pressSequentially('Twenty letters typed');
  assert.equal(await value(page, 'lines.250.description'), 'Twenty letters typed');
  await page.getByRole('button', { name: 'Post the entry' }).click();
  await page.waitForURL(/journal\/\d+$/);
  assert.equal(await page.locator('.entry-lines tbody tr').count(), 500);
  assert.match(await page.locator('.entry-lines tfoot').innerText(), /1,250\.00\s+1,250\.00/);
});

for (const javaScript of both) {
  test(`a line on receivables says when it is due, ${how(javaScript)}`, { javaScript, ...refused }, async ({ page }) => {
    const home = await enter(page);
    await page.goto(`${home}/accounting/journal/new`);
    if (javaScript) await awake(page);
    // Where no script can tell which lines ask for it, the field is on every line.
    assert.equal(await field(page, 'lines.0.due').isVisible(), !javaScript);
    await field(page, 'date').fill('10/01/2026');
    await field(page, 'lines.0.account').fill('Accounts Pay');
    await field(page, 'lines.0.account').blur();
    await field(page, 'lines.0.due').waitFor();
    assert.equal(await field(page, 'lines.1.due').isVisible(), !javaScript);
    await field(page, 'lines.0.due').fill('9/30/2026');
    await field(page, 'lines.0.credit').fill('480');
    await field(page, 'lines.1.account').fill('6200');
    await field(page, 'lines.1.debit').fill('480');
    await page.getByRole('button', { name: 'Save as draft' }).click();
    await page.locator('#error-summary').waitFor();
    assert.match(await page.locator('#field-lines-0-due-error').innerText(), /before the entry's own day, Oct 1, 2026/);
    await field(page, 'lines.0.due').fill('10/31/2026');
    if (javaScript) await shot(page, 'journal-due');
    await page.getByRole('button', { name: 'Save as draft' }).click();
    await page.getByText('due Oct 31, 2026').waitFor();
  });
}

for (const javaScript of both) {
  const on = { javaScript, phone: true, ...refused };
  test(`a name that nobody has is refused within the page of a phone, ${how(javaScript)}`, on, async ({ page }) => {
    const home = await enter(page);
    await page.goto(`${home}/accounting/journal/new`);
    const typed = {
      '0.account': '6200', '0.debit': '900', '1.account': '2000', '1.credit': '900', '1.name': 'Harborside Cooperative of Boatbuilders',
    };
    for (const [name, text] of Object.entries(typed)) await field(page, `lines.${name}`).fill(text);
    await page.getByRole('button', { name: 'Post the entry' }).click();
    await page.locator('#error-summary').waitFor();
    assert.match(await page.locator('td.name .error').innerText(), /as a customer/);
    await axe(page);
    await shot(page, `journal-name-${javaScript ? 'live' : 'plain'}`);
  });
}
