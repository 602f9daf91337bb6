// The OpenID Connect provider of development and tests. It listens on loopback only and knows no passwords.
//
//   OIDC_PORT                its own port; the issuer is http://localhost:<port>
//   OIDC_APP_URL             CarteFi's address: where sign-in and sign-out return to
//   OIDC_CLIENT_SECRET_FILE  the secret of the client `cartefi`
//   OIDC_PEOPLE_FILE         keeps those who sign up (optional: without it they last until the end)
//   OIDC_TEST_SWITCHES       1 answers POST /test/rotate-keys, which replaces the signing key

import { readFileSync } from 'node:fs';
import { startProvider } from './server.mjs';

function setting(name) {
  const value = process.env[name];
  if (!value) throw new Error(`the environment variable ${name} is not set`);
  return value;
}

const stop = await startProvider({
  port: Number(setting('OIDC_PORT')),
  appUrl: setting('OIDC_APP_URL'),
  clientSecret: readFileSync(setting('OIDC_CLIENT_SECRET_FILE'), 'utf8').trim(),
  peopleFile: process.env.OIDC_PEOPLE_FILE,
  testSwitches: process.env.OIDC_TEST_SWITCHES === '1',
});
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, stop);
