// The server says that it lives and that it can serve.

import assert from 'node:assert/strict';
import { test as nodeTest } from 'node:test';
import { axe, baseUrl, oidcUrl, shot, signIn, test } from './harness.mjs';

nodeTest('health and readiness answer 200', async () => {
  for (const path of ['/health', '/ready']) {
    assert.equal((await fetch(new URL(path, baseUrl))).status, 200, path);
  }
});

nodeTest('the sign-in provider describes itself', async () => {
  const description = await (await fetch(new URL('/.well-known/openid-configuration', oidcUrl))).json();
  assert.equal(description.issuer, oidcUrl);
});

test('the first page is for everyone', async ({ page }) => {
  const response = await page.goto('/');
  assert.equal(response.status(), 200);
  await axe(page);
  await shot(page, 'landing');
});

test('a person signs in and arrives', async ({ page }) => {
  await signIn(page, 'dana');
  assert.match(await page.locator('body').innerText(), /Dana/);
});

test('a person signs in with a second step and without JavaScript', { javaScript: false }, async ({ page }) => {
  await signIn(page, 'dana', { secondStep: true });
  assert.match(await page.locator('body').innerText(), /Dana/);
});
