// Help, the keys on '?', what explains a page, and the style page.

import assert from 'node:assert/strict';
import { axe, createCompany, shot, signIn, test } from './harness.mjs';

const company = (page) => createCompany(page, `Help ${Math.random().toString(36).slice(2, 8)}`);

for (const javaScript of [true, false]) {
  const how = javaScript ? 'with JavaScript' : 'without JavaScript';

  test(`a report explains itself, and its words lead into the glossary, ${how}`, { javaScript }, async ({ page }) => {
    await signIn(page, 'dana');
    const home = await company(page);
    await page.goto(`${home}/reports/balance-sheet`);
    const explained = page.locator('.explain > .body');
    assert.equal(await explained.isVisible(), false);
    await page.locator('.explain > summary').press('Enter');
    assert.match(await explained.innerText(), /What to check/);
    await axe(page);
    if (javaScript) await shot(page, 'report-explained');
    await explained.getByRole('link', { name: 'retained earnings' }).click();
    await page.waitForURL(`${home}/help#retained-earnings`);
    assert.match(await page.locator('#retained-earnings').innerText(), /profits of all earlier fiscal years/);
    await axe(page);
    if (javaScript) await shot(page, 'help');
  });
}

test('help is there for who is not signed in', async ({ page }) => {
  await page.goto('/help');
  assert.match(await page.locator('main').innerText(), /Getting started[^]*The reports[^]*The words[^]*The keys/);
  await axe(page);
  await shot(page, 'help-plain');
});

test('? tells the keys that work on the page, and each of them works', async ({ page }) => {
  await signIn(page, 'dana');
  const home = await company(page);
  await page.goto(`${home}/accounting/locks`);
  await page.waitForLoadState('networkidle');
  const dialog = page.locator('.keys-dialog');
  await page.keyboard.press('?');
  await dialog.getByText('Go to Reports').waitFor();
  assert.equal(await dialog.getByText('In a bank account’s review list').isVisible(), false, 'there is no such list here');
  await axe(page);
  await shot(page, 'keys');
  await page.keyboard.press('g');
  await page.keyboard.press('r');
  assert.equal(new URL(page.url()).pathname, `${home}/accounting/locks`, 'a dialog keeps its keys');
  await page.keyboard.press('Escape');
  assert.equal(await dialog.isVisible(), false);

  await page.keyboard.press('n');
  assert.equal(await page.locator('details.menu.new').getAttribute('open'), '', 'New is open');
  await page.keyboard.press('g');
  await page.keyboard.press('r');
  await page.waitForURL(`${home}/reports`);
  const sections = { h: '', b: '/banking', s: '/sales', p: '/purchases', a: '/accounting', t: '/settings' };
  for (const [key, path] of Object.entries(sections)) {
    await page.waitForLoadState('networkidle');
    await page.keyboard.press('g');
    await page.keyboard.press(key);
    await page.waitForURL(home + path);
  }
});

test('a key whose box is not on the page is not told, and the switch in the dialog is the one in the page', async ({ page }) => {
  await signIn(page, 'dana');
  const home = await company(page);
  await page.goto(`${home}/accounting`);
  await page.locator('#page').getByText('Keys on').waitFor();
  const [dialog, keys] = [page.locator('.keys-dialog'), page.locator('#page .keys')];
  assert.equal(await keys.getByText('select').isVisible(), false, 'accounts have no boxes');
  await page.keyboard.press('?');
  await dialog.getByText('Into the list’s search').locator('visible=true').waitFor();
  assert.equal(await dialog.getByText('Select the row, or take it out again').isVisible(), false);
  await dialog.getByRole('button', { name: 'Keys on' }).click();
  await page.keyboard.press('Escape');
  await keys.getByRole('button', { name: 'Keys off' }).click();
  await dialog.getByRole('button', { name: 'Keys on', includeHidden: true }).waitFor({ state: 'attached' });
});

test('letters are letters where one types, and the keys can be turned off', async ({ page }) => {
  await signIn(page, 'dana');
  const home = await company(page);
  await page.goto(`${home}/settings`);
  await page.waitForLoadState('networkidle');
  const name = page.getByLabel('Legal name');
  await name.fill('');
  await name.pressSequentially('n?gr');
  assert.equal(await name.inputValue(), 'n?gr');
  await page.locator('.keys-link').click();
  const dialog = page.locator('.keys-dialog');
  await dialog.getByRole('button', { name: 'Keys on' }).click();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.locator('h1').click();
  await page.keyboard.press('?');
  assert.equal(await dialog.isVisible(), false);
  await page.locator('.keys-link').click();
  await dialog.getByRole('button', { name: 'Keys off' }).click();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.keyboard.press('?');
  assert.equal(await dialog.isVisible(), true);
});

test('without JavaScript no page promises keys, and help is a press away', { javaScript: false }, async ({ page }) => {
  await signIn(page, 'dana');
  const home = await company(page);
  await page.goto(home);
  assert.equal(await page.locator('.keys-link').isVisible(), false);
  await page.locator('header').getByRole('link', { name: 'Help', exact: true }).click();
  await page.waitForURL(`${home}/help`);
});

for (const phone of [false, true]) {
  test(`the style page shows every component${phone ? ' on a phone' : ''}`, { phone }, async ({ page }) => {
    await page.goto('/style');
    await page.waitForLoadState('networkidle');
    assert.equal(await page.locator('.specimen.light').count() > 10, true);
    await axe(page);
    if (!phone) await shot(page, 'style');
  });
}
