// The provider's own tests: the code flow as a browser and CarteFi walk it, with a cookie jar and no script.

import assert from 'node:assert/strict';
import { createHash, createPublicKey, randomBytes, verify } from 'node:crypto';
import { createServer } from 'node:net';
import { after, before, test } from 'node:test';
import { startProvider } from './server.mjs';

const port = await freePort();
const issuer = `http://localhost:${port}`;
const appUrl = 'http://localhost:3990';
const clientSecret = 'a secret of the tests';
let stop;

before(async () => { stop = await startProvider({ port, appUrl, clientSecret, testSwitches: true }); });
after(() => stop());

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = probe.address();
      probe.close(() => resolve(free));
    });
  });
}

class Browser {
  #cookies = new Map();

  async fetch(url, form) {
    const response = await fetch(new URL(url, issuer), {
      method: form ? 'POST' : 'GET',
      body: form && new URLSearchParams(form),
      redirect: 'manual',
      headers: { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
      if (value) this.#cookies.set(name, value);
      else this.#cookies.delete(name);
    }
    return response;
  }

  // Follows redirects until a page or an address of CarteFi.
  async go(url, form) {
    let response = await this.fetch(url, form);
    while (response.status >= 300 && response.status < 400) {
      const location = new URL(response.headers.get('location'), issuer);
      if (location.origin !== issuer) return { location };
      response = await this.fetch(location);
    }
    return { status: response.status, headers: response.headers, body: await response.text() };
  }
}

function authorization(changes = {}) {
  const verifier = randomBytes(32).toString('base64url');
  const url = new URL('/auth', issuer);
  url.search = new URLSearchParams({
    client_id: 'cartefi', response_type: 'code', scope: 'openid profile email', redirect_uri: `${appUrl}/login/callback`,
    state: 'the state', nonce: 'the nonce', code_challenge_method: 'S256',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'), ...changes,
  });
  return { url, verifier };
}

async function tokens(code, verifier, secret = clientSecret) {
  const response = await fetch(new URL('/token', issuer), {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`cartefi:${encodeURIComponent(secret)}`)}` },
    body: new URLSearchParams({
      grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: `${appUrl}/login/callback`,
    }),
  });
  return { status: response.status, ...(await response.json()) };
}

async function claims(idToken) {
  const [head, body, signature] = idToken.split('.');
  const { kid, alg } = JSON.parse(Buffer.from(head, 'base64url'));
  assert.equal(alg, 'RS256');
  const { keys } = await (await fetch(new URL('/jwks', issuer))).json();
  const key = keys.find((candidate) => candidate.kid === kid);
  assert.ok(key, 'the key that signed is published');
  const publicKey = createPublicKey({ key, format: 'jwk' });
  assert.ok(verify('RSA-SHA256', Buffer.from(`${head}.${body}`), publicKey, Buffer.from(signature, 'base64url')));
  return { kid, ...JSON.parse(Buffer.from(body, 'base64url')) };
}

const actionOf = (page, step) => new RegExp(`action="(/interaction/[\\w-]+/${step})"`).exec(page.body)[1];

async function signIn(browser, { secondStep = false, person = 'demo-dana' } = {}) {
  const { url, verifier } = authorization();
  let page = await browser.go(url);
  page = await browser.go(actionOf(page, 'sign-in'), { person, ...(secondStep && { second_step: 'yes' }) });
  if (secondStep) {
    const code = /<p class="code">(\d{6})</.exec(page.body)[1];
    page = await browser.go(actionOf(page, 'second-step'), { code });
  }
  assert.equal(page.location.searchParams.get('state'), 'the state');
  return tokens(page.location.searchParams.get('code'), verifier);
}

test('a person picked from the list arrives with name, e-mail, amr and auth_time', async () => {
  const { id_token: idToken } = await signIn(new Browser());
  const dana = await claims(idToken);
  assert.equal(dana.iss, issuer);
  assert.equal(dana.aud, 'cartefi');
  assert.equal(dana.sub, 'demo-dana');
  assert.equal(dana.name, 'Dana Ruiz');
  assert.equal(dana.email, 'dana@junipercycles.example');
  assert.equal(dana.email_verified, true);
  assert.equal(dana.nonce, 'the nonce');
  assert.deepEqual(dana.amr, ['pwd']);
  assert.ok(Math.abs(dana.auth_time - Date.now() / 1000) < 60);
});

test('a second step is told by amr', async () => {
  const { id_token: idToken } = await signIn(new Browser(), { secondStep: true });
  assert.deepEqual((await claims(idToken)).amr, ['pwd', 'otp', 'mfa']);
});

test('wrong digits in the second step ask again', async () => {
  const browser = new Browser();
  let page = await browser.go(authorization().url);
  page = await browser.go(actionOf(page, 'sign-in'), { person: 'demo-dana', second_step: 'yes' });
  page = await browser.go(actionOf(page, 'second-step'), { code: 'wrong' });
  assert.equal(page.status, 422);
  assert.match(page.body, /not the digits/);
});

test('whoever signs up is asked for a name and an e-mail address that is not taken', async () => {
  const browser = new Browser();
  const { url, verifier } = authorization();
  let page = await browser.go(url);
  const action = actionOf(page, 'sign-up');
  page = await browser.go(action, { name: '<b>Ann</b>', email: 'DANA@junipercycles.example' });
  assert.equal(page.status, 422);
  assert.match(page.body, /has signed up already/);
  assert.match(page.body, /value="&lt;b&gt;Ann/);
  page = await browser.go(action, { name: 'Ann Low', email: 'ann@low.example' });
  const ann = await claims((await tokens(page.location.searchParams.get('code'), verifier)).id_token);
  assert.equal(ann.name, 'Ann Low');
  assert.match(ann.sub, /^person-/);
});

test('a code without its verifier, a wrong secret, or no PKCE at all is refused', async () => {
  const browser = new Browser();
  const { url } = authorization();
  const page = await browser.go(url);
  const { location } = await browser.go(actionOf(page, 'sign-in'), { person: 'demo-sam' });
  assert.equal((await tokens(location.searchParams.get('code'), 'x'.repeat(43))).error, 'invalid_grant');
  assert.equal((await tokens('any', 'x'.repeat(43), 'wrong')).error, 'invalid_client');
  const { location: refused } = await new Browser().go(authorization({ code_challenge: '', code_challenge_method: '' }).url);
  assert.equal(refused.searchParams.get('error'), 'invalid_request');
});

test('only CarteFi is returned to', async () => {
  const page = await new Browser().go(authorization({ redirect_uri: 'http://localhost:1/login/callback' }).url);
  assert.equal(page.status, 400);
  assert.match(page.body, /redirect_uri/);
  assert.match(page.headers.get('content-type'), /html/);
});

test('an interaction belongs to the browser that began it', async () => {
  const page = await new Browser().go(authorization().url);
  const other = await new Browser().go(actionOf(page, 'sign-in'), { person: 'demo-dana' });
  assert.equal(other.status, 400);
});

test('someone signed in comes back without being asked, and is asked again after signing out', async () => {
  const browser = new Browser();
  const { id_token: idToken } = await signIn(browser);
  assert.ok((await browser.go(authorization().url)).location.searchParams.get('code'));

  const end = new URL('/session/end', issuer);
  end.search = new URLSearchParams({ id_token_hint: idToken, post_logout_redirect_uri: `${appUrl}/`, state: 'bye' });
  const page = await browser.go(end);
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.body)[1];
  const { location } = await browser.go('/session/end/confirm', { xsrf, logout: 'yes' });
  assert.equal(location.href, `${appUrl}/?state=bye`);
  assert.match((await browser.go(authorization().url)).body, /Pick a person/);
});

test('someone who was asked longer ago than max_age, or is to be asked anyway, is asked again', async () => {
  const browser = new Browser();
  await signIn(browser);
  assert.ok((await browser.go(authorization({ max_age: '60' }).url)).location, 'a minute ago at most: not asked');
  await new Promise((resolve) => { setTimeout(resolve, 2100); });
  const { url, verifier } = authorization({ max_age: '1' });
  let page = await browser.go(url);
  assert.match(page.body, /Pick a person/);
  page = await browser.go(actionOf(page, 'sign-in'), { person: 'demo-dana' });
  const again = await claims((await tokens(page.location.searchParams.get('code'), verifier)).id_token);
  assert.ok(Date.now() / 1000 - again.auth_time < 2, 'and the token says when');
  assert.match((await browser.go(authorization({ max_age: '0', prompt: 'login' }).url)).body, /Pick a person/);
});

test('a changed signing key has a new id, and those signed in stay so', async () => {
  const browser = new Browser();
  const first = await claims((await signIn(browser)).id_token);
  assert.equal((await fetch(new URL('/test/rotate-keys', issuer), { method: 'POST' })).status, 204);
  const { url, verifier } = authorization();
  const { location } = await browser.go(url);
  const second = await claims((await tokens(location.searchParams.get('code'), verifier)).id_token);
  assert.notEqual(second.kid, first.kid);
  const { keys } = await (await fetch(new URL('/jwks', issuer))).json();
  assert.deepEqual(keys.map(({ kid }) => kid), [second.kid]);
});
