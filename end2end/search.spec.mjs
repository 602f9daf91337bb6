// Search and commands: the dialog by keys alone, and the page that needs no script.

import assert from 'node:assert/strict';
import { axe, createCompany, shot, signIn, test } from './harness.mjs';

async function enter(page) {
  await signIn(page, 'dana');
  const home = await createCompany(page, `Juniper Search ${Math.random().toString(36).slice(2, 8)}`);
  await page.goto(`${home}/accounting/journal/new`);
  const field = (name) => page.locator(`[name="${name}"]`);
  await field('date').fill('10/15/2026');
  await field('memo').fill('Rent of the shop at the river');
  await field('lines.0.account').fill('Insurance');
  await field('lines.0.debit').fill('1432.17');
  await field('lines.1.account').fill('Business Checking');
  await field('lines.1.credit').fill('1432.17');
  await page.getByRole('button', { name: 'Post the entry' }).click();
  await page.waitForURL(/journal\/\d+$/);
  return home;
}

const dialog = (page) => page.getByRole('dialog', { name: 'Search and commands' });
const options = (page) => dialog(page).getByRole('option');
// The island is awake once the keys are.
const awake = (page) => page.waitForFunction(() => document.querySelectorAll('leptos-island').length > 0 && performance.getEntriesByType('resource').some((entry) => entry.name.includes('.wasm') && entry.responseEnd > 0));

async function open(page) {
  await awake(page);
  for (let tries = 0; tries < 30 && !(await dialog(page).isVisible()); tries += 1) {
    await page.keyboard.press('Control+k');
    await page.waitForTimeout(100);
  }
  await options(page).first().waitFor();
}

test('by keys alone an amount leads to its entry, and a name to its page', async ({ page }) => {
  const home = await enter(page);
  await page.goto(home);
  await open(page);
  await axe(page);
  await page.keyboard.type('1,432.17');
  await dialog(page).getByText('Amounts').waitFor();
  assert.match(await options(page).first().innerText(), /JE-1/);
  await page.keyboard.press('Enter');
  await page.waitForURL(/journal\/\d+$/);

  await open(page);
  await page.keyboard.type('balance');
  await dialog(page).getByText('Pages and actions').waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  const chosen = dialog(page).locator('[aria-selected=true]');
  assert.equal(await chosen.count(), 1);
  assert.equal(await chosen.getAttribute('id'), await dialog(page).getByRole('combobox').getAttribute('aria-activedescendant'));
  await axe(page);
  await page.keyboard.press('Escape');
  await dialog(page).waitFor({ state: 'hidden' });
});

test('the dialog gives the focus back, says when nothing is found, and looks right', async ({ page }) => {
  const home = await enter(page);
  await page.goto(`${home}/reports`);
  await awake(page);
  const link = page.getByRole('link', { name: 'Balance sheet' }).first();
  await link.focus();
  await open(page);
  await page.keyboard.type('river');
  await dialog(page).getByText('Memos and lines').waitFor();
  await dialog(page).screenshot({ path: new URL('./screenshots/search-dialog.png', import.meta.url).pathname });
  await page.keyboard.press('Control+a');
  await page.keyboard.type('zebra');
  await dialog(page).getByText('Nothing is called “zebra”').waitFor();
  await page.keyboard.press('Escape');
  assert.ok(await link.evaluate((element) => element === document.activeElement));
});

test('Enter before the answer is there opens what was typed, and never what was found before', async ({ page }) => {
  const home = await enter(page);
  await page.goto(home);
  await open(page);
  // The first of what is offered is another page, and the answer takes its time.
  assert.match(await options(page).first().innerText(), /New journal entry/);
  await page.route('**/search?q=trial*', async (route) => {
    await new Promise((done) => setTimeout(done, 500));
    await route.continue();
  });
  await page.keyboard.type('trial');
  await page.keyboard.press('Enter');
  await page.waitForURL(/reports\/trial-balance$/);
});

test('what is typed into the field in the top bar goes on in the dialog', async ({ page }) => {
  const home = await enter(page);
  await page.goto(home);
  await awake(page);
  await page.getByRole('searchbox').first().click();
  await dialog(page).waitFor();
  await page.keyboard.type('JE');
  await dialog(page).getByText('Numbers and references').waitFor();
});

test('without JavaScript the field is a form and its answer a page', { javaScript: false }, async ({ page }) => {
  const home = await enter(page);
  await page.goto(home);
  await page.locator('.find input').fill('river');
  await page.locator('.find input').press('Enter');
  await page.waitForURL(/search\?q=river/);
  assert.equal(await page.locator('mark').first().innerText(), 'river');
  await axe(page);
});

test('the page of the search looks right', async ({ page }) => {
  const home = await enter(page);
  await page.goto(`${home}/search?q=re`);
  await axe(page);
  await shot(page, 'search');
  await page.goto(`${home}/search?q=zebra`);
  await axe(page);
});
