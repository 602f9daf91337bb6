// What every end-to-end test stands on: one Chromium, a fresh context a test, and failure on whatever a browser complains
// about. `bin/test e2e` starts the server and says where it is in CARTEFI_URL.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { after, test as nodeTest } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from 'playwright-core';

export const baseUrl = process.env.CARTEFI_URL ?? 'http://localhost:3000';
export const oidcUrl = process.env.CARTEFI_OIDC_URL ?? 'http://localhost:3005';

const screenshots = new URL('./screenshots/', import.meta.url);
const sizes = { wide: { width: 1280, height: 900 }, phone: { width: 360, height: 780 } };
// Its background services look for hosts of the browser's maker, which a test machine need not reach.
const switches = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];

let browser;
const withoutScripts = new WeakSet();
after(() => browser?.close());

async function launch() {
  browser ??= await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true, args: switches,
  });
  return browser;
}

// A test with a page of its own: test('name', async ({ page, context }) => …). Options: `phone` for 360 pixels, `dark`,
// `javaScript: false`. The test fails when the browser logs an error, a page throws, or the content security policy
// is violated; `expectErrors` lists patterns of messages that belong to what is tested.
export function test(name, options, body) {
  if (typeof options === 'function') [options, body] = [{}, options];
  nodeTest(name, async (t) => {
    const problems = [];
    const context = await newContext(options, problems);
    try {
      const page = await context.newPage();
      await body({ t, page, context, newContext: (more = {}) => newContext({ ...options, ...more }, problems) });
    } catch (error) {
      if (problems.length) error.message += `\nThe browser said:\n${problems.join('\n')}`;
      throw error;
    } finally {
      await Promise.all(browser.contexts().map((open) => open.close()));
    }
    const unexpected = problems.filter((problem) => !options.expectErrors?.some((pattern) => pattern.test(problem)));
    assert.deepEqual(unexpected, [], 'the browser complains about nothing');
  });
}

async function newContext({ phone = false, dark = false, javaScript = true }, problems) {
  const context = await (await launch()).newContext({
    baseURL: baseUrl,
    viewport: phone ? sizes.phone : sizes.wide,
    colorScheme: dark ? 'dark' : 'light',
    javaScriptEnabled: javaScript,
    locale: 'en-US',
    timezoneId: 'America/Los_Angeles',
    // A page that is left while it fades in would say that its transition was aborted.
    reducedMotion: 'reduce',
  });
  if (!javaScript) withoutScripts.add(context);
  context.setDefaultTimeout(15_000);
  // Violations of the content security policy are console errors too.
  context.on('console', (message) => {
    if (message.type() === 'error') problems.push(`${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => problems.push(String(error.error())));
  return context;
}

// A day from today in the time zone of the tests' companies, as `month/day/year`.
export function dayFromToday(days) {
  const asked = { timeZone: 'America/Los_Angeles', year: 'numeric', month: 'numeric', day: 'numeric' };
  return new Intl.DateTimeFormat('en-US', asked).format(new Date(Date.now() + days * 86_400_000));
}

// Signs in through the provider's own pages, from wherever the page is sent to sign in. `person` is the demo person's short
// name: dana, sam, priya, lee or morgan.
export async function signIn(page, person, { secondStep = false, from = '/login' } = {}) {
  await page.goto(from);
  if (secondStep) await page.getByLabel('With a second step').check();
  await page.locator(`button[name=person][value="demo-${person}"]`).click();
  if (secondStep) {
    const code = await page.locator('.code').innerText();
    await page.getByLabel('Six digits').fill(code);
    await page.getByRole('button', { name: 'Continue' }).click();
  }
  await page.waitForURL((url) => url.origin === new URL(baseUrl).origin);
}

// Creates a company for whoever is signed in, and gives its address: /c/<slug>.
export async function createCompany(page, name) {
  await page.goto('/companies/new');
  await page.getByLabel('Legal name').fill(name);
  await page.getByLabel('Legal form').selectOption('LLC');
  await page.getByLabel('Time zone').selectOption('America/Los_Angeles');
  await page.getByLabel('Books begin on').fill('1/1/2026');
  await page.getByRole('button', { name: 'Create the company' }).click();
  await page.waitForURL(/\/c\/[a-z0-9-]+$/);
  return new URL(page.url()).pathname;
}

// Finds nothing that WCAG 2.2 AA forbids.
export async function axe(page) {
  const looked = withoutScripts.has(page.context()) ? await withTimers(page) : page;
  // In a window as high as the document, nothing that sticks to its edges covers a field by half.
  const size = looked.viewportSize();
  const height = await looked.evaluate(() => document.documentElement.scrollHeight);
  await looked.setViewportSize({ ...size, height: Math.max(size.height, height) });
  const { violations } = await new AxeBuilder({ page: looked })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  await looked.setViewportSize(size);
  const found = violations.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map((node) => node.html).join('\n  ')}`);
  assert.deepEqual(found, [], `axe finds nothing at ${page.url()}`);
}

// axe waits by timers, which never end in a browser without JavaScript: there it looks at a copy of the document in one that
// has it, without the page's own scripts.
async function withTimers(page) {
  const context = await browser.newContext({ viewport: page.viewportSize(), reducedMotion: 'reduce' });
  const copy = await context.newPage();
  const body = (await page.content()).replace(/<script[^]*?<\/script>/g, '');
  await copy.route(page.url(), (route) => route.fulfill({ contentType: 'text/html', body }));
  await copy.goto(page.url());
  return copy;
}

// Saves a picture of the whole page, wide and narrow, light and dark, as screenshots/<name>-<size>-<theme>.png. On the way it
// looks that nothing is wider than the window.
export async function shot(page, name) {
  mkdirSync(screenshots, { recursive: true });
  const before = page.viewportSize();
  for (const [size, viewport] of Object.entries(sizes)) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      const path = new URL(`${name}-${size}-${colorScheme}.png`, screenshots).pathname;
      await page.screenshot({ path, fullPage: true, animations: 'disabled' });
    }
    await fitsWindow(page, name);
  }
  await page.setViewportSize(before);
  await page.emulateMedia({ colorScheme: null });
}

async function fitsWindow(page, name) {
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(content <= window, `${name} is ${content} pixels wide in a window of ${window}`);
}
