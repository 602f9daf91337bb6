// What the provider remembers between requests (sessions, codes, tokens), in memory: it lives through a change of the
// signing keys, not through a restart. The interface is the one oidc-provider asks of an adapter.

const recordsMax = 20_000;

export function memoryStore() {
  const records = new Map(); // "Model:id" -> { payload, expiresAt }

  function live(key) {
    const record = records.get(key);
    if (record && record.expiresAt <= Date.now()) {
      records.delete(key);
      return undefined;
    }
    return record?.payload;
  }

  return class {
    constructor(model) {
      this.model = model;
    }

    async upsert(id, payload, expiresInSeconds) {
      if (records.size >= recordsMax) records.delete(records.keys().next().value); // the oldest
      const expiresAt = expiresInSeconds ? Date.now() + expiresInSeconds * 1000 : Infinity;
      records.set(`${this.model}:${id}`, { payload, expiresAt });
    }

    async find(id) {
      return live(`${this.model}:${id}`);
    }

    async findByUid(uid) {
      for (const key of records.keys()) {
        if (key.startsWith(`${this.model}:`) && live(key)?.uid === uid) return live(key);
      }
      return undefined;
    }

    async findByUserCode() {
      return undefined; // the device flow is off
    }

    async consume(id) {
      const payload = live(`${this.model}:${id}`);
      if (payload) payload.consumed = Math.floor(Date.now() / 1000);
    }

    async destroy(id) {
      records.delete(`${this.model}:${id}`);
    }

    async revokeByGrantId(grantId) {
      for (const [key, { payload }] of records) {
        if (payload.grantId === grantId) records.delete(key);
      }
    }
  };
}
