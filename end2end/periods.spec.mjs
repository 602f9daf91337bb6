// Periods: locks of two levels, exceptions, fiscal years, closing, reopening, and what changed since.

import assert from 'node:assert/strict';
import { axe, createCompany, shot, signIn, test } from './harness.mjs';

// Refused forms are answered with 422, which a browser logs.
const refused = { expectErrors: [/status of 422/] };
const field = (page, name) => page.locator(`[name="${name}"]`);
const main = (page) => page.locator('main').innerText();

// Signs Dana in and creates a company whose books begin on the given day; gives its address: /c/<slug>.
async function enter(page, begin = '1/1/2024') {
  await signIn(page, 'dana');
  const home = await createCompany(page, `Juniper Cycles ${Math.random().toString(36).slice(2, 8)}`);
  if (begin !== '1/1/2026') {
    await page.goto(`${home}/settings`);
    await page.getByLabel('Books begin on').fill(begin);
    await page.getByRole('button', { name: 'Save the settings' }).click();
    await page.getByText('Saved.', { exact: true }).waitFor();
  }
  return home;
}

// Posts an entry of two lines; refused or not is for the caller to look at.
async function post(page, home, date, debit, credit, amount) {
  await page.goto(`${home}/accounting/journal/new`);
  await field(page, 'date').fill(date);
  await field(page, 'lines.0.account').fill(debit);
  await field(page, 'lines.0.debit').fill(amount);
  await field(page, 'lines.1.account').fill(credit);
  await field(page, 'lines.1.credit').fill(amount);
  await page.getByRole('button', { name: 'Post the entry' }).click();
}

async function posted(page, ...entry) {
  await post(page, ...entry);
  await page.waitForURL(/journal\/\d+$/);
}

async function letDanaThrough(page, home, from) {
  await page.goto(`${home}/accounting/locks`);
  await page.getByRole('link', { name: 'Let somebody through…' }).click();
  const dana = page.getByLabel('Whom').locator('option', { hasText: 'dana@junipercycles.example' });
  await page.getByLabel('Whom').selectOption(await dana.getAttribute('value'));
  await page.getByLabel('From this day on').fill(from);
  await page.getByLabel('For', { exact: true }).selectOption('4 hours');
  await page.getByLabel('Why').fill('A bill came late');
  await page.getByRole('button', { name: 'Let them through' }).click();
  await page.getByText('They are let through.').waitFor();
}

test('a lock for editors leaves the accountant free, and one for everyone does not', refused, async ({ page }) => {
  const home = await enter(page);
  await page.goto(`${home}/accounting/locks`);
  assert.match(await main(page), /Nothing is locked/);
  await page.getByLabel('Closed for').selectOption('Everybody below an accountant');
  await page.getByLabel('Locked through').fill('9/30/2026');
  await page.getByLabel('Why').fill('I am finishing the quarter');
  await page.getByRole('button', { name: 'Lock the period' }).click();
  await page.getByText('No day is locked for you').waitFor();
  await posted(page, home, '9/30/2026', 'Insurance', 'Business Checking', '20');

  await page.goto(`${home}/accounting/locks`);
  await page.getByLabel('Closed for').selectOption('Everyone');
  await page.getByLabel('Locked through').fill('8/31/2026');
  await page.getByLabel('Why').fill('August is filed');
  await page.getByRole('button', { name: 'Move the lock' }).click();
  await page.getByText('Locked through Aug 31, 2026').first().waitFor();
  await axe(page);
  await shot(page, 'periods-locks');
  await post(page, home, '8/31/2026', 'Insurance', 'Business Checking', '20');
  assert.match(await page.locator('#field-date-error').innerText(), /locked through Aug 31, 2026 for everyone.*accountant or admin/);
  await shot(page, 'periods-refused');
  await page.locator('#field-date-error').getByRole('link', { name: 'Open Periods' }).click();
  await page.waitForURL(/accounting\/locks$/);
});

for (const javaScript of [true, false]) {
  test(`one person is let through until it is ended, ${javaScript ? 'with' : 'without'} JavaScript`, { javaScript, ...refused }, async ({ page }) => {
    const home = await enter(page);
    await page.goto(`${home}/accounting/locks`);
    await page.getByLabel('Locked through').fill('9/30/2026');
    await page.getByLabel('Why').fill('Third quarter filed');
    await page.getByRole('button', { name: 'Lock the period' }).click();
    await page.getByText('Locked through Sep 30, 2026').first().waitFor();

    await page.getByRole('link', { name: 'Let somebody through…' }).click();
    assert.equal(await page.getByLabel('From this day on').inputValue(), '09/01/2026');
    await page.getByLabel('Why').fill('A bill came late');
    await page.getByRole('button', { name: 'Let them through' }).click();
    assert.match(await page.locator('#field-person-error').innerText(), /Choose whom to let through/);
    assert.equal(await page.getByLabel('Why').inputValue(), 'A bill came late');
    await axe(page);
    if (javaScript) await shot(page, 'periods-exception');

    await letDanaThrough(page, home, '9/1/2026');
    assert.match(await main(page), /Locked through Aug 31, 2026[\s\S]*an exception lets you through[\s\S]*Running/);
    await axe(page);
    await posted(page, home, '9/30/2026', 'Insurance', 'Business Checking', '20');

    await page.goto(`${home}/accounting/locks`);
    assert.match(await main(page), /Something changed in what is closed or locked/);
    if (javaScript) await shot(page, 'periods-locks-exception');
    await page.getByRole('button', { name: 'End it now' }).click();
    await page.getByText('The exception is ended').waitFor();
    await post(page, home, '9/30/2026', 'Insurance', 'Business Checking', '20');
    assert.match(await page.locator('#field-date-error').innerText(), /locked through Sep 30, 2026/);
  });
}

for (const phone of [false, true]) {
  test(`a year is looked over, closed, changed, seen and reopened${phone ? ' on a phone' : ''}`, { phone, ...refused }, async ({ page }) => {
    const home = await enter(page);
    await posted(page, home, '5/20/2024', 'Business Checking', 'Sales of Services', '1,000');
    await posted(page, home, '5/20/2025', 'Business Checking', 'Sales of Services', '2,500');
    await posted(page, home, '6/30/2025', 'Uncategorized Expense', 'Business Checking', '40');
    await page.goto(`${home}/accounting/years`);
    await axe(page);
    if (!phone) await shot(page, 'periods-years');
    await page.getByRole('link', { name: 'FY 2025' }).click();
    assert.match(await main(page), /1 line stands on an uncategorized account/);
    assert.match(await main(page), /The years before it that are open close with it: FY 2024/);
    await page.getByLabel('Why').fill('The return is filed');
    await page.getByRole('button', { name: 'Close the year' }).click();
    assert.match(await page.locator('#field-anyway-error').innerText(), /still open/);
    await axe(page);
    if (!phone) await shot(page, 'periods-year-checks');
    await page.getByLabel('Close it although something above is open').check();
    await page.getByRole('button', { name: 'Close the year' }).click();
    await page.getByText('The year is closed, and the books are locked').waitFor();
    assert.match(await main(page), /Nothing changed since it was closed/);
    await axe(page);

    await letDanaThrough(page, home, '12/1/2025');
    await posted(page, home, '12/31/2025', 'Insurance', 'Business Checking', '300');
    await page.goto(`${home}/accounting/years/2025-12-31`);
    assert.match(await main(page), /changed after it was closed[\s\S]*2,460\.00[\s\S]*2,160\.00[\s\S]*\(300\.00\)/);
    await axe(page);
    if (!phone) await shot(page, 'periods-year-changed');
    await page.getByRole('link', { name: 'Changed since close' }).click();
    assert.match(await main(page), /FY 2025[\s\S]*Journal entry JE-4[\s\S]*FY 2024[\s\S]*Nothing changed since/);
    await axe(page);
    if (!phone) await shot(page, 'periods-changed-since');

    await page.goto(`${home}/accounting/years/2024-12-31`);
    await page.getByText('Reopen the year…').click();
    await page.getByLabel('Why').fill('Amended');
    await page.getByRole('button', { name: 'Reopen the year', exact: true }).click();
    assert.match(await main(page), /Reopen it first: years are reopened from the last one backward/);
    await page.goto(`${home}/accounting/years/2025-12-31`);
    await page.getByText('Reopen the year…').click();
    assert.match(await main(page), /The lock for everyone moves back to Dec 31, 2024/);
    await page.getByLabel('Why').fill('An amended return');
    await page.getByRole('button', { name: 'Reopen the year', exact: true }).click();
    await page.getByText('The year is open again.').waitFor();
    assert.match(await main(page), /Reopened/);
  });
}

test('another first month is looked at before it is saved, and leaves the closed years', refused, async ({ page }) => {
  const home = await enter(page);
  await posted(page, home, '5/20/2025', 'Business Checking', 'Sales of Services', '2,500');
  await page.goto(`${home}/accounting/years/2025-12-31`);
  await page.getByLabel('Why').fill('The return is filed');
  await page.getByRole('button', { name: 'Close the year' }).click();
  await page.getByText('The year is closed, and').waitFor();
  await page.goto(`${home}/accounting/years`);
  await page.getByLabel('The years begin in').selectOption('July');
  await page.getByRole('button', { name: 'Show what would change' }).click();
  await page.getByRole('heading', { name: 'If the years begin in July' }).waitFor();
  assert.match(await main(page), /Jan 1, 2026 to Jun 30, 2026 a short year[\s\S]*Jan 1, 2025 to Dec 31, 2025 as it is/);
  await axe(page);
  await shot(page, 'periods-first-month');
  await page.getByRole('button', { name: 'Let the years begin in July' }).click();
  await page.getByText('The fiscal years begin in another month.').waitFor();
  assert.match(await main(page), /Jan 1, 2026 to Jun 30, 2026\s+short: 181 days/);
});

test('a company that began in the middle of March has a short first year', refused, async ({ page }) => {
  const home = await enter(page, '3/15/2026');
  await page.goto(`${home}/accounting/years`);
  assert.equal(await field(page, 'starts_on').inputValue(), '03/15/2026');
  await field(page, 'ends_on').fill('3/31/2027');
  await page.getByRole('button', { name: 'Set this year' }).click();
  assert.match(await page.locator('#field-ends_on-error').innerText(), /at most 53 weeks/);
  assert.match(await page.locator('#field-reason-error').innerText(), /Say why/);
  await field(page, 'ends_on').fill('12/31/2026');
  await page.getByLabel('Why').fill('We began on March 15');
  await page.getByRole('button', { name: 'Set this year' }).click();
  await page.getByText('The year’s days are set.').waitFor();
  assert.match(await main(page), /Mar 15, 2026 to Dec 31, 2026\s+short: 292 days\s+We began on March 15/);
  await page.getByRole('button', { name: 'Take back its days' }).click();
  await page.getByText('Its days follow from the first month again.').waitFor();
});
