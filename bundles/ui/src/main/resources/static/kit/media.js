/** Sockets for what never enters the journal: frames, input, signalling. */

import { api, ProblemError, serverReady } from './api.js';
import { socketUrl } from './live.js';

/**
 * How the socket is doing. `retry` tells whether it will be tried again by itself.
 *
 * @typedef {{state: 'connecting' | 'open' | 'closed', code?: number, problem?: ProblemError, retry?: boolean}} MediaStatus
 */
/**
 * @typedef {object} MediaOptions
 * @property {string} session
 * @property {string} channel
 * @property {string} role
 * @property {(data: ArrayBuffer) => void} [binary]
 * @property {(message: any) => void} [text] a parsed JSON message
 * @property {(status: MediaStatus) => void} [status]
 */
/** @typedef {{send(data: ArrayBuffer | ArrayBufferView | object): boolean, readonly buffered: number, close(): void}} Media */

const BACKOFF = [200, 500, 1000, 2000, 4000, 8000];
const FINAL = new Set([4403, 4410]);

/**
 * Opens a media socket and keeps it open until it is closed, refused (4403) or its slice is gone (4410).
 *
 * @param {MediaOptions} options
 * @returns {Media}
 */
export function openMedia(options) {
  /** @type {WebSocket | undefined} */
  let socket;
  let closed = false;
  let failures = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  const connect = async () => {
    timer = undefined;
    options.status?.({ state: 'connecting' });
    let ticket;
    try {
      ticket = await api.post('/tickets', { for: 'media', session: options.session, channel: options.channel }, { retry: false });
    } catch (error) {
      const problem = error instanceof ProblemError ? error : undefined;
      const final = problem !== undefined && problem.status >= 400 && problem.status < 500 && problem.status !== 429;
      const believed = final && (await serverReady());
      fail({ problem, retry: !believed });
      return;
    }
    if (closed) {
      return;
    }
    const opened = new WebSocket(socketUrl(ticket.url));
    opened.binaryType = 'arraybuffer';
    socket = opened;
    opened.onopen = () => {
      opened.send(JSON.stringify({ op: 'hello', ticket: ticket.ticket, role: options.role }));
      options.status?.({ state: 'open' });
    };
    opened.onmessage = (event) => {
      failures = 0;
      if (typeof event.data === 'string') {
        options.text?.(JSON.parse(event.data));
      } else {
        options.binary?.(event.data);
      }
    };
    opened.onclose = (event) => {
      if (socket === opened) {
        socket = undefined;
        fail({ code: event.code, retry: !FINAL.has(event.code) });
      }
    };
  };

  /** @param {{code?: number, problem?: ProblemError, retry: boolean}} how */
  const fail = (how) => {
    if (closed) {
      return;
    }
    closed = !how.retry;
    if (how.retry) {
      const base = BACKOFF[Math.min(failures++, BACKOFF.length - 1)];
      timer = setTimeout(connect, base * (0.5 + Math.random()));
    } else {
      window.removeEventListener('online', wake);
    }
    options.status?.({ state: 'closed', ...how });
  };

  const wake = () => {
    if (timer !== undefined) {
      clearTimeout(timer);
      connect();
    }
  };
  window.addEventListener('online', wake);
  connect();

  return {
    send(data) {
      if (socket?.readyState !== WebSocket.OPEN) {
        return false;
      }
      const binary = data instanceof ArrayBuffer || ArrayBuffer.isView(data);
      socket.send(binary ? /** @type {ArrayBuffer} */ (data) : JSON.stringify(data));
      return true;
    },
    get buffered() {
      return socket?.bufferedAmount ?? 0;
    },
    close() {
      closed = true;
      clearTimeout(timer);
      window.removeEventListener('online', wake);
      const last = socket;
      socket = undefined;
      last?.close(1000);
    },
  };
}
