// What grabber.js cannot do in the page: a beat that goes on in a hidden page, and work that should not hold the page up.

const BEAT = 33;

/** The picture before, byte by byte, and how it looked. @type {Uint32Array<ArrayBuffer>} */
let before = new Uint32Array(0);
let now = new Uint32Array(0);
let shape = '';

const tell = (message, transfer = []) => /** @type {any} */ (globalThis).postMessage(message, transfer);

globalThis.addEventListener('message', async ({ data }) => {
  if (data.op === 'beat') {
    setInterval(() => tell({ op: 'beat' }), BEAT);
  } else if (data.op === 'track') {
    await follow(data.track);
  } else if (data.op === 'picture') {
    await judge(data.picture);
  }
});

/** Hands on what the track brings. */
async function follow(track) {
  const reader = new MediaStreamTrackProcessor({ track, maxBufferSize: 1 }).readable.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        break;
      }
      tell({ op: 'picture', picture: value }, [value]);
    }
    tell({ op: 'end' });
  } catch (error) {
    tell({ op: 'failed', message: String(error) });
  }
}

/** Sends a picture back if it is another than the one before. */
async function judge(picture) {
  if (await isSame(picture)) {
    picture.close();
    tell({ op: 'same' });
    return;
  }
  const sent = encodable(picture);
  tell({ op: 'picture', picture: sent }, [sent]);
}

/** WebKit on Linux cannot encode the graphics card's picture that it takes from a video, but one made of the same bytes. */
function encodable(picture) {
  if (!shape.startsWith('RGBA')) {
    return picture;
  }
  const { format, codedWidth, codedHeight, timestamp } = picture;
  picture.close();
  return new VideoFrame(before, { format, codedWidth, codedHeight, timestamp });
}

async function isSame(picture) {
  try {
    const size = picture.allocationSize();
    const words = Math.ceil(size / 4);
    if (now.length !== words) {
      now = new Uint32Array(words);
    }
    await picture.copyTo(new Uint8Array(now.buffer, 0, size));
  } catch {
    // A format that cannot be read is taken as new.
    shape = '';
    return false;
  }
  const looks = `${picture.format} ${picture.codedWidth}x${picture.codedHeight}`;
  const same = looks === shape && now.length === before.length && equal(now, before);
  shape = looks;
  [before, now] = [now, before];
  return same;
}

function equal(one, other) {
  for (let i = 0; i < one.length; i++) {
    if (one[i] !== other[i]) {
      return false;
    }
  }
  return true;
}

tell({ op: 'ready', processor: 'MediaStreamTrackProcessor' in globalThis });
