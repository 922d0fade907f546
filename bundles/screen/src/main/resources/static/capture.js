// What the browser gives of the customer's screen: whether it can, what it is asked for, and the pictures themselves.

/** Beyond this a picture is made smaller by the browser: larger ones cost more time than they show. */
export const LARGEST = { width: 2560, height: 1600 };

const FRAMES_PER_SECOND = 30;

/**
 * What the browser is asked for.
 * @type {DisplayMediaStreamOptions}
 */
export const CAPTURE = /** @type {any} */ ({
  video: {
    displaySurface: 'monitor',
    frameRate: { ideal: FRAMES_PER_SECOND, max: FRAMES_PER_SECOND },
    width: { max: LARGEST.width },
    height: { max: LARGEST.height },
    cursor: 'always',
  },
  audio: false,
  selfBrowserSurface: 'exclude',
  surfaceSwitching: 'include',
  monitorTypeSurfaces: 'include',
});

/**
 * Whether this browser can share, and if not why not.
 * @returns {Promise<'yes' | 'insecure' | 'phone' | 'no'>}
 */
export async function canShare() {
  if (!globalThis.isSecureContext) {
    return 'insecure';
  }
  if (!navigator.mediaDevices?.getDisplayMedia || !('VideoEncoder' in globalThis)
      || !('MediaStreamTrackProcessor' in globalThis)) {
    return 'no';
  }
  try {
    const { supported } = await VideoEncoder.isConfigSupported({ codec: 'vp8', width: 1280, height: 720 });
    return supported ? 'yes' : 'no';
  } catch {
    return 'no';
  }
}

/**
 * The pictures of a captured track. `read` waits for the next one, always the newest there is, which the caller closes; null at
 * the end of the track or after `close`. It throws when the capture has failed.
 * @typedef {{read: () => Promise<VideoFrame | null>, close: () => void}} Pictures
 */

/**
 * @param {MediaStreamTrack} track
 * @returns {Pictures}
 */
export function pictures(track) {
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
 * What is shared: the kind of surface, the screen's number among so many, and its own resolution in device pixels. null when
 * the browser does not tell.
 * @typedef {{surface: 'monitor' | 'window' | 'browser', number: number | null, of: number | null, width: number,
 *     height: number}} Shared
 */

/**
 * @param {MediaStreamTrack} track
 * @returns {Promise<Shared | null>}
 */
export async function describe(track) {
  const { displaySurface, width, height } = /** @type {any} */ (track.getSettings());
  if (!displaySurface || !width || !height) {
    return null;
  }
  return { surface: displaySurface, number: null, of: null, width, height };
}
