/** What this browser knows of the computer it runs on. Leaves out what it does not tell. */

/** @typedef {{key: string, value: string}} Item */

const GIGA = 1024 ** 3;
/** The longest value that the server takes. */
const LONGEST = 300;

/**
 * @param {any} world the window, or a stand-in
 * @returns {Promise<Item[]>}
 */
export async function collect(world) {
  const { navigator, screen } = world;
  const hints = (await quietly(() => navigator.userAgentData?.getHighEntropyValues(['platformVersion', 'architecture', 'bitness', 'model', 'fullVersionList']))) ?? {};
  const agent = userAgent(navigator.userAgent ?? '');
  const brand = (hints.fullVersionList ?? []).find((/** @type {any} */ b) => !/not.?a.?brand|^chromium$/i.test(b.brand)) ??
    (hints.fullVersionList ?? []).find((/** @type {any} */ b) => /^chromium$/i.test(b.brand));
  const storage = await quietly(() => navigator.storage?.estimate());
  const battery = await quietly(() => navigator.getBattery?.());
  const line = navigator.connection;
  const time = new world.Date();
  const zone = world.Intl.DateTimeFormat().resolvedOptions().timeZone;
  const scale = world.devicePixelRatio;
  /** @type {[string, unknown][]} */
  const all = [
    ['os', hints.platform || agent.os],
    ['os.version', hints.platformVersion || agent.osVersion],
    ['architecture', [hints.architecture, hints.bitness && `${hints.bitness} bit`].filter(Boolean).join(', ')],
    ['device', hints.model || ((navigator.userAgentData?.mobile ?? agent.mobile) ? 'mobile' : 'desktop')],
    ['browser', brand?.brand || agent.browser],
    ['browser.version', brand?.version || agent.browserVersion],
    ['language', navigator.language],
    ['languages', (navigator.languages ?? []).slice(0, 10).join(', ')],
    ['cookies', yesNo(navigator.cookieEnabled)],
    ['screen.size', screen?.width && `${Math.round(screen.width * scale)} × ${Math.round(screen.height * scale)}`],
    ['screen.scale', scale && `${Math.round(scale * 100)} %`],
    ['screen.colours', screen?.colorDepth && `${screen.colorDepth} bit`],
    ['window.size', `${world.innerWidth} × ${world.innerHeight}`],
    ['screens.more', screen?.isExtended === undefined ? '' : yesNo(screen.isExtended)],
    ['processor.cores', navigator.hardwareConcurrency],
    ['memory', navigator.deviceMemory && `${navigator.deviceMemory >= 8 ? '≥ ' : ''}${navigator.deviceMemory} GB`],
    ['graphics', await quietly(() => graphics(world.document))],
    ['touch', yesNo((navigator.maxTouchPoints ?? 0) > 0)],
    ['battery', battery && `${Math.round(battery.level * 100)} %${battery.charging ? ' +' : ''}`],
    ['network.online', yesNo(navigator.onLine)],
    ['network.kind', line?.type || line?.effectiveType],
    ['network.down', line?.downlink && `${line.downlink} Mbit/s`],
    ['network.delay', line?.rtt && `${line.rtt} ms`],
    ['time.zone', zone],
    ['time.local', `${time.toLocaleString(navigator.language)} (UTC${offset(time.getTimezoneOffset())})`],
    ['storage.free', storage?.quota && `${gigabytes(storage.quota - (storage.usage ?? 0))} GB`],
    ['storage.quota', storage?.quota && `${gigabytes(storage.quota)} GB`],
  ];
  return all.map(([key, value]) => ({ key, value: plain(value) })).filter((item) => item.value !== '');
}

/** @param {unknown} value */
function plain(value) {
  const text = value === undefined || value === null || value === false ? '' : String(value);
  return [...text.replace(/\p{Cc}|\p{Cs}/gu, ' ').trim()].slice(0, LONGEST).join('');
}

/** @param {unknown} value */
function yesNo(value) {
  return value ? 'yes' : 'no';
}

/** @param {number} bytes */
function gigabytes(bytes) {
  return Math.round((bytes / GIGA) * 10) / 10;
}

/**
 * @param {number} minutes as the browser counts them, west is positive
 * @returns {string} +01:00
 */
export function offset(minutes) {
  const east = Math.abs(minutes);
  const digits = (/** @type {number} */ n) => String(n).padStart(2, '0');
  return `${minutes <= 0 ? '+' : '-'}${digits(Math.floor(east / 60))}:${digits(east % 60)}`;
}

/** @param {any} document */
function graphics(document) {
  const gl = document.createElement('canvas').getContext('webgl');
  if (!gl) {
    return '';
  }
  const names = gl.getExtension('WEBGL_debug_renderer_info');
  const name = gl.getParameter(names ? names.UNMASKED_RENDERER_WEBGL : gl.RENDERER);
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return name;
}

/**
 * For browsers that tell it only so: Firefox, Safari.
 *
 * @param {string} text
 */
export function userAgent(text) {
  const browser =
    /(Firefox)\/([\d.]+)/.exec(text) ?? /(Edg)\/([\d.]+)/.exec(text) ?? /(Chrome)\/([\d.]+)/.exec(text) ?? safari(text);
  const os =
    /(Windows) NT ([\d.]+)/.exec(text) ??
    /(iPhone|iPad)[^)]* OS ([\d_]+)/.exec(text) ??
    /(Mac) OS X ([\d_.]+)/.exec(text) ??
    /(Android) ?([\d.]*)/.exec(text) ??
    /(CrOS|Linux)()/.exec(text);
  return {
    browser: { Edg: 'Edge' }[browser?.[1] ?? ''] ?? browser?.[1] ?? '',
    browserVersion: browser?.[2] ?? '',
    os: { Mac: 'macOS', iPhone: 'iOS', iPad: 'iPadOS', CrOS: 'ChromeOS' }[os?.[1] ?? ''] ?? os?.[1] ?? '',
    osVersion: (os?.[2] ?? '').replaceAll('_', '.'),
    mobile: /Mobi|Android|iPhone|iPad/.test(text),
  };
}

/** @param {string} text */
function safari(text) {
  const version = /Version\/([\d.]+).*Safari/.exec(text);
  return version && ['', 'Safari', version[1]];
}

/**
 * @template T
 * @param {() => T | Promise<T>} ask
 * @returns {Promise<T | undefined>} nothing for what the browser refuses
 */
async function quietly(ask) {
  try {
    return await ask();
  } catch {
    return undefined;
  }
}
