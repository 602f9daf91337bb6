// The steps of signing in: pick a person or sign up, then perhaps a second step, then back to CarteFi with a code.

import { randomInt } from 'node:crypto';
import { pageHeaders, problemPage, secondStepPage, signInPage } from './pages.mjs';

const bodyBytesMax = 10_000;
const pendingMax = 1000;
const path = /^\/interaction\/([\w-]{1,64})(?:\/(sign-in|sign-up|second-step))?$/;

export const isInteraction = (url) => path.test(url.pathname);

// `pending` holds the people between their first and second step: interaction uid -> { person, code }.
export async function interact({ provider, people, pending }, url, request, response) {
  const [, uid, step] = path.exec(url.pathname);
  const show = (status, body) => response.writeHead(status, pageHeaders).end(body);
  const details = await provider.interactionDetails(request, response).catch(() => undefined);
  if (details?.uid !== uid) return show(400, problemPage('This sign-in has ended or belongs to another browser.'));
  if (request.method === 'GET' && !step) return show(200, signInPage({ uid, people: people.all() }));
  if (request.method !== 'POST' || !step) return show(405, problemPage('This address takes a form.'));

  const form = await formOf(request);
  const finish = (person, amr) => provider.interactionFinished(
    request, response, { login: { accountId: person.sub, amr } }, { mergeWithLastSubmission: false },
  );

  if (step === 'sign-up') {
    const [name, email] = [form.get('name') ?? '', form.get('email') ?? ''];
    const { person, problem } = people.signUp(name, email);
    return person ? finish(person, ['pwd']) : show(422, signInPage({ uid, people: people.all(), problem, name, email }));
  }
  if (step === 'sign-in') {
    const person = people.find(form.get('person'));
    if (!person) return show(422, signInPage({ uid, people: people.all(), problem: 'Pick one of the people shown.' }));
    if (form.get('second_step') !== 'yes') return finish(person, ['pwd']);
    if (pending.size >= pendingMax) pending.delete(pending.keys().next().value); // the oldest
    const code = String(randomInt(1_000_000)).padStart(6, '0');
    pending.set(uid, { person, code });
    return show(200, secondStepPage({ uid, person, code }));
  }
  const waiting = pending.get(uid);
  if (!waiting) return show(422, signInPage({ uid, people: people.all(), problem: 'Pick a person first.' }));
  if (form.get('code') !== waiting.code) {
    return show(422, secondStepPage({ uid, ...waiting, problem: 'Those are not the digits shown above.' }));
  }
  pending.delete(uid);
  return finish(waiting.person, ['pwd', 'otp', 'mfa']);
}

async function formOf(request) {
  let body = '';
  for await (const chunk of request) {
    body += chunk;
    if (body.length > bodyBytesMax) throw new Error(`a form of this provider has at most ${bodyBytesMax} bytes`);
  }
  return new URLSearchParams(body);
}
