// Who can sign in: the demo people of the books of Juniper Cycles, and whoever signed up here.

import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';

// `sub` never changes: CarteFi knows a person by issuer and subject alone.
export const demoPeople = [
  { sub: 'demo-dana', name: 'Dana Ruiz', email: 'dana@junipercycles.example', role: 'Owner' },
  { sub: 'demo-sam', name: 'Sam Okafor', email: 'sam@junipercycles.example', role: 'Editor' },
  { sub: 'demo-priya', name: 'Priya Natarajan', email: 'priya@natarajancpa.example', role: 'Accountant' },
  { sub: 'demo-lee', name: 'Lee Vance', email: 'lee@junipercycles.example', role: 'Viewer' },
  { sub: 'demo-morgan', name: 'Morgan Hale', email: 'morgan@northside.example', role: 'No company yet' },
];

const peopleMax = 1000;

export class People {
  #file;
  #signedUp = [];

  // With a file, people who signed up are still there after a restart.
  constructor(file) {
    this.#file = file;
    try {
      if (file) this.#signedUp = JSON.parse(readFileSync(file, 'utf8'));
    } catch (error) {
      if (error.code !== 'ENOENT') throw error;
    }
  }

  all() {
    return [...demoPeople, ...this.#signedUp];
  }

  find(sub) {
    return this.all().find((person) => person.sub === sub);
  }

  // Gives `{ person }`, or `{ problem }` with a sentence for the form.
  signUp(name, email) {
    name = name.trim();
    email = email.trim().toLowerCase();
    if (!name || name.length > 100) return { problem: 'Enter your name, at most 100 characters.' };
    if (!/^[^\s@]+@[^\s@]+$/.test(email) || email.length > 254) {
      return { problem: 'Enter an e-mail address such as name@company.example.' };
    }
    if (this.all().some((person) => person.email === email)) {
      return { problem: `${email} has signed up already: pick that person above.` };
    }
    if (this.#signedUp.length >= peopleMax) return { problem: `Only ${peopleMax} people can sign up here.` };
    const person = { sub: `person-${randomUUID()}`, name, email, role: 'Signed up here' };
    this.#signedUp.push(person);
    this.#save();
    return { person };
  }

  #save() {
    if (!this.#file) return;
    const next = `${this.#file}.new`;
    writeFileSync(next, `${JSON.stringify(this.#signedUp, null, 2)}\n`, { mode: 0o600 });
    renameSync(next, this.#file);
  }
}
