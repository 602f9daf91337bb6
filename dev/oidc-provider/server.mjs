// Serves the provider on loopback: its own pages, and everything else by oidc-provider.

import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { interact, isInteraction } from './interactions.mjs';
import { pageHeaders, problemPage } from './pages.mjs';
import { People } from './people.mjs';
import { cartefiProvider, signingKey } from './provider.mjs';
import { memoryStore } from './store.mjs';

// Gives a function that stops it. `testSwitches` answers POST /test/rotate-keys, which replaces the signing key.
export async function startProvider({ port, appUrl, clientSecret, peopleFile, testSwitches = false }) {
  const people = new People(peopleFile);
  const store = memoryStore();
  const cookieKey = randomBytes(32).toString('hex');
  const pending = new Map();
  const providerWith = (key) => cartefiProvider({
    issuer: `http://localhost:${port}`, appUrl, clientSecret, people, store, cookieKey, key,
  });

  let provider = providerWith(signingKey());
  let answer = provider.callback();

  async function route(request, response) {
    const url = new URL(request.url, `http://localhost:${port}`);
    if (url.pathname === '/health') return response.writeHead(200).end('ok\n');
    if (isInteraction(url)) return interact({ provider, people, pending }, url, request, response);
    if (testSwitches && request.method === 'POST' && url.pathname === '/test/rotate-keys') {
      provider = providerWith(signingKey());
      answer = provider.callback();
      return response.writeHead(204).end();
    }
    return answer(request, response);
  }

  const servers = [];
  // `localhost` is 127.0.0.1 for some programs and ::1 for others.
  for (const address of ['127.0.0.1', '::1']) {
    const server = createServer((request, response) => {
      route(request, response).catch((error) => {
        console.error(error);
        if (!response.headersSent) response.writeHead(500, pageHeaders);
        response.end(problemPage(error.message));
      });
    });
    try {
      await new Promise((resolve, reject) => server.once('error', reject).listen(port, address, resolve));
      servers.push(server);
    } catch (error) {
      if (address !== '::1' || !['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(error.code)) throw error;
    }
  }
  return () => servers.forEach((server) => { server.close(); server.closeAllConnections(); });
}
