// Reports on paper: nothing is cut off, broad ones lie on the long side, each says whose and of when it is, and a total stands once.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { signIn, test } from './harness.mjs';

const program = fileURLToPath(new URL('../bin/cartefi', import.meta.url));
const cartefi = async (...words) => (await promisify(execFile)(program, words)).stdout;

// Two years of a company that turns over some hundred thousand a month, so that figures are wide, names long and lists have pages.
function journal() {
  const lines = ['Journal No.,Journal Date,Account Name,Account Type,Debits,Credits,Description,Name'];
  const entry = (n, date, words, legs) => {
    for (const [account, type, amount, name = ''] of legs) {
      const debit = amount > 0 ? amount.toFixed(2) : '', credit = amount < 0 ? (-amount).toFixed(2) : '';
      lines.push([n, date, account, type, debit, credit, words, name].map((cell) => `"${cell}"`).join(','));
    }
  };
  for (let month = 0; month < 24; month += 1) {
    const day = (of) => `${String(1 + (month % 12)).padStart(2, '0')}/${of}/${2024 + Math.floor(month / 12)}`;
    const sold = 234_567.89 + month * 1000, spent = 123_456.78 + month * 100;
    entry(`S-${month}`, day('03'), 'Bicycles and trailers sold to dealers in the north of the state, as agreed', [
      ['Cash', 'Bank', sold], ['Sales of Bicycles and Trailers', 'Income', -sold, 'Greater Northside Messenger Cooperative'],
    ]);
    entry(`C-${month}`, day('12'), 'Frames', [
      ['Cost of Frames', 'Cost of Goods Sold', spent], ['Accounts Payable', 'Accounts Payable', -spent, 'Harbor Frames and Forks'],
    ]);
    entry(`P-${month}`, day('20'), 'Paid', [
      ['Accounts Payable', 'Accounts Payable', spent, 'Harbor Frames and Forks'], ['Cash', '', -spent],
    ]);
    entry(`R-${month}`, day('28'), 'Rent', [['Occupancy:Rent of the Workshop', 'Expense', 9000], ['Cash', '', -9000]]);
  }
  return lines.join('\n');
}

let base;
before(async () => {
  const slug = (await cartefi('company', 'create', '--name', 'Paper Cycles', '--admin', 'dana@junipercycles.example')).trim();
  base = `/c/${slug}/reports`;
  const folder = await mkdtemp(join(tmpdir(), 'cartefi-paper-'));
  await writeFile(join(folder, 'journal.csv'), journal());
  const outcome = JSON.parse(await cartefi('import', 'journal', join(folder, 'journal.csv'), '--company', slug));
  assert.deepEqual(outcome.errors, []);
  await rm(folder, { recursive: true });
});

// What is left of letter paper beside its margins, at 96 pixels an inch.
const upright = { name: 'upright', box: '0 0 612 792', room: 710 };
const onItsSide = { name: 'on its long side', box: '0 0 792 612', room: 965 };
const year = 'from=2025-01-01&to=2025-12-31';
const period = /January 1 to December 31, 2025/;

const reports = [
  { name: 'the profit and loss', address: `profit-and-loss?${year}`, paper: upright, period },
  { name: 'the profit and loss of twelve months', address: `profit-and-loss?${year}&columns=month`, paper: onItsSide, period },
  {
    name: 'the profit and loss of quarters beside the year before',
    address: `profit-and-loss?${year}&columns=quarter&compare=prior-year`, paper: onItsSide, period,
  },
  { name: 'the balance sheet', address: 'balance-sheet?as_of=2025-12-31', paper: upright, period: /As of December 31, 2025/ },
  { name: 'the cash flow', address: `cash-flow?${year}`, paper: upright, period },
  {
    name: 'the trial balance before and after adjustments', address: 'trial-balance?as_of=2025-12-31&columns=adjusted',
    paper: onItsSide, period: /As of December 31, 2025/,
  },
  { name: 'the general ledger', address: `general-ledger?${year}`, paper: onItsSide, period },
  { name: 'the general ledger with who posted', address: `general-ledger?${year}&who=on`, paper: onItsSide, period },
  { name: 'the journal', address: `journal?${year}`, paper: upright, period },
];

// The tables that paper shows, each with where it ends and what is cut off in it, on a sheet of this width.
async function printed(page, paper) {
  await page.setViewportSize({ width: paper.room, height: 1000 });
  await page.emulateMedia({ media: 'print' });
  return page.locator('main table').evaluateAll((tables) => tables.filter((table) => table.checkVisibility()).map((table) => {
    const cells = [...table.querySelectorAll('th, td')].filter((cell) => cell.checkVisibility() && !cell.querySelector('.sr'));
    const isCut = (cell) => cell.scrollWidth > cell.clientWidth + 1 || cell.getBoundingClientRect().right > innerWidth + 1;
    return {
      isPart: table.classList.contains('sheet-part'),
      end: Math.floor(table.getBoundingClientRect().right),
      cut: cells.filter(isCut).map((cell) => cell.textContent.trim()),
      heads: [...table.querySelectorAll('thead tr:last-child th.num')].map((head) => head.textContent.trim()),
      names: [...table.querySelectorAll('tbody th')].map((name) => name.textContent.trim()),
      totals: [...table.querySelectorAll('tfoot')].map((foot) => getComputedStyle(foot).display),
    };
  }));
}

// The sheets of the page's paper: how each of them lies.
async function sheets(page) {
  const file = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  return [...file.matchAll(/\/MediaBox ?\[([\d .]+)\]/g)].map(([, box]) => box);
}

for (const { name, address, paper, period: dates } of reports) {
  test(`${name} is whole on paper, ${paper.name}`, async ({ page }) => {
    await signIn(page, 'dana');
    await page.goto(`${base}/${address}`);
    const tables = await printed(page, paper);
    assert.ok(tables.length > 0, 'there is something to read');
    for (const table of tables) {
      assert.ok(table.end <= paper.room + 1, `a table ends at ${table.end} of ${paper.room} pixels`);
      assert.deepEqual(table.cut, [], 'nothing is cut off');
      assert.ok(table.totals.every((display) => display === 'table-row-group'), 'a total stands under the last line alone');
    }
    const head = await page.locator('.statement-head').innerText();
    assert.match(head, /^Paper Cycles/);
    assert.match(head, dates);
    for (const hidden of ['.side', '.top', '.asks', 'main .btn']) {
      assert.equal(await page.locator(hidden).filter({ visible: true }).count(), 0, `${hidden} is for a screen`);
    }
    const boxes = await sheets(page);
    assert.ok(boxes.length > 0 && boxes.every((box) => box === paper.box), `every sheet is ${paper.name}: ${boxes}`);
  });
}

test('a register is whole on paper, and says that it is one page of several', async ({ page }) => {
  await signIn(page, 'dana');
  await page.goto(`${base}/balance-sheet?as_of=2025-12-31`);
  await page.getByRole('link', { name: /, Cash: what it sums$/ }).click();
  await page.waitForURL(/ledger\?account=/);
  const account = new URL(page.url()).searchParams.get('account');
  await page.goto(`${base}/ledger?account=${account}&from=2024-01-01&to=2025-12-31`);
  const [table] = await printed(page, onItsSide);
  assert.deepEqual([table.cut, table.heads], [[], ['Debit', 'Credit', 'Balance']]);
  assert.ok(table.end <= onItsSide.room + 1);
  assert.ok((await sheets(page)).every((box) => box === onItsSide.box));

  await page.emulateMedia({ media: null });
  await page.goto(`${base}/general-ledger?from=2024-01-01&to=2025-12-31`);
  await page.emulateMedia({ media: 'print' });
  assert.ok(await page.getByText(/lines of .* on this page, \d+ in all/).isVisible(), 'paper says what it does not hold');
  assert.equal(await page.getByRole('link', { name: 'Next page' }).count(), 0);
});

test('twenty-five columns come in parts, each with the names of the accounts', async ({ page }) => {
  await signIn(page, 'dana');
  await page.goto(`${base}/profit-and-loss?from=2024-01-01&to=2025-12-31&columns=month`);
  const whole = page.locator('.statement .scroll table');
  assert.ok(await whole.isVisible(), 'a screen shows them side by side');
  assert.equal(await page.locator('.sheet-part').filter({ visible: true }).count(), 0);
  const heads = await whole.locator('thead tr:last-child th.num').allTextContents();
  const names = (await whole.locator('tbody th').allTextContents()).map((name) => name.trim());
  assert.equal(heads.length, 25);

  const parts = await printed(page, onItsSide);
  assert.ok(parts.length > 1 && parts.every((part) => part.isPart));
  assert.deepEqual(parts.flatMap((part) => part.heads), heads.map((head) => head.trim()));
  for (const part of parts) {
    assert.deepEqual(part.names, names);
    assert.deepEqual(part.cut, []);
    assert.ok(part.end <= onItsSide.room + 1, `a part ends at ${part.end} of ${onItsSide.room} pixels`);
  }
  const boxes = await sheets(page);
  assert.ok(boxes.length >= parts.length && boxes.every((box) => box === onItsSide.box), `${boxes}`);
});
