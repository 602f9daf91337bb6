// Home and the reports: a textbook's month is imported by the command line, read in the browser, and every figure opens lines
// that add up to it.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { axe, shot, signIn, test } from './harness.mjs';

const program = fileURLToPath(new URL('../bin/cartefi', import.meta.url));
const cartefi = async (...words) => (await promisify(execFile)(program, words)).stdout;

// January 2019 of Principles of Accounting's print shop, adjusting entries included; the year after it has one sale.
const columns = 'Journal No.,Journal Date,Account Name,Account Type,Debits,Credits,Description,Name';
const entries = [
  ['01/03/2019', 'Stock issued', [['Cash', 'Bank', 20000], ['Common Stock', 'Equity', -20000]]],
  ['01/05/2019', 'Printer bought', [['Equipment', 'Fixed Asset', 3500], ['Accounts Payable', 'Accounts Payable', -3500]]],
  ['01/09/2019', 'Paid in advance', [['Cash', '', 4000], ['Unearned Revenue', 'Other Current Liability', -4000]]],
  ['01/10/2019', 'Services billed', [['Accounts Receivable', 'Accounts Receivable', 5500], ['Service Revenue', 'Income', -5500]]],
  ['01/12/2019', 'Power and water', [['Utilities Expense', 'Expense', 300], ['Cash', '', -300]]],
  ['01/14/2019', 'Dividend', [['Dividends', 'Equity', 100], ['Cash', '', -100]]],
  ['01/17/2019', 'Services for cash', [['Cash', '', 2800], ['Service Revenue', '', -2800]]],
  ['01/18/2019', 'Printer paid', [['Accounts Payable', '', 3500], ['Cash', '', -3500]]],
  ['01/20/2019', 'Salaries', [['Salaries Expense', 'Expense', 3600], ['Cash', '', -3600]]],
  ['01/23/2019', 'Customer pays', [['Cash', '', 5500], ['Accounts Receivable', '', -5500]]],
  ['01/27/2019', 'Services billed', [['Accounts Receivable', '', 1200], ['Service Revenue', '', -1200]]],
  ['01/30/2019', 'Supplies on account', [['Supplies', 'Other Current Asset', 500], ['Accounts Payable', '', -500]]],
  ['01/31/2019', 'Supplies used', [['Supplies Expense', 'Expense', 100], ['Supplies', '', -100]]],
  ['01/31/2019', 'Depreciation', [
    ['Depreciation Expense:Equipment', 'Expense', 75],
    ['Accumulated Depreciation:Equipment', 'Fixed Asset', -75],
  ]],
  ['01/31/2019', 'Advance earned', [['Unearned Revenue', '', 600], ['Service Revenue', '', -600]]],
  ['01/31/2019', 'Interest', [['Interest Receivable', 'Other Current Asset', 140], ['Interest Revenue', 'Other Income', -140]]],
  ['01/31/2019', 'Salaries owed', [['Salaries Expense', '', 1500], ['Salaries Payable', 'Other Current Liability', -1500]]],
  ['02/03/2020', '=Guarded, "quoted"', [['Cash', '', 1000], ['Service Revenue', '', -1000]]],
];

const people = { 'Accounts Receivable': 'Hollis Hardware', 'Accounts Payable': 'Copier Supply' };

function csv(of) {
  const lines = [columns];
  for (const [n, [date, words, legs]] of of.entries()) {
    for (const [account, type, amount] of legs) {
      const debit = amount > 0 ? amount : '', credit = amount < 0 ? -amount : '';
      const cells = [n + 1, date, account, type, debit, credit, words, people[account] ?? ''];
      lines.push(cells.map((cell) => `"${String(cell).replaceAll('"', '""')}"`).join(','));
    }
  }
  return lines.join('\n');
}

// A company that Dana is admin of, with these entries; gives its address.
async function company(name, of) {
  const slug = (await cartefi('company', 'create', '--name', name, '--admin', 'dana@junipercycles.example')).trim();
  if (of.length) {
    const folder = await mkdtemp(join(tmpdir(), 'cartefi-reports-'));
    await writeFile(join(folder, 'journal.csv'), csv(of));
    const outcome = JSON.parse(await cartefi('import', 'journal', join(folder, 'journal.csv'), '--company', slug));
    assert.deepEqual([outcome.new, outcome.known, outcome.doubtful, outcome.errors], [of.length, 0, 0, []]);
    await rm(folder, { recursive: true });
  }
  return `/c/${slug}`;
}

// Entries of the last months, so that Home has something to draw whatever today is.
function recent() {
  const day = (back) => {
    const date = new Date(Date.now() - back * 86_400_000);
    return [date.getMonth() + 1, date.getDate(), date.getFullYear()].map((part) => String(part).padStart(2, '0')).join('/');
  };
  const of = [[day(330), 'Stock issued', [['Cash', 'Bank', 22000], ['Common Stock', 'Equity', -22000]]]];
  for (let month = 10; month >= 0; month -= 1) {
    const sold = 5200 + ((month * 7919) % 2600), spent = 3100 + ((month * 104_729) % 1700);
    of.push([day(month * 30 + 9), 'Repairs', [['Cash', 'Bank', sold], ['Sales of Repairs', 'Income', -sold]]]);
    of.push([day(month * 30 + 3), 'Rent and wages', [['Shop Costs', 'Expense', spent], ['Cash', '', -spent]]]);
  }
  for (const back of [110, 75, 45, 20, 0]) {
    of.push([day(back), 'Bicycle sold', [
      ['Accounts Receivable', 'Accounts Receivable', 640 + 9 * back], ['Sales of Bicycles', 'Income', -640 - 9 * back],
    ]]);
  }
  return of;
}

const january = '?from=2019-01-01&to=2019-01-31';
let shop, juniper, empty;
before(async () => {
  shop = await company('Printing Plus', entries);
  juniper = await company('Juniper Cycles LLC', recent());
  empty = await company('Bare Shelf', []);
});

// Figures are compared in cents.
const cents = (text) => {
  const digits = Number(text.replace(/[^0-9]/g, ''));
  return /^[(-]/.test(text.trim()) ? -digits : digits;
};

// The rows of the statement on the page: words and figures as texts, and where each figure leads.
async function statement(page) {
  return page.locator('.statement table:not(.on-paper) tbody tr').evaluateAll((rows) => rows.map((row) => ({
    label: row.querySelector('th').textContent.trim(),
    isLast: row.classList.contains('grand'),
    figures: [...row.querySelectorAll('td')].map((cell) => cell.textContent.trim()),
    links: [...row.querySelectorAll('td')].map((cell) => cell.querySelector('a')?.getAttribute('href')),
  })));
}

const figure = async (page, label) => (await statement(page)).findLast((row) => row.label === label)?.figures.find(Boolean);

// The lines of the ledger on the page add up from its beginning to its ending balance; gives what it moved, and the end. An
// account whose figure sums closed years too ends with that figure.
async function ledger(page) {
  const rows = await page.locator('table.ledger tbody tr:not(.brought)').evaluateAll((found) => found.map((row) =>
    [...row.querySelectorAll('td')].slice(-3).map((cell) => cell.textContent.replace('Cr', '').trim())));
  const end = cents(await page.locator('.ledger .ending td').textContent());
  const moved = cents(await page.locator('.ledger .moved').textContent());
  const beginning = cents(await page.locator('.ledger .brought td').textContent());
  const isDebit = /usually a debit/.test(await page.locator('.page-head').textContent());
  let balance = beginning;
  for (const [debit, credit, after] of rows) {
    balance += (cents(debit || '0') - cents(credit || '0')) * (isDebit ? 1 : -1);
    assert.equal(balance, cents(after), 'each line has the balance after it');
  }
  assert.deepEqual([balance, balance - beginning], [end, moved], `the lines at ${page.url()} add up`);
  const closed = page.locator('.closed-years .grand td');
  return { moved, end: await closed.count() ? cents(await closed.textContent()) : end };
}

// Follows every figure of the statement at this address: each opens an account's lines, a total's accounts or a profit and loss
// that come to it. Gives how many there were.
async function walk(page, address, { period }) {
  await page.goto(address);
  const rows = await statement(page);
  let walked = 0;
  for (const row of rows) {
    for (const [n, href] of row.links.entries()) {
      const shown = row.figures[n];
      assert.equal(Boolean(href), Boolean(shown), `${row.label} opens what it sums`);
      if (!href) continue;
      walked += 1;
      await page.goto(href);
      let opened;
      if (href.includes('/ledger?')) {
        const { moved, end } = await ledger(page);
        opened = period ? moved : end;
      } else {
        const parts = await statement(page);
        const amounts = parts.filter((part) => part.figures.some(Boolean) && !part.isLast);
        const last = parts.findLast((part) => part.isLast);
        // A total opens its parts in the same columns.
        const column = last.figures.length === row.figures.length ? n : 0;
        opened = cents(last.figures[column]);
        if (href.includes('total=')) {
          assert.equal(amounts.reduce((sum, part) => sum + cents(part.figures[column]), 0), opened, `the parts of ${row.label}`);
        }
      }
      // A trial balance says the side by the column, a cash flow by what it did to cash, an account's ledger by the sign.
      assert.equal(Math.abs(opened), Math.abs(cents(shown)), `${row.label} ${shown} opens what comes to it: ${href}`);
      if (!/trial-balance|cash-flow/.test(address)) assert.equal(opened, cents(shown), `${row.label} has one sign on both pages`);
    }
  }
  return walked;
}

// A file of the page: its text, as a browser saves it.
async function file(page, button) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: button, exact: true }).click()]);
  const chunks = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  return { name: download.suggestedFilename(), text: Buffer.concat(chunks).toString() };
}

test('the textbook’s profit and loss is the textbook’s, and every figure opens what it sums', async ({ page }) => {
  await signIn(page, 'dana');
  assert.ok(await walk(page, `${shop}/reports/profit-and-loss${january}`, { period: true }) > 10);
  await page.goto(`${shop}/reports/profit-and-loss${january}`);
  assert.equal(await figure(page, 'Net Income'), '4,665.00');
  assert.equal(await figure(page, 'Total Income'), '10,100.00');
  assert.match(await page.locator('.statement-head').innerText(), /^Printing Plus\s+Profit and loss, accrual basis, in USD\s+January 1 to 31, 2019$/);
  assert.match(await page.locator('.provenance').innerText(), /^Made .* (AM|PM) \S+ from everything up to change \d+ \(chain [0-9a-f]{12}\)/);
  await axe(page);
  await shot(page, 'profit-and-loss');
});

test('the textbook’s balance sheet balances, and every figure opens what it sums', async ({ page }) => {
  await signIn(page, 'dana');
  assert.ok(await walk(page, `${shop}/reports/balance-sheet?as_of=2019-01-31`, { period: false }) > 20);
  await page.goto(`${shop}/reports/balance-sheet?as_of=2019-01-31`);
  assert.equal(await figure(page, 'Total Assets'), '29,965.00');
  assert.equal(await figure(page, 'Total Liabilities and Equity'), '29,965.00');
  assert.equal(await figure(page, 'Net Income'), '4,665.00');
  assert.equal(await figure(page, 'Assets less Liabilities and Equity'), '0.00');
  await axe(page);
  await shot(page, 'balance-sheet');
});

test('the textbook’s adjusted trial balance comes to 35,715 on both sides', async ({ page }) => {
  await signIn(page, 'dana');
  assert.ok(await walk(page, `${shop}/reports/trial-balance?as_of=2019-01-31`, { period: false }) > 15);
  await page.goto(`${shop}/reports/trial-balance?as_of=2019-01-31`);
  const total = (await statement(page)).at(-1);
  assert.deepEqual(total.figures, ['35,715.00', '35,715.00']);
  await axe(page);
  await shot(page, 'trial-balance');
});

test('the textbook’s cash flow ends with the cash of the balance sheet, and every figure opens what it sums', async ({ page }) => {
  await signIn(page, 'dana');
  assert.ok(await walk(page, `${shop}/reports/cash-flow${january}`, { period: true }) > 15);
  await page.goto(`${shop}/reports/cash-flow${january}`);
  assert.match(await page.locator('.statement-head').innerText(), /^Printing Plus\s+Statement of cash flows, accrual basis, in USD\s+January 1 to 31, 2019$/);
  const shown = ['Net Income', 'Accounts Receivable', 'Equipment', 'Net Change in Cash', 'Cash at End', 'Cash at End less Cash on the Balance Sheet'];
  const figures = [];
  for (const label of shown) figures.push(await figure(page, label));
  assert.deepEqual(figures, ['4,665.00', '(1,200.00)', '(3,500.00)', '24,800.00', '24,800.00', '0.00']);
  await axe(page);
  await shot(page, 'cash-flow');
});

test('twelve months stand beside each other, every figure opens its own month, and the paper lies on its long side', async ({ page }) => {
  await signIn(page, 'dana');
  const address = `${shop}/reports/profit-and-loss?from=2019-01-01&to=2019-12-31&columns=month`;
  await page.goto(address);
  assert.deepEqual(await page.locator('.statement table:not(.on-paper) thead th.num').allTextContents(), [
    ...['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'].map((month) => `${month} 2019`), 'Total',
  ]);
  const net = (await statement(page)).at(-1).figures;
  assert.deepEqual([net[0], net[1], net.at(-1)], ['4,665.00', '0.00', '4,665.00']);
  const sales = (await statement(page)).find((row) => row.label === 'Service Revenue');
  assert.match(sales.links[1], /from=2019-02-01&to=2019-02-28/);
  await axe(page);
  await shot(page, 'profit-and-loss-months');
  await walk(page, `${shop}/reports/balance-sheet?as_of=2020-12-31&from=2019-12-01&columns=year`, { period: false });
});

test('a period stands beside the one before and the year before, with the change and shares of income', { expectErrors: [/422/] }, async ({ page }) => {
  await signIn(page, 'dana');
  await page.goto(`${shop}/reports/profit-and-loss?from=2020-01-01&to=2020-12-31`);
  await page.getByLabel('Compare with').selectOption('Prior year');
  await page.getByText('More choices').click();
  await page.getByLabel('Percent of income').check();
  await page.getByRole('button', { name: 'Show' }).click();
  assert.match(page.url(), /compare=prior-year/);
  const revenue = (await statement(page)).find((row) => row.label === 'Service Revenue');
  assert.deepEqual(revenue.figures, ['1,000.00', '100.0%', '10,100.00', '(9,100.00)', '-90.1%']);
  await axe(page);
  await shot(page, 'profit-and-loss-compared');
  for (const width of [832, 360]) {
    await page.setViewportSize({ width, height: 780 });
    const shown = page.locator('.statement table:not(.on-paper)');
    assert.ok(await shown.isVisible(), `five columns are shown ${width} pixels wide`);
    const last = shown.locator('thead th').last();
    await last.scrollIntoViewIfNeeded();
    const { x, width: wide } = await last.boundingBox();
    assert.ok(x >= 0 && x + wide <= width, 'the last of them is reached by scrolling');
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto(`${shop}/reports/profit-and-loss?from=2016-01-01&to=2019-12-31&columns=month`);
  assert.match(await page.locator('#field-columns-error').innerText(), /more than 36 months/);
});

test('a report is shown as it was known, beside now and the difference', async ({ page }) => {
  const address = await company('Known Then', entries.slice(0, 12));
  await signIn(page, 'dana');
  await page.goto(`${address}/reports/balance-sheet?as_of=2019-01-31`);
  const change = (await page.locator('.provenance').innerText()).match(/change ([\d,]+)/)[1].replaceAll(',', '');
  const folder = await mkdtemp(join(tmpdir(), 'cartefi-reports-'));
  await writeFile(join(folder, 'journal.csv'), csv(entries.slice(0, 17)));
  await cartefi('import', 'journal', join(folder, 'journal.csv'), '--company', address.split('/').at(-1));
  await rm(folder, { recursive: true });
  await page.goto(`${address}/reports/trial-balance?as_of=2019-01-31&known=${change}`);
  assert.deepEqual((await statement(page)).at(-1).figures, ['34,000.00', '34,000.00']);
  assert.match(await page.locator('.statement-head').innerText(), new RegExp(`As known at change ${change}, made `));
  await page.goto(`${address}/reports/balance-sheet?as_of=2019-01-31&known=${change}&now=yes`);
  const net = (await statement(page)).find((row) => row.label === 'Net Income').figures;
  assert.deepEqual(net, ['5,600.00', '4,665.00', '(935.00)']);
  await axe(page);
  await shot(page, 'balance-sheet-known');
});

test('a year that is over moves to retained earnings, and their ledger says what they sum', async ({ page }) => {
  await signIn(page, 'dana');
  await walk(page, `${shop}/reports/balance-sheet?as_of=2020-12-31`, { period: false });
  await page.goto(`${shop}/reports/balance-sheet?as_of=2020-12-31`);
  assert.equal(await figure(page, 'Retained Earnings'), '4,665.00');
  assert.equal(await figure(page, 'Net Income'), '1,000.00');
  await page.getByRole('link', { name: /^4,665.00, Retained Earnings/ }).click();
  assert.equal(await page.locator('.closed-years .grand td').textContent(), '4,665.00');
  await axe(page);
  await shot(page, 'retained-earnings');
});

for (const { report, title, address, days, dates } of [
  { report: 'balance-sheet', title: 'Balance Sheet', address: 'as_of=2019-01-31', days: ['--as-of', '2019-01-31'], dates: '2019-01-31' },
  {
    report: 'cash-flow', title: 'Statement of Cash Flows', address: january.slice(1),
    days: ['--from', '2019-01-01', '--to', '2019-01-31'], dates: '2019-01-01-to-2019-01-31',
  },
]) {
  test(`files of the ${report} say what the page and the command line say`, async ({ page }) => {
    await signIn(page, 'dana');
    await page.goto(`${shop}/reports/${report}?${address}`);
    const shown = (await statement(page)).map(({ figures }) => figures[0]).filter(Boolean).map(cents);
    const { name, text } = await file(page, 'CSV');
    assert.ok(name.endsWith(`-${report}-${dates}.csv`), name);
    const table = (csv) => csv.split('\r\n\r\n')[0];
    const amounts = table(text).split('\r\n').slice(1).map((line) => line.split(',').at(-1)).filter(Boolean).map(cents);
    assert.deepEqual(amounts, shown);
    const options = ['report', report, '--company', shop.split('/').at(-1), ...days, '--format'];
    assert.equal(table(text), table(await cartefi(...options, 'csv')));
    assert.match(text, new RegExp(`\\r\\n\\r\\nCompany,Printing Plus\\r\\nReport,${title}\\r\\n[^]*Change,\\d+\\r\\nChain,[0-9a-f]{12}\\r\\n$`));
    const made = (of) => of.replace(/^Made .*$/m, '');
    assert.equal(made((await file(page, 'Text')).text), made(await cartefi(...options, 'text')));
    const [shownJson, printedJson] = [(await file(page, 'JSON')).text, await cartefi(...options, 'json')].map(JSON.parse);
    assert.equal(shownJson.company, 'Printing Plus');
    assert.deepEqual({ ...shownJson, made_at: '' }, { ...printedJson, made_at: '' });
  });
}

// The lines of a file, without the foot that says whose it is.
const linesOf = (text) => text.split('\r\n\r\n')[0].split('\r\n');

test('cells of a file are guarded', async ({ page }) => {
  await signIn(page, 'dana');
  await page.goto(`${shop}/reports/profit-and-loss?from=2020-01-01&to=2020-12-31`);
  await page.getByRole('link', { name: /^1,000.00, Service Revenue/ }).click();
  const lines = linesOf((await file(page, 'CSV')).text);
  assert.equal(lines.length, 4, 'a head, the beginning, one line, the end');
  assert.match(lines[2], /"'=Guarded, ""quoted"""/);
});

test('a long ledger comes in pages whose balances follow on', async ({ page }) => {
  const many = Array.from({ length: 130 }, (_, n) => [
    `03/${String(1 + (n % 28)).padStart(2, '0')}/2024`, `Sale ${n}`, [['Cash', 'Bank', n + 1], ['Sales', 'Income', -n - 1]],
  ]);
  const address = await company('Counter Sales', many);
  await signIn(page, 'dana');
  await page.goto(`${address}/reports/profit-and-loss?from=2024-03-01&to=2024-03-31`);
  await page.getByRole('link', { name: /^8,515.00, Sales/ }).click();
  assert.equal(await page.locator('table.ledger tbody tr').count(), 101);
  const last = await page.locator('table.ledger tbody tr').last().locator('td').last().textContent();
  await page.getByRole('link', { name: 'Next page' }).click();
  assert.equal(await page.locator('.ledger .brought td').textContent(), last);
  assert.equal(await page.locator('table.ledger tbody tr').count(), 31);
  assert.equal(await page.locator('.ledger .ending td').textContent(), '8,515.00');
  assert.equal(linesOf((await file(page, 'CSV')).text).length, 133);
  await shot(page, 'ledger');
});

const refused = { expectErrors: [/status of 422/] };
for (const javaScript of [true, false]) {
  const how = javaScript ? '' : ' without JavaScript';
  test(`a day that is none comes back as typed, with a message at its field${how}`, { ...refused, javaScript }, async ({ page }) => {
    await signIn(page, 'dana');
    await page.goto(`${shop}/reports/profit-and-loss${january}`);
    await page.getByLabel('First day').fill('02/31/2019');
    await page.getByRole('button', { name: 'Show' }).click();
    assert.equal(await page.getByLabel('First day').inputValue(), '02/31/2019');
    assert.match(await page.locator('#field-from-error').innerText(), /28 days/);
    assert.equal(await page.locator('.statement').count(), 0);
    if (javaScript) await axe(page);
    await page.getByLabel('First day').fill('1/1/19');
    await page.getByRole('button', { name: 'Show' }).click();
    assert.equal(await figure(page, 'Net Income'), '4,665.00');
    await page.getByLabel('Period').selectOption('Last year');
    await page.getByRole('button', { name: 'Show' }).click();
    assert.match(page.url(), /period=last-year/, 'the address keeps what was meant');
    // The company's today is that of its time zone.
    const year = Number(new Intl.DateTimeFormat('en-US', { timeZone: 'America/New_York', year: 'numeric' }).format(new Date())) - 1;
    assert.match(await page.locator('.statement-head').innerText(), new RegExp(`January 1 to December 31, ${year}`));
  });
}

test('Home shows cash, earnings, what is owed and what needs doing', async ({ page }) => {
  await signIn(page, 'dana');
  await page.goto(juniper);
  assert.match(await page.getByRole('heading', { level: 1 }).innerText(), /^Good (morning|afternoon|evening), Dana$/);
  assert.equal(await page.locator('svg.chart').count(), 2);
  assert.equal(await page.getByRole('img', { name: /^Cash week by week/ }).count(), 1);
  assert.equal(await page.locator('figure table caption').count(), 2, 'each chart is a table too');
  const owed = page.locator('.panel', { hasText: 'Owed to you' });
  const ages = await owed.locator('td.num').allTextContents();
  assert.equal(ages.reduce((sum, age) => sum + cents(age), 0), cents(await owed.locator('.figure').innerText()));
  await axe(page);
  await shot(page, 'home');
  const net = (await page.locator('.panel', { hasText: 'Income and expense' }).locator('p b').innerText()).replace('net ', '');
  await page.locator('.panel', { hasText: 'Income and expense' }).getByRole('link', { name: 'Profit and loss', exact: true }).click();
  assert.equal(cents(await figure(page, 'Net Income')), cents(net.replace('$', '')));
});

test('books where nothing was ever posted say what to do first, without JavaScript', { javaScript: false }, async ({ page }) => {
  await signIn(page, 'dana');
  await page.goto(empty);
  assert.equal(await page.locator('svg.chart').count(), 0);
  for (const step of ['Import', 'Enter', 'Post']) assert.equal(await page.getByRole('link', { name: step, exact: true }).count(), 1);
  await page.goto(`${empty}/reports/balance-sheet`);
  assert.equal(await figure(page, 'Total Assets'), '0.00');
});

test('the list of reports leads to each', async ({ page }) => {
  await signIn(page, 'dana');
  for (const report of ['Profit and loss', 'Balance sheet', 'Statement of cash flows', 'Trial balance']) {
    await page.goto(`${shop}/reports`);
    await page.locator('main').getByRole('link', { name: report }).click();
    assert.equal(await page.getByRole('heading', { level: 1 }).innerText(), report);
  }
  await page.goto(`${shop}/reports`);
  await axe(page);
  await shot(page, 'reports');
  await page.goto(empty);
  await axe(page);
  await shot(page, 'home-empty');
});
