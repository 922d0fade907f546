// What the browser gives of the customer's screen: whether it can, what it is asked for, and the pictures themselves.

import { GrabbedPictures } from './grabber.js';

/** Beyond this a picture is made smaller by the browser: larger ones cost more time than they show. */
export const LARGEST = { width: 2560, height: 1600 };

const FRAMES_PER_SECOND = 30;
/** So long pictures that are too large are left out while the browser is making them smaller. */
const SHRINKING = 1_000;
/** Who waits for a picture only to measure it waits no longer. */
const MEASURING = 10_000;

/** Larger than any screen: else Chromium makes what is shared as small as the screen that the page is on. WebKit would send nothing. */
const ANY_SIZE = 'MediaStreamTrackProcessor' in globalThis ? { width: { max: 8192 }, height: { max: 8192 } } : {};

/**
 * What the browser is asked for. Of any size: a browser that makes it smaller from the start never says how large the screen is.
 * @type {DisplayMediaStreamOptions}
 */
export const CAPTURE = /** @type {any} */ ({
  video: {
    displaySurface: 'monitor',
    frameRate: { ideal: FRAMES_PER_SECOND, max: FRAMES_PER_SECOND },
    ...ANY_SIZE,
    cursor: 'always',
  },
  audio: false,
  selfBrowserSurface: 'exclude',
  surfaceSwitching: 'include',
  monitorTypeSurfaces: 'include',
});

/**
 * Whether this browser can share, and if not why not. A phone or tablet that can share counts as any other computer.
 * @returns {Promise<'yes' | 'insecure' | 'phone' | 'no'>}
 */
export async function canShare() {
  if (globalThis.isSecureContext && (await captures())) {
    return 'yes';
  }
  return isHandheld() ? 'phone' : globalThis.isSecureContext ? 'no' : 'insecure';
}

async function captures() {
  if (!navigator.mediaDevices?.getDisplayMedia || !('VideoEncoder' in globalThis)) {
    return false;
  }
  // WebKit on Linux falls over when the first that it is asked about media is an encoder.
  globalThis.document?.createElement('video').canPlayType('video/webm');
  try {
    const { supported } = await VideoEncoder.isConfigSupported({ codec: 'vp8', width: 1280, height: 720 });
    return supported === true;
  } catch {
    return false;
  }
}

/** A phone or a tablet. An iPad says that it is a Mac, but no Mac has a screen for several fingers. */
function isHandheld() {
  const { userAgent, maxTouchPoints, userAgentData } = /** @type {any} */ (navigator);
  return userAgentData?.mobile === true
    || /Android|iPhone|iPad|iPod|Mobile|Tablet/.test(userAgent)
    || (/Macintosh/.test(userAgent) && maxTouchPoints > 1);
}

/**
 * The pictures of a captured track. `read` waits for the next one, always the newest there is, which the caller closes; null at
 * the end of the track or after `close`. It throws when the capture has failed. The track stays the caller's.
 * @typedef {{read: () => Promise<VideoFrame | null>, close: () => void}} Pictures
 */

/**
 * None is larger than LARGEST for long: what the customer shares may change its size at any time.
 * @param {MediaStreamTrack} track
 * @returns {Pictures}
 */
export function pictures(track) {
  const source = open(track);
  let since = 0;
  return {
    read: async () => {
      for (;;) {
        const picture = await source.read();
        if (!picture || (picture.displayWidth <= LARGEST.width && picture.displayHeight <= LARGEST.height)) {
          since = 0;
          return picture;
        }
        if (!since) {
          since = performance.now();
          shrink(track, picture);
        } else if (performance.now() - since > SHRINKING) {
          return picture;
        }
        picture.close();
      }
    },
    close: () => source.close(),
  };
}

/**
 * @param {MediaStreamTrack} track
 * @returns {Pictures}
 */
function open(track) {
  return 'MediaStreamTrackProcessor' in globalThis ? processed(track) : new GrabbedPictures(track);
}

/**
 * @param {MediaStreamTrack} track
 * @returns {Pictures}
 */
function processed(track) {
  const reader = new MediaStreamTrackProcessor({ track, maxBufferSize: 1 }).readable.getReader();
  return {
    read: async () => {
      const { done, value } = await reader.read();
      return done ? null : value;
    },
    close: () => {
      reader.cancel().catch(() => {});
    },
  };
}

/**
 * Told only the most, Chromium chooses less than that.
 * @param {MediaStreamTrack} track
 * @param {VideoFrame} picture
 */
async function shrink(track, { displayWidth, displayHeight }) {
  const factor = Math.min(LARGEST.width / displayWidth, LARGEST.height / displayHeight);
  try {
    await track.applyConstraints({
      width: { ideal: Math.round(displayWidth * factor), max: LARGEST.width },
      height: { ideal: Math.round(displayHeight * factor), max: LARGEST.height },
      frameRate: { max: FRAMES_PER_SECOND },
    });
  } catch (error) {
    // Then the pictures stay as large as they are, and take longer.
    console.info('tandem: the browser does not make the picture smaller', error);
  }
}

/**
 * What is shared: the kind of surface, the screen's number among so many where the browser tells, and its own size in device
 * pixels.
 * @typedef {{surface: 'monitor' | 'window' | 'browser', number: number | null, of: number | null, width: number,
 *     height: number}} Shared
 */

/**
 * Measures a picture of the surface itself, since settings and capabilities speak of the screen on which the browser is.
 * @param {MediaStreamTrack} track
 * @param {{width: number, height: number} | null} [picture] the size of its pictures, if known: one within the bounds was not made
 *     smaller, so that nothing need be measured
 * @returns {Promise<Shared | null>} null when there is no picture
 */
export async function describe(track, picture = null) {
  const whole = picture !== null && picture.width < LARGEST.width && picture.height < LARGEST.height;
  const size = whole ? picture : await measure(track);
  if (!size) {
    return null;
  }
  const surface = surfaceOf(track);
  const place = surface === 'monitor' ? await placeOf(track.label, size) : null;
  return { surface, number: place?.number ?? null, of: place?.of ?? null, ...size };
}

/** A twin of the track that is not made smaller shows how large it is. */
async function measure(track) {
  const twin = track.clone();
  const source = open(twin);
  const timer = setTimeout(() => source.close(), MEASURING);
  try {
    await twin.applyConstraints(ANY_SIZE);
    const picture = await source.read();
    const size = picture && { width: picture.displayWidth, height: picture.displayHeight };
    picture?.close();
    return size;
  } catch (error) {
    console.info('tandem: the shared screen could not be measured', error);
    return null;
  } finally {
    clearTimeout(timer);
    source.close();
    twin.stop();
  }
}

/** Firefox says it only by the name: of a screen its number or how it is plugged in, of a window its title. */
function surfaceOf(track) {
  const { displaySurface } = /** @type {any} */ (track.getSettings());
  if (displaySurface) {
    return displaySurface;
  }
  return FIREFOX_SCREEN.test(track.label) ? 'monitor' : 'window';
}

/** What Firefox calls a screen: the only one, one by its number, or by its plug on Linux and Windows. */
const FIREFOX_SCREEN = /^(?:Primary Monitor|Screen (\d+)|\\\\\.\\DISPLAY(\d+)|(?:e?DP|HDMI|DVI|VGA|LVDS|XWAYLAND)[-\dA-Z]*)$/;

/** Which of the screens it is, as far as the browser tells without asking the customer anything more. */
async function placeOf(label, size) {
  const named = numberInName(label);
  const around = /** @type {any} */ (screen);
  if (around.isExtended === false || label === 'Primary Monitor') {
    // The page's own screen is then the only one; a capture of another shape says that the browser does not know them all.
    const alike = Math.abs(around.width / around.height - size.width / size.height) < 0.02;
    return alike ? { number: 1, of: 1 } : named;
  }
  return (await amongScreens(size)) ?? named;
}

/** Chromium on Windows counts screens from 0, elsewhere its number means nothing to people. */
function numberInName(label) {
  const [, screenNumber, display] = FIREFOX_SCREEN.exec(label) ?? [];
  const number = Number(screenNumber ?? display);
  if (number >= 1) {
    return { number, of: null };
  }
  const { platform } = /** @type {any} */ (navigator).userAgentData ?? {};
  const counted = platform === 'Windows' && /^screen:(\d{1,2}):/.exec(label);
  return counted ? { number: Number(counted[1]) + 1, of: null } : null;
}

/** By its size, where the customer has allowed before that pages see all screens and no two are of one size. */
async function amongScreens({ width, height }) {
  if (!('getScreenDetails' in globalThis)) {
    return null;
  }
  try {
    const { state } = await navigator.permissions.query({ name: /** @type {any} */ ('window-management') });
    if (state !== 'granted') {
      return null;
    }
    const { screens } = await /** @type {any} */ (globalThis).getScreenDetails();
    const fits = screens.filter((s) => near(s.width * s.devicePixelRatio, width) && near(s.height * s.devicePixelRatio, height));
    return fits.length === 1 ? { number: screens.indexOf(fits[0]) + 1, of: screens.length } : null;
  } catch {
    return null;
  }
}

const near = (one, other) => Math.abs(one - other) <= 2;
