// The configuration of oidc-provider: one confidential client (CarteFi), code flow with PKCE, RS256.

import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { Provider } from 'oidc-provider';
import { pageHeaders, problemPage, signedOutPage, signOutPage } from './pages.mjs';

const hourSeconds = 3600;

export function signingKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const kid = randomBytes(8).toString('hex');
  return { ...privateKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' };
}

export function cartefiProvider({ issuer, appUrl, clientSecret, people, store, cookieKey, key }) {
  // Cookies of all ports of localhost share one jar: the port in the name keeps two providers apart.
  const port = new URL(issuer).port;
  return new Provider(issuer, {
    adapter: store,
    jwks: { keys: [key] },
    clients: [{
      client_id: 'cartefi',
      client_name: 'CarteFi',
      client_secret: clientSecret,
      redirect_uris: [`${appUrl}/login/callback`],
      post_logout_redirect_uris: [`${appUrl}/`],
      grant_types: ['authorization_code'],
      response_types: ['code'],
      require_auth_time: true,
    }],
    scopes: ['openid', 'profile', 'email'],
    claims: { openid: ['sub', 'amr'], profile: ['name'], email: ['email', 'email_verified'], auth_time: null, sid: null },
    // Claims of a scope stand in the ID token itself, as Auth0 has it.
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    cookies: {
      keys: [cookieKey],
      names: { session: `oidc_${port}`, interaction: `oidc_${port}_step`, resume: `oidc_${port}_resume` },
    },
    ttl: {
      AccessToken: hourSeconds, AuthorizationCode: 60, Grant: 24 * hourSeconds,
      IdToken: hourSeconds, Interaction: hourSeconds, Session: 24 * hourSeconds,
    },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => show(ctx, signOutPage(form)),
        postLogoutSuccessSource: (ctx) => show(ctx, signedOutPage()),
      },
    },
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_ctx, sub) => {
      const person = people.find(sub);
      return person && {
        accountId: sub,
        claims: () => ({ sub, name: person.name, email: person.email, email_verified: true }),
      };
    },
    // Our own client needs no consent page: whoever signs in grants what it asks.
    loadExistingGrant: async (ctx) => {
      const { client, session, params, provider } = ctx.oidc;
      const grantId = session.grantIdFor(client.clientId);
      const existing = grantId && await provider.Grant.find(grantId);
      const grant = existing || new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope(params.scope);
      await grant.save();
      return grant;
    },
    renderError: (ctx, out) => show(ctx, problemPage([out.error, out.error_description].filter(Boolean).join(': '))),
  });
}

function show(ctx, page) {
  ctx.set(pageHeaders);
  ctx.body = page;
}
