// Prints who can sign in, for bin/up.

import { demoPeople } from './people.mjs';

for (const { name, role, email } of demoPeople) {
  console.log(`  ${name.padEnd(18)}${role.padEnd(16)}${email}`);
}
