// Pictures of a captured track where the page has no processor for it: Firefox and Safari.

/** Without a callback of the element for so many milliseconds the worker's beat takes pictures: the page is hidden. */
const QUIET = 60;

/**
 * Safari reads the track in a worker. Elsewhere a <video> that nobody sees plays it and pictures are taken from that: at its
 * callbacks, and while the page is hidden, when browsers stop them, at the beat of a worker, which nothing slows down. The
 * worker also leaves out pictures that are the same as the one before: these browsers bring 30 a second of a still screen.
 */
export class GrabbedPictures {
  #track;
  /** What the worker reads; a track that was handed over cannot be used here any more. @type {MediaStreamTrack | null} */
  #twin = null;
  #worker;
  /** @type {HTMLVideoElement | null} */
  #video = null;
  #handle = 0;
  #calledAt = 0;
  /** A picture is at the worker's. */
  #asked = false;
  /** @type {VideoFrame | null} */
  #newest = null;
  /** @type {{resolve: (picture: VideoFrame | null) => void, reject: (error: unknown) => void} | null} */
  #reader = null;
  #failure = null;
  #closed = false;

  /** @param {MediaStreamTrack} track */
  constructor(track) {
    this.#track = track;
    track.addEventListener('ended', this.close);
    this.#worker = new Worker(new URL('grabber-worker.js', import.meta.url), { type: 'module' });
    this.#worker.addEventListener('message', ({ data }) => this.#heard(data));
    this.#worker.addEventListener('error', (event) => this.#fail(new Error(event.message || 'the worker has failed')));
  }

  /** @returns {Promise<VideoFrame | null>} */
  read() {
    const picture = this.#newest;
    if (picture) {
      this.#newest = null;
      return Promise.resolve(picture);
    }
    if (this.#failure) {
      return Promise.reject(this.#failure);
    }
    if (this.#closed) {
      return Promise.resolve(null);
    }
    return new Promise((resolve, reject) => (this.#reader = { resolve, reject }));
  }

  close = () => {
    if (this.#closed) {
      return;
    }
    this.#closed = true;
    this.#track.removeEventListener('ended', this.close);
    this.#worker.terminate();
    this.#twin?.stop();
    this.#newest?.close();
    this.#newest = null;
    if (this.#video) {
      this.#video.cancelVideoFrameCallback?.(this.#handle);
      this.#video.srcObject = null;
    }
    this.#reader?.resolve(null);
    this.#reader = null;
  };

  #fail(error) {
    if (this.#closed) {
      return;
    }
    this.#failure = error;
    const reader = this.#reader;
    this.#reader = null;
    this.close();
    reader?.reject(error);
  }

  #heard(message) {
    if (this.#closed) {
      message.picture?.close();
    } else if (message.op === 'ready') {
      this.#begin(message.processor);
    } else if (message.op === 'beat') {
      if (performance.now() - this.#calledAt > QUIET) {
        this.#grab();
      }
    } else if (message.op === 'same') {
      this.#asked = false;
    } else if (message.op === 'picture') {
      this.#asked = false;
      this.#give(message.picture);
    } else if (message.op === 'failed') {
      this.#fail(new Error(message.message));
    } else if (message.op === 'end') {
      this.close();
    }
  }

  #begin(processor) {
    if (processor && this.#handOver()) {
      return;
    }
    const video = document.createElement('video');
    video.muted = true;
    video.playsInline = true;
    video.srcObject = new MediaStream([this.#track]);
    video.play().catch((error) => this.#fail(error));
    this.#video = video;
    this.#called();
    this.#worker.postMessage({ op: 'beat' });
  }

  #handOver() {
    const twin = this.#track.clone();
    try {
      this.#worker.postMessage({ op: 'track', track: twin }, [/** @type {any} */ (twin)]);
    } catch {
      twin.stop();
      return false;
    }
    this.#twin = twin;
    return true;
  }

  /** At each new picture of the element, as long as the page can be seen. */
  #called = () => {
    if (this.#closed || !this.#video?.requestVideoFrameCallback) {
      return;
    }
    this.#handle = this.#video.requestVideoFrameCallback(this.#called);
    this.#calledAt = performance.now();
    this.#grab();
  };

  /** Only for somebody who waits, and one at a time. */
  #grab() {
    const video = this.#video;
    if (!video || !this.#reader || this.#asked || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || !video.videoWidth) {
      return;
    }
    try {
      const picture = new VideoFrame(video, { timestamp: Math.round(performance.now() * 1000) });
      this.#asked = true;
      this.#worker.postMessage({ op: 'picture', picture }, [picture]);
    } catch (error) {
      this.#fail(error);
    }
  }

  #give(picture) {
    const reader = this.#reader;
    this.#reader = null;
    if (reader) {
      reader.resolve(picture);
    } else {
      this.#newest?.close();
      this.#newest = picture;
    }
  }
}
