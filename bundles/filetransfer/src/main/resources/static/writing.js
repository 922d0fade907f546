/** How one file's bytes come to the receiver's disk, whole or not at all. Knows no DOM. */

/**
 * @typedef {object} Source
 * @property {number} size bytes, as the server has said; below 0 if it has not
 * @property {(headers: Record<string, string>) => Promise<Response>} ask
 * @property {(ms: number) => Promise<void>} pause
 * @property {(problem: {status: number, code: string, detail: string}) => Error & {final: boolean}} problem
 */

const ATTEMPTS = 6;
const LONGEST_PAUSE = 8000;

/**
 * Goes on where a broken line has left it.
 *
 * @param {any} handle of a file
 * @param {Source} source
 * @param {AbortSignal} signal
 * @param {(bytes: number) => void} moved
 */
export async function write(handle, source, signal, moved) {
  const out = await handle.createWritable();
  let at = 0;
  let tag = '';
  try {
    for (let attempt = 1; ; attempt++) {
      const before = at;
      try {
        /** @type {Record<string, string>} */
        const range = at > 0 && tag ? { Range: `bytes=${at}-`, 'If-Range': tag } : {};
        const answer = await source.ask(range);
        if (!answer.ok || !answer.body) {
          throw source.problem({ status: answer.status, code: answer.status === 404 ? 'gone' : `http-${answer.status}`, detail: '' });
        }
        if (answer.status !== 206 && at > 0) {
          at = 0;
          await out.truncate(0);
          await out.seek(0);
        }
        tag = answer.headers.get('ETag') ?? '';
        const reader = answer.body.getReader();
        for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
          if (source.size >= 0 && at + piece.value.byteLength > source.size) {
            await reader.cancel().catch(() => {});
            throw source.problem({ status: 410, code: 'gone', detail: 'More has come than the file has.' });
          }
          await out.write(piece.value);
          at += piece.value.byteLength;
          moved(at);
        }
        if (at < source.size) {
          throw new TypeError('The line has ended before the file.');
        }
        break;
      } catch (error) {
        signal.throwIfAborted();
        const final = error instanceof TypeError ? false : (/** @type {any} */ (error)?.final ?? true);
        attempt = at > before ? 1 : attempt;
        if (final || attempt >= ATTEMPTS) {
          throw error;
        }
        await source.pause(Math.min(LONGEST_PAUSE, 500 * 2 ** attempt));
      }
    }
    await out.close();
  } catch (error) {
    await out.abort().catch(() => {});
    throw error;
  }
}
