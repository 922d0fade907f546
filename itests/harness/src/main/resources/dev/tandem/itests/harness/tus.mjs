// tus-js-client as somebody's program uses it, one upload at a time. Orders come as JSON lines, and what happens goes out as
// JSON lines. It keeps where uploads are in a file, so that another process goes on where this one was.
import { createHash } from 'node:crypto';
import { closeSync, createReadStream, openSync, readSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import * as tus from 'tus-js-client';

const say = (event, more = {}) => process.stdout.write(`${JSON.stringify({ event, ...more })}\n`);
let upload;
let watch;

function part(file, from, length) {
  const bytes = Buffer.alloc(Math.min(length, statSync(file).size - from));
  const opened = openSync(file, 'r');
  try {
    readSync(opened, bytes, 0, bytes.length, from);
  } finally {
    closeSync(opened);
  }
  return bytes;
}

/** The client sends no checksums by itself, but lets a program look at its requests. */
function checksum({ file, chunkSize, checksum: algorithm, wrongChecksumAt }, request) {
  if (algorithm && request.getMethod() === 'PATCH') {
    const offset = Number(request.getHeader('Upload-Offset'));
    const hash = createHash(algorithm).update(part(file, offset, chunkSize));
    if (offset === wrongChecksumAt) {
      hash.update('a byte that was turned on its way');
    }
    request.setHeader('Upload-Checksum', `${algorithm} ${hash.digest('base64')}`);
  }
}

/** A line that has stalled says nothing: who waits for too long starts again. */
function patience(millis) {
  clearTimeout(watch);
  if (millis) {
    watch = setTimeout(async () => {
      say('stalled');
      await upload.abort();
      upload.start();
      patience(millis);
    }, millis);
  }
}

/** Of a file the client knows the length by itself; who says it later sends what comes out of a pipe. */
const source = (file, piped) => (piped ? createReadStream(file).pipe(new PassThrough()) : createReadStream(file));

function begin(wish) {
  const { file, stall, store, again, ...options } = wish;
  const began = performance.now();
  upload = new tus.Upload(source(file, options.uploadLengthDeferred), {
    retryDelays: [],
    ...options,
    chunkSize: options.chunkSize ?? Infinity,
    ...(store ? { urlStorage: new tus.FileUrlStorage(store) } : {}),
    removeFingerprintOnSuccess: true,
    onUploadUrlAvailable: () => say('created', { url: upload.url }),
    onProgress: (sent) => {
      patience(stall);
      say('sent', { offset: sent });
    },
    onChunkComplete: (size, offset) => say('accepted', { size, offset }),
    onBeforeRequest: (request) => {
      checksum(wish, request);
    },
    onAfterResponse: (request, response) => {
      if (request.getMethod() === 'HEAD') {
        say('resumed', { status: response.getStatus(), offset: Number(response.getHeader('Upload-Offset') ?? -1) });
      }
    },
    onSuccess: () => {
      patience(0);
      say('done', { url: upload.url, millis: performance.now() - began });
    },
    onError: (error) => {
      patience(0);
      say('failed', {
        status: error.originalResponse?.getStatus() ?? 0,
        body: error.originalResponse?.getBody() ?? '',
        message: String(error.message),
      });
    },
  });
  patience(stall);
  if (!again) {
    upload.start();
    return;
  }
  upload.findPreviousUploads().then((found) => {
    if (found.length === 0) {
      say('failed', { status: 0, body: '', message: 'no upload is known' });
      return;
    }
    upload.resumeFromPreviousUpload(found.at(-1));
    upload.start();
  });
}

const orders = {
  upload: begin,
  pause: () => {
    patience(0);
    upload.abort().then(() => say('paused'));
  },
  terminate: () => {
    patience(0);
    upload.abort(true).then(
      () => say('terminated'),
      (error) => say('failed', { status: error.originalResponse?.getStatus() ?? 0, body: '', message: error.message }),
    );
  },
};

const version = createRequire(import.meta.url)('tus-js-client/package.json').version;
say('ready', { version });
for await (const line of createInterface({ input: process.stdin })) {
  const { order, ...wish } = JSON.parse(line);
  orders[order](wish);
}
process.exit(0);
