// People: signing in and out, opening a company, inviting, roles, and a form that outlives its session.

import assert from 'node:assert/strict';
import { axe, oidcUrl, shot, signIn, test } from './harness.mjs';

// Refused forms are answered with 422, which a browser logs.
const refused = { expectErrors: [/status of 422/] };
const companyName = (what) => `${what} ${Math.random().toString(36).slice(2, 8)}`;

// Creates a company on the page of whoever is signed in, and gives its address: /c/<slug>.
async function createCompany(page, name) {
  await page.goto('/companies/new');
  await page.getByLabel('Legal name').fill(name);
  await page.getByLabel('Legal form').selectOption('LLC');
  await page.getByLabel('Time zone').selectOption('America/Los_Angeles');
  await page.getByLabel('Books begin on').fill('1/1/2026');
  await page.getByRole('button', { name: 'Create the company' }).click();
  await page.waitForURL(/\/c\/[a-z0-9-]+$/);
  return new URL(page.url()).pathname;
}

async function signOut(page) {
  await page.getByText('colors and signing out').locator('..').click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  // The provider asks too; with JavaScript its page presses the button by itself.
  if (page.url().startsWith(oidcUrl)) {
    await page.getByRole('button', { name: 'Sign out' }).click({ timeout: 2000 }).catch(() => {});
  }
  await page.waitForURL('/');
}

for (const javaScript of [true, false]) {
  const how = javaScript ? 'with JavaScript' : 'without JavaScript';

  test(`people come into a company and change roles, ${how}`, { javaScript, ...refused }, async ({ page, newContext }) => {
    await signIn(page, 'dana');
    const name = companyName('Juniper Cycles');
    const home = await createCompany(page, name);
    await page.goto(`${home}/settings/people`);
    await page.locator('input[name=role][value=editor]').check();
    await page.getByRole('button', { name: 'Make the link' }).click();
    const link = await page.getByLabel('Link, shown this once').inputValue();
    await axe(page);
    if (javaScript) await shot(page, 'people-invited');

    const sams = await (await newContext()).newPage();
    await sams.goto(link);
    assert.match(await sams.locator('h1').innerText(), new RegExp(`Join ${name} as an editor`));
    await axe(sams);
    if (javaScript) await shot(sams, 'invitation-signed-out');
    await sams.getByRole('link', { name: 'Sign in to accept' }).click();
    await sams.locator('button[name=person][value="demo-sam"]').click();
    await sams.getByRole('button', { name: 'Accept the invitation' }).waitFor();
    if (javaScript) await shot(sams, 'invitation');
    await sams.getByRole('button', { name: 'Accept the invitation' }).click();
    await sams.waitForURL(home);
    await sams.goto(`${home}/settings`);
    assert.match(await sams.locator('main').innerText(), /You are an editor/);
    await axe(sams);
    if (javaScript) await shot(sams, 'settings-read');

    await page.goto(`${home}/settings/people`);
    await page.getByRole('link', { name: 'Sam Okafor' }).click();
    await axe(page);
    if (javaScript) await shot(page, 'member');
    await page.locator('input[name=role][value=accountant]').check();
    await page.getByRole('button', { name: 'Save the role' }).click();
    assert.match(await page.locator('main').innerText(), /The role is changed/);
    await axe(page);
    if (javaScript) await shot(page, 'people');
    await sams.goto(`${home}/settings`);
    assert.match(await sams.locator('main').innerText(), /You are an accountant/);

    await page.goto(`${home}/settings/leave`);
    await page.getByRole('button', { name: 'Leave the company' }).click();
    assert.match(await page.getByRole('alert').innerText(), /A company needs an admin/);
    await axe(page);
    if (javaScript) await shot(page, 'leave-refused');

    await page.goto(`${home}/settings/people`);
    await page.getByRole('link', { name: 'Sam Okafor' }).click();
    await page.getByText('Remove Sam Okafor…').click();
    await page.getByRole('button', { name: 'Remove from the company' }).click();
    assert.match(await page.locator('main').innerText(), /removed from the company/);
  });

  test(`a company is created, its settings are saved and its tax id is sealed, ${how}`, { javaScript, ...refused }, async ({ page }) => {
    await signIn(page, 'dana');
    await page.goto('/companies/new');
    await axe(page);
    await page.getByLabel('Books begin on').fill('02/31/2026');
    await page.getByLabel('Legal name').fill('Kept as it was typed');
    await page.getByRole('button', { name: 'Create the company' }).click();
    assert.match(await page.getByRole('alert').innerText(), /February 2026 has only 28 days/);
    assert.equal(await page.getByLabel('Legal name').inputValue(), 'Kept as it was typed');
    await axe(page);
    if (javaScript) await shot(page, 'company-new-refused');

    const home = await createCompany(page, companyName('Alder Street Bakery'));
    await page.goto(`${home}/settings`);
    await page.getByLabel('Fiscal year begins in').selectOption('July');
    await page.getByRole('button', { name: 'Save the settings' }).click();
    assert.match(await page.locator('main').innerText(), /Saved\./);
    await axe(page);
    if (javaScript) await shot(page, 'settings');

    await page.goto(`${home}/settings/tax-id`);
    await page.getByLabel('Tax id', { exact: false }).fill('98-7654321');
    await page.getByRole('button', { name: 'Save the tax id' }).click();
    assert.match(await page.locator('main').innerText(), /•••••4321/);
    await axe(page);
    await page.getByRole('button', { name: 'Show it' }).click();
    assert.match(await page.locator('main').innerText(), /98-7654321/);
    await axe(page);
    if (javaScript) await shot(page, 'tax-id');
    await page.goto(`${home}/settings/tax-id`);
    assert.doesNotMatch(await page.content(), /98-7654321/);
  });

  test(`a form that is posted after the session ended comes back with its values, ${how}`, { javaScript }, async ({ page, context }) => {
    await signIn(page, 'dana');
    await page.goto('/companies/new');
    await page.getByLabel('Legal name').fill('Typed before the end');
    const cookies = await context.cookies();
    const other = await context.newPage();
    const home = await createCompany(other, companyName('Other Tab'));
    await other.goto(`${home}/settings`);
    await signOut(other);
    // The session has ended, and the browser does not know it yet.
    await context.addCookies(cookies.filter(({ name }) => name === 'cartefi'));

    await page.getByRole('button', { name: 'Create the company' }).click();
    assert.match(await page.locator('main').innerText(), /This browser was signed out[^]*It is kept for an hour/);
    await axe(page);
    if (javaScript) await shot(page, 'signed-out');
    await page.getByRole('link', { name: 'Sign in again' }).click();
    await page.locator('button[name=person][value="demo-dana"]').click();
    await page.waitForURL('/companies/new');
    assert.match(await page.locator('main').innerText(), /you were signed out before you sent it/);
    assert.equal(await page.getByLabel('Legal name').inputValue(), 'Typed before the end');
    await axe(page);
    if (javaScript) await shot(page, 'form-returned');
    await page.goto('/companies');
    assert.doesNotMatch(await page.locator('main').innerText(), /Typed before the end/, 'nothing is posted by itself');
  });
}

test('somebody who just signed up is told how to begin', async ({ page }) => {
  await page.goto('/companies');
  const email = `${companyName('kim').replace(' ', '.')}@example.com`;
  await page.getByLabel('Name').fill('Kim Ash');
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('button', { name: 'Sign up' }).click();
  await page.getByRole('heading', { name: 'No company yet' }).waitFor();
  await axe(page);
  await shot(page, 'companies-empty');
  await createCompany(page, companyName('Ash & Daughters'));
  await createCompany(page, companyName('Ash Rentals'));
  await page.goto('/');
  await page.waitForURL('/companies');
  await axe(page);
  await shot(page, 'companies');
});

test('a sign-in that was canceled says so', { expectErrors: [/status of 4\d\d/] }, async ({ page }) => {
  await page.goto('/login/callback?error=access_denied&state=x');
  assert.match(await page.locator('h1').innerText(), /not begun in this browser/);
  await axe(page);
  await shot(page, 'login-refused');
});

test('a company one is not in is not there', { expectErrors: [/status of 404/] }, async ({ page, newContext }) => {
  await signIn(page, 'dana');
  const home = await createCompany(page, companyName('Closed Door'));
  const lees = await (await newContext()).newPage();
  await signIn(lees, 'lee');
  const answer = await lees.goto(`${home}/settings`);
  assert.equal(answer.status(), 404);
  await axe(lees);
});
