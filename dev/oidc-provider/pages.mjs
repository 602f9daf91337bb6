// The provider's pages: plain forms that need no script. Text from people is escaped by `html`.

import { createHash } from 'node:crypto';

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 26rem; padding: 2rem 1rem; }
h1 { font-size: 1.4rem; margin-block: 0 .25rem; }
h2 { font-size: 1rem; margin-block: 2rem .5rem; }
p { margin-block: 0 1rem; }
ul { list-style: none; margin: 0; padding: 0; }
li + li { margin-block-start: .5rem; }
label { display: block; margin-block: .75rem; }
input:not([type=checkbox]) { box-sizing: border-box; display: block; font: inherit; padding: .5rem; width: 100%; }
button { cursor: pointer; font: inherit; padding: .5rem .75rem; }
li button { text-align: start; width: 100%; }
li small { display: block; }
.problem { border-inline-start: 3px solid #b3261e; padding-inline-start: .75rem; }
.code { font-size: 1.75rem; font-variant-numeric: tabular-nums; letter-spacing: .2em; }
`;
const pressTheButton = `document.querySelector('button').click()`;
const hash = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

// `form-action` stays open: the browser applies it to the redirect back to CarteFi too.
export const pageHeaders = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy':
    `default-src 'none'; base-uri 'none'; frame-ancestors 'none'; img-src data:; style-src ${hash(style)}; script-src ${hash(pressTheButton)}`,
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
};

const escapes = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
class Html extends String {}
const toHtml = (value) => {
  if (value instanceof Html) return value;
  if (Array.isArray(value)) return value.map(toHtml).join('');
  return String(value ?? '').replace(/[&<>"']/g, (character) => escapes[character]);
};
const html = (strings, ...values) => new Html(String.raw({ raw: strings }, ...values.map(toHtml)));

const page = (title, body) => html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><link rel="icon" href="data:,"><style>${new Html(style)}</style></head>
<body><main>${body}</main></body></html>
`.toString();

const problemText = (problem) => (problem ? html`<p class="problem" role="alert">${problem}</p>` : '');

export const signInPage = ({ uid, people, problem, name, email }) => page('Sign in', html`
<h1>Sign in to CarteFi</h1>
<p>This provider serves development and tests. Pick a person; there are no passwords here.</p>
<form method="post" action="/interaction/${uid}/sign-in">
<ul>${people.map((person) => html`<li><button name="person" value="${person.sub}">${person.name}<small>${person.role} · ${person.email}</small></button></li>`)}</ul>
<label><input type="checkbox" name="second_step" value="yes"> With a second step</label>
</form>
<form method="post" action="/interaction/${uid}/sign-up">
<h2>Someone else</h2>
${problemText(problem)}
<label>Name <input name="name" required maxlength="100" autocomplete="off" value="${name}"></label>
<label>E-mail <input name="email" type="email" required maxlength="254" autocomplete="off" value="${email}"></label>
<button>Sign up</button>
</form>`);

export const secondStepPage = ({ uid, person, code, problem }) => page('Second step', html`
<h1>Second step for ${person.name}</h1>
<p>A real provider would send these six digits to a phone.</p>
<p class="code">${code}</p>
${problemText(problem)}
<form method="post" action="/interaction/${uid}/second-step">
<label>Six digits <input name="code" required inputmode="numeric" autocomplete="off" pattern="[0-9]{6}"></label>
<button>Continue</button>
</form>`);

// `form` is oidc-provider's own markup: an empty form whose button stands here.
export const signOutPage = (form) => page('Sign out', html`
<h1>Sign out</h1>
${new Html(form)}
<button type="submit" form="op.logoutForm" name="logout" value="yes" autofocus>Sign out</button>
<script>${new Html(pressTheButton)}</script>`);

export const signedOutPage = () => page('Signed out', html`<h1>You are signed out</h1>`);

export const problemPage = (message) => page('Not signed in', html`
<h1>That did not work</h1>
<p>${message}</p>
<p>Go back to CarteFi and sign in again.</p>`);
