// Reports of lines: the general ledger, the journal and a register add up on their pages and in their files; a view of them is saved,
// found by everybody in the company, renamed and removed.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { axe, shot, signIn, test } from './harness.mjs';

const program = fileURLToPath(new URL('../bin/cartefi', import.meta.url));
const cartefi = async (...words) => (await promisify(execFile)(program, words)).stdout;

// A shop's year: 60 sales and their costs, rent every month, a year before it.
function journal() {
  const lines = ['Journal No.,Journal Date,Account Name,Account Type,Debits,Credits,Description,Name'];
  const entry = (n, date, words, legs) => {
    for (const [account, type, amount, name = ''] of legs) {
      const debit = amount > 0 ? amount.toFixed(2) : '', credit = amount < 0 ? (-amount).toFixed(2) : '';
      lines.push([n, date, account, type, debit, credit, words, name].map((cell) => `"${cell}"`).join(','));
    }
  };
  entry('O-1', '12/30/2024', 'Opening sale', [['Cash', 'Bank', 4200], ['Sales of Bicycles', 'Income', -4200]]);
  for (let n = 0; n < 60; n += 1) {
    const date = `${String(1 + (n % 12)).padStart(2, '0')}/${String(1 + ((n * 7) % 27)).padStart(2, '0')}/2025`;
    const sold = 400 + ((n * 7919) % 900);
    entry(`S-${n}`, date, `Bicycle ${n}`, [
      ['Accounts Receivable', 'Accounts Receivable', sold, n % 3 ? 'Hollis Hardware' : 'Ann Reed'],
      ['Sales of Bicycles', 'Income', -sold * 0.75], ['Sales of Repairs', 'Income', -sold * 0.25],
    ]);
  }
  for (let month = 1; month <= 12; month += 1) {
    entry(`R-${month}`, `${String(month).padStart(2, '0')}/01/2025`, 'Rent', [['Shop Rent', 'Expense', 900], ['Cash', '', -900]]);
  }
  return lines.join('\n');
}

let slug, base;
before(async () => {
  slug = (await cartefi('company', 'create', '--name', 'Ledger Cycles', '--admin', 'dana@junipercycles.example')).trim();
  base = `/c/${slug}`;
  const folder = await mkdtemp(join(tmpdir(), 'cartefi-ledger-'));
  await writeFile(join(folder, 'journal.csv'), journal());
  const outcome = JSON.parse(await cartefi('import', 'journal', join(folder, 'journal.csv'), '--company', slug));
  assert.deepEqual(outcome.errors, []);
  await rm(folder, { recursive: true });
});

const year = 'from=2025-01-01&to=2025-12-31';
const cents = (text) => {
  const digits = Number(text.replace(/[^0-9]/g, '') || 0);
  return /^[(-]/.test(text.trim()) ? -digits : digits;
};

// The rows of a file without quotes or commas in its cells.
// The lines of a file, without the foot that says whose it is.
const rows = (text) => text.split('\r\n\r\n')[0].trim().split('\r\n').map((line) => line.split(','));

async function download(page, press) {
  const [file] = await Promise.all([page.waitForEvent('download'), press()]);
  return readFile(await file.path(), 'utf8');
}

// The balances are seen on a wide page, and on a narrower one by scrolling the lines within their panel.
async function balancesAreReached(page) {
  for (const width of [1280, 1024, 840]) {
    await page.setViewportSize({ width, height: 900 });
    const balance = page.locator('.ledger thead th', { hasText: 'Balance' });
    await page.locator('.ledger-lines').evaluate((lines) => { lines.scrollLeft = lines.scrollWidth; });
    const [end, edge] = [await balance.boundingBox(), await page.locator('.ledger-lines').boundingBox()].map((box) => box.x + box.width);
    assert.ok(end <= edge + 1 && edge <= width, `balances end at ${end} in lines that end at ${edge}, ${width} pixels wide`);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}

test('every page of the general ledger joins the one before, and the whole is its file', async ({ page }) => {
  await signIn(page, 'dana');
  await page.goto(`${base}/reports`);
  await page.getByRole('link', { name: 'General ledger' }).click();
  await page.goto(`${base}/reports/general-ledger?${year}`);
  assert.equal(await page.locator('.statement-head b').innerText(), 'Ledger Cycles');
  const lines = [];
  for (let pages = 0; pages < 10; pages += 1) {
    lines.push(...await page.locator('table.general tbody').evaluateAll((bodies) => bodies.flatMap((body) => {
      const account = body.querySelector('.group a').textContent;
      return [...body.querySelectorAll('tr:not(.group):not(.brought):not(.totals):not(.ending)')].map((row) => {
        const cells = [...row.querySelectorAll('td')].map((cell) => cell.textContent.replace('Cr', '').trim());
        return { account, debit: cells[4], credit: cells[5], balance: cells[6] };
      });
    })));
    const next = page.getByRole('link', { name: 'Next page' });
    if (!await next.count()) break;
    if (pages === 0) {
      await axe(page);
      await balancesAreReached(page);
    }
    await next.click();
  }
  assert.equal(lines.length, 60 * 3 + 12 * 2);
  const sum = (side) => lines.reduce((total, line) => total + cents(line[side]), 0);
  assert.equal(sum('debit'), sum('credit'));
  const text = await download(page, () => page.getByRole('link', { name: 'CSV' }).click());
  const [head, ...data] = rows(text);
  const at = (name) => head.indexOf(name);
  const ofLines = data.filter((row) => row[at('Line ID')]);
  assert.equal(ofLines.length, lines.length);
  assert.deepEqual(
    ofLines.map((row) => cents(row[at('Balance')])),
    lines.map((line) => cents(line.balance)),
  );
  assert.equal(new Set(ofLines.map((row) => row[at('Line ID')])).size, lines.length);
  // The command line prints the same, made a moment later.
  const printed = await cartefi('report', 'general-ledger', '--company', slug, '--from', '2025-01-01', '--to', '2025-12-31');
  const timeless = (file) => file.replace(/^Made,.*$/m, '');
  assert.equal(timeless(printed), timeless(text));
});

test('retained earnings begin with what earlier years earned, and accounts are chosen by boxes', async ({ page }) => {
  await signIn(page, 'dana');
  await page.goto(`${base}/reports/general-ledger?${year}`);
  await shot(page, 'general-ledger');
  await page.getByText('Narrow it, or go back in time').click();
  await page.getByText('Accounts: all').click();
  await page.getByLabel('Retained Earnings').check();
  await page.getByLabel('Shop Rent').check();
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await page.waitForURL(/account=/);
  const groups = await page.locator('table.general .group a').allInnerTexts();
  assert.deepEqual(groups.map((name) => name.replace(/^\d+ /, '')), ['Retained Earnings', 'Shop Rent']);
  assert.match(await page.locator('.general .brought').first().innerText(), /4,200\.00 that earlier fiscal years earned/);
  assert.equal(await page.locator('.general .ending .how-much').last().innerText(), '10,800.00');
  await axe(page);
  await shot(page, 'general-ledger-narrowed');
});

test('the journal report shows every entry balanced, and its file has a row a line', async ({ page }) => {
  await signIn(page, 'dana');
  await page.goto(`${base}/reports/journal?${year}`);
  let entries = 0;
  for (;;) {
    const totals = await page.locator('.journal-report .totals').evaluateAll((found) => found.map((row) =>
      [...row.querySelectorAll('td')].map((cell) => cell.textContent.trim())));
    for (const [debit, credit] of totals) assert.equal(debit, credit);
    entries += totals.length;
    const next = page.getByRole('link', { name: 'Next page' });
    if (!await next.count()) break;
    await next.click();
  }
  assert.equal(entries, 72);
  const [debit, credit] = await page.locator('.journal-report tfoot td').allInnerTexts();
  assert.equal(debit, credit);
  const [, ...data] = rows(await download(page, () => page.getByRole('link', { name: 'CSV' }).click()));
  assert.equal(data.length, 60 * 3 + 12 * 2);
  await page.goto(`${base}/reports/journal?from=2025-01-01&to=2025-01-31`);
  await axe(page);
  await shot(page, 'journal-report');
  await page.goto(`${base}/reports/journal?${year}&kind=expense`);
  assert.ok(await page.getByText('No entry fits').isVisible());
});

test('a register turns around, narrows to a customer, and goes back in time', { expectErrors: [/422/] }, async ({ page }) => {
  await signIn(page, 'dana');
  await page.goto(`${base}/accounting`);
  const row = page.locator('tr[data-row]', { hasText: 'Accounts Receivable' }).first();
  const href = await row.locator('a[href*="reports/ledger"]').getAttribute('href');
  const account = new URL(href, 'http://x').searchParams.get('account');
  const register = `${base}/reports/ledger?account=${account}&${year}`;
  await page.goto(register);
  await shot(page, 'register');
  const ending = await page.locator('.ledger .ending .how-much').innerText();
  assert.match(await page.getByRole('link', { name: 'New entry on this account' }).getAttribute('href'), new RegExp(`account=${account}`));
  await page.getByRole('link', { name: 'Newest first' }).click();
  await page.waitForURL(/order=newest/);
  assert.equal(await page.locator('.ledger .brought .how-much').first().innerText(), ending);
  const first = page.locator('.ledger tbody tr:not(.brought)').first();
  assert.equal(await first.locator('td').last().innerText(), ending);
  assert.match(await first.locator('.when').innerText(), /Dec \d+, 2025/);
  await page.getByText('Narrow it, or go back in time').click();
  await page.getByLabel('Customer or vendor').fill('ann');
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await page.waitForURL(/contact=ann/);
  assert.equal(await page.locator('.ledger tbody tr:not(.brought)').count(), 20);
  await axe(page);
  await page.getByLabel('Customer or vendor').fill('nobody');
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  assert.ok(await page.getByText('is not a customer or vendor of this company').isVisible());
  // Nothing was in the books after their first change.
  await page.goto(`${register}&known=1`);
  assert.equal(await page.locator('.ledger .ending .how-much').innerText(), '0.00');
  assert.match(await page.locator('.notice').innerText(), /As the books stand now, the ending balance is/);
});

test('on a phone each line of a register has the balance after it, on one line beside the day', { phone: true }, async ({ page }) => {
  await signIn(page, 'dana');
  await page.goto(`${base}/accounting`);
  const link = page.locator('tr[data-row]', { hasText: 'Accounts Receivable' }).first().locator('a[href*="reports/ledger"]');
  const account = new URL(await link.getAttribute('href'), 'http://x').searchParams.get('account');
  await page.goto(`${base}/reports/ledger?account=${account}&${year}&order=newest`);
  const ending = await page.locator('.ledger .brought .how-much').first().innerText();
  const first = page.locator('.ledger tbody tr:not(.brought)').first();
  assert.equal(await first.locator('.so-far').innerText(), ending);
  const [balance, day] = [await first.locator('.so-far').boundingBox(), await first.locator('.when').boundingBox()];
  assert.ok(balance.x > day.x + day.width && balance.height < 2 * day.height, JSON.stringify([balance, day]));
});

test('a view is saved with what it asks, found by others, renamed and removed', { expectErrors: [/422/] }, async ({ page }) => {
  await signIn(page, 'dana');
  await page.goto(`${base}/reports/journal?period=last-month&kind=journal_entry`);
  await page.locator('.views > summary').click();
  await page.getByLabel('Save what is shown as').fill('Entries of last month');
  await shot(page, 'views-menu');
  await page.getByRole('button', { name: 'Save view' }).click();
  await page.waitForURL(/period=last-month&kind=journal_entry&view_saved=\d+$/);
  await page.getByText('The view “Entries of last month” is saved.').waitFor();
  await shot(page, 'view-saved');
  await page.locator('.views > summary').click();
  assert.equal(await page.getByRole('link', { name: 'Entries of last month' }).getAttribute('aria-current'), 'true');
  // A name is taken once, and what was typed comes back with the message.
  await page.getByLabel('Save what is shown as').fill('entries of last month');
  await page.getByRole('button', { name: 'Save view' }).click();
  assert.ok(await page.getByText('Another view has this name.').first().isVisible());
  assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), 'entries of last month');
  await axe(page);
  await page.goto(`${base}/reports`);
  await shot(page, 'reports-list');
  await page.getByRole('link', { name: 'Entries of last month' }).click();
  await page.waitForURL(/reports\/journal\?period=last-month/);
  await page.goto(`${base}/views`);
  await axe(page);
  await shot(page, 'saved-views');
  await page.getByRole('link', { name: 'Rename or remove Entries of last month' }).click();
  await page.getByLabel('Name', { exact: true }).fill('What was entered last month');
  await page.getByRole('button', { name: 'Rename' }).click();
  await page.getByText('The view has its new name.').waitFor();
  await page.getByRole('link', { name: 'Rename or remove What was entered last month' }).click();
  await page.getByText('Remove…').click();
  await shot(page, 'saved-view-edit');
  await page.getByRole('button', { name: 'Remove this view' }).click();
  await page.getByText('The view is removed.').waitFor();
  assert.ok(await page.getByText('No view is saved yet').isVisible());
});

test('without JavaScript, by keyboard, a view is saved and opened', { javaScript: false, phone: true }, async ({ page }) => {
  await signIn(page, 'dana');
  await page.goto(`${base}/reports/general-ledger?${year}`);
  await page.locator('.views > summary').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.type('The year 2025');
  await page.keyboard.press('Enter');
  await page.locator('.views a', { hasText: 'The year 2025' }).waitFor({ state: 'attached' });
  await page.goto(`${base}/reports`);
  await page.getByRole('link', { name: 'The year 2025' }).click();
  await page.waitForURL(/general-ledger\?from=2025-01-01&to=2025-12-31$/);
});
