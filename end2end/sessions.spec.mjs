// Where a person is signed in: seen, ended, and what the other browser is told.

import assert from 'node:assert/strict';
import { axe, createCompany, oidcUrl, shot, signIn, test } from './harness.mjs';

for (const javaScript of [true, false]) {
  const how = javaScript ? 'with JavaScript' : 'without JavaScript';

  test(`a session that is ended keeps what was typed in it, ${how}`, { javaScript }, async ({ page, newContext }) => {
    await signIn(page, 'lee', { secondStep: true });
    const there = await (await newContext()).newPage();
    await signIn(there, 'lee');
    await there.goto('/companies/new');
    await there.getByLabel('Legal name').fill('Typed elsewhere');

    await page.goto('/companies');
    await page.locator('header').getByRole('link', { name: /Lee/ }).click();
    await page.waitForURL('/account/sessions');
    const rows = page.locator('form table tbody tr');
    assert.match(await rows.nth(0).innerText(), /Chrome on Linux[^]*this browser[^]*With a second step/);
    assert.match(await rows.nth(1).innerText(), /Chrome on Linux[^]*Without a second step[^]*just now/);
    await axe(page);
    if (javaScript) await shot(page, 'sessions');
    await page.getByText('Sign out everywhere…').click();
    await axe(page);
    await rows.nth(1).getByRole('button').click();
    await page.getByText('That session is ended').waitFor();
    await axe(page);

    await there.getByRole('button', { name: 'Create the company' }).click();
    assert.match(await there.locator('main').innerText(), /This browser was signed out[^]*kept for an hour/);
    await axe(there);
    await there.getByRole('link', { name: 'Sign in again' }).click();
    assert.ok(there.url().startsWith(oidcUrl), 'the sign-in service asks, whatever it knows');
    await there.locator('button[name=person][value="demo-lee"]').click();
    await there.waitForURL('/companies/new');
    assert.match(await there.locator('main').innerText(), /This was not recorded/);
    assert.equal(await there.getByLabel('Legal name').inputValue(), 'Typed elsewhere');

    await page.reload();
    await page.getByRole('button', { name: 'Sign out everywhere else' }).click();
    await page.getByText('You are signed out everywhere else.').waitFor();
    await there.goto('/companies');
    assert.match(await there.locator('main').innerText(), /This browser was signed out/);
  });
}

test('the person menu leads to the sessions, and all of them can be ended', async ({ page }) => {
  await signIn(page, 'dana');
  await page.goto(await createCompany(page, `Sessions ${Math.random().toString(36).slice(2, 8)}`));
  await page.getByText('colors and signing out').locator('..').click();
  await page.getByRole('link', { name: 'Where you are signed in' }).click();
  await page.getByText('Sign out everywhere…').click();
  await page.getByRole('button', { name: 'Sign out everywhere', exact: true }).click();
  if (page.url().startsWith(oidcUrl)) {
    await page.getByRole('button', { name: 'Sign out' }).click({ timeout: 2000 }).catch(() => {});
  }
  await page.waitForURL('/');
  await page.goto('/account/sessions');
  assert.ok(page.url().startsWith(oidcUrl), 'nobody is signed in');
});
