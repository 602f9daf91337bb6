// The demo company: made by the command line, entered by each of its people, and full where an empty company is empty.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { axe, shot, signIn, test } from './harness.mjs';

const program = fileURLToPath(new URL('../bin/cartefi', import.meta.url));
const cartefi = (...words) => promisify(execFile)(program, words);

let address;
before(async () => { address = `/c/${(await cartefi('demo')).stdout.trim()}`; }, { timeout: 300_000 });

test('the demo company is made once, and holds what always holds', async () => {
  const again = await cartefi('demo');
  assert.equal(`/c/${again.stdout.trim()}`, address);
  assert.match(again.stderr, /is there/);
  const checked = await cartefi('check', '--company', address.slice(3));
  assert.equal(checked.stdout, 'everything holds\n');
});

for (const [person, role] of [['dana', 'admin'], ['sam', 'editor'], ['priya', 'accountant'], ['lee', 'viewer']]) {
  test(`${person} enters the demo company as ${role}`, async ({ page }) => {
    await signIn(page, person);
    await page.goto(address);
    await page.locator('.person > summary').click();
    assert.match(await page.locator('.person .who').innerText(), new RegExp(`Role here: ${role}`));
  });
}

test('every list of the demo company has something to show', async ({ page }) => {
  await signIn(page, 'dana');
  const pages = [
    'banking', 'sales', 'purchases', 'accounting', 'accounting/journal', 'accounting/journal?state=draft',
    'accounting/recurring', 'accounting/locks', 'audit', 'reports/profit-and-loss', 'reports/balance-sheet',
  ];
  for (const name of pages) {
    await page.goto(`${address}/${name}`);
    assert.ok(await page.locator('main table tbody tr').count() > 0, `${name} has rows`);
    assert.equal(await page.locator('main .empty').count(), 0, `${name} is not empty`);
  }
});

test('the bank lines that wait have suggestions', async ({ page }) => {
  await signIn(page, 'dana');
  await page.goto(`${address}/banking`);
  await page.getByRole('link', { name: /Business Checking/ }).first().click();
  assert.ok(await page.getByText(/the same amount/).count() > 3, 'entries that may be the line');
  await shot(page, 'demo-review');
  await axe(page);
});
