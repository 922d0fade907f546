/** A server of uploads in memory, and a world in which time passes at once. */

const MEGA = 1024 * 1024;

export const settled = async () => {
  for (let i = 0; i < 20; i++) {
    await new Promise((resolve) => setImmediate(resolve));
  }
};

/** @param {string} name @param {number} size */
export const fileOf = (name, size, type = '') => ({
  name,
  size,
  type,
  lastModified: 1_700_000_000_000,
  slice: (from, to) => ({ size: to - from, from, arrayBuffer: async () => new ArrayBuffer(0) }),
});

export class Server {
  /** @type {Map<string, {length: number, offset: number, metadata: string, key: string}>} */
  uploads = new Map();
  /** @type {{method: string, url: string, headers: Record<string, string>, bytes: number}[]} */
  requests = [];
  /** @type {((request: any) => any)[]} what is to be answered next instead of the truth */
  instead = [];
  /** @type {number[]} */
  pauses = [];
  held = 0;
  most = 0;
  time = 0;
  /** @type {(() => void)[]} */
  waiting = [];
  holding = false;
  there = true;
  ids = 0;

  /** @returns {any} */
  get world() {
    return {
      send: (request) => this.#send(request),
      pause: async (ms) => {
        this.pauses.push(ms);
      },
      alive: async () => this.there,
      now: () => (this.time += 400),
      random: () => 1,
      uuid: () => `00000000-0000-4000-8000-${String(++this.ids).padStart(12, '0')}`,
    };
  }

  release() {
    this.holding = false;
    this.waiting.splice(0).forEach((go) => go());
  }

  async #send({ method, url, headers, body, progress, signal }) {
    const bytes = body?.size ?? 0;
    this.requests.push({ method, url, headers, bytes });
    this.held++;
    this.most = Math.max(this.most, this.held);
    try {
      if (this.holding) {
        await new Promise((resolve, reject) => {
          this.waiting.push(resolve);
          signal.addEventListener('abort', () => reject(signal.reason));
        });
      }
      signal.throwIfAborted();
      const other = this.instead.shift()?.({ method, url, headers, bytes, server: this });
      if (other) {
        return answer(other.status, other.headers ?? {}, other.body);
      }
      progress?.(bytes);
      return this.#answer(method, url, headers, bytes);
    } finally {
      this.held--;
    }
  }

  #answer(method, url, headers, bytes) {
    if (method === 'POST') {
      const known = [...this.uploads].find(([, one]) => one.key === headers['Idempotency-Key']);
      if (known) {
        return answer(201, { Location: known[0] });
      }
      const path = `/api/files/f${this.uploads.size + 1}`;
      this.uploads.set(path, { length: Number(headers['Upload-Length']), offset: bytes, metadata: headers['Upload-Metadata'], key: headers['Idempotency-Key'] });
      return answer(201, { Location: `https://elsewhere.example${path}`, ...(bytes ? { 'Upload-Offset': String(bytes) } : {}) });
    }
    const upload = this.uploads.get(url);
    if (!upload) {
      return answer(404, {}, { code: 'unknown' });
    }
    if (method === 'HEAD') {
      return answer(200, { 'Upload-Offset': String(upload.offset) });
    }
    if (Number(headers['Upload-Offset']) !== upload.offset) {
      return answer(409, {}, { code: 'other-offset' });
    }
    upload.offset += bytes;
    return answer(204, { 'Upload-Offset': String(upload.offset) });
  }
}

/** @param {number} status @param {Record<string, string>} [headers] @param {any} [body] */
export const answer = (status, headers = {}, body = undefined) => ({
  status,
  header: (name) => headers[name] ?? null,
  text: body === undefined ? '' : JSON.stringify(body),
});

export { MEGA };
