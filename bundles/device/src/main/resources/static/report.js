/** What a report says, in an order for people, and as a file. Knows no DOM. */

/** @typedef {{key: string, value: string}} Item */
/** @typedef {{of: string, at: string, items: Item[]}} Report */
/** @typedef {(key: string, args?: Record<string, string | number>) => string} Translate */

/** The groups in the order to show them; what is in none stands last. */
export const GROUPS = {
  system: ['os', 'os.version', 'architecture', 'device'],
  browser: ['browser', 'browser.version', 'language', 'languages', 'cookies'],
  screen: ['screen.size', 'screen.scale', 'screen.colours', 'window.size', 'screens.more'],
  hardware: ['processor.cores', 'memory', 'graphics', 'touch', 'battery'],
  network: ['network.online', 'network.kind', 'network.down', 'network.delay'],
  place: ['time.zone', 'time.local', 'storage.free', 'storage.quota'],
};

/**
 * @param {Item[]} items
 * @returns {{group: string, items: Item[]}[]}
 */
export function grouped(items) {
  const known = new Set(Object.values(GROUPS).flat());
  const groups = Object.entries(GROUPS).map(([group, keys]) => ({
    group,
    items: keys.flatMap((key) => items.filter((item) => item.key === key)),
  }));
  const others = { group: 'other', items: items.filter((item) => !known.has(item.key)) };
  return [...groups, others].filter((group) => group.items.length > 0);
}

/**
 * What an item is called. A key that a newer page sends is shown as it is.
 *
 * @param {Item} item
 * @param {Translate} t
 */
export function label(item, t) {
  return LABELS[item.key]?.(t) ?? item.key;
}

/**
 * @param {Item} item
 * @param {Translate} t
 */
export function shown(item, t) {
  return { yes: t('yes'), no: t('no'), desktop: t('device.desktop'), mobile: t('device.mobile') }[item.value] ?? item.value;
}

/** @type {Record<string, (t: Translate) => string>} */
const LABELS = {
  os: (t) => t('item.os'),
  'os.version': (t) => t('item.os.version'),
  architecture: (t) => t('item.architecture'),
  device: (t) => t('item.device'),
  browser: (t) => t('item.browser'),
  'browser.version': (t) => t('item.browser.version'),
  language: (t) => t('item.language'),
  languages: (t) => t('item.languages'),
  cookies: (t) => t('item.cookies'),
  'screen.size': (t) => t('item.screen.size'),
  'screen.scale': (t) => t('item.screen.scale'),
  'screen.colours': (t) => t('item.screen.colours'),
  'window.size': (t) => t('item.window.size'),
  'screens.more': (t) => t('item.screens.more'),
  'processor.cores': (t) => t('item.processor.cores'),
  memory: (t) => t('item.memory'),
  graphics: (t) => t('item.graphics'),
  touch: (t) => t('item.touch'),
  battery: (t) => t('item.battery'),
  'network.online': (t) => t('item.network.online'),
  'network.kind': (t) => t('item.network.kind'),
  'network.down': (t) => t('item.network.down'),
  'network.delay': (t) => t('item.network.delay'),
  'time.zone': (t) => t('item.time.zone'),
  'time.local': (t) => t('item.time.local'),
  'storage.free': (t) => t('item.storage.free'),
  'storage.quota': (t) => t('item.storage.quota'),
};

/** @type {Record<string, (t: Translate) => string>} */
const TITLES = {
  system: (t) => t('group.system'),
  browser: (t) => t('group.browser'),
  screen: (t) => t('group.screen'),
  hardware: (t) => t('group.hardware'),
  network: (t) => t('group.network'),
  place: (t) => t('group.place'),
  other: (t) => t('group.other'),
};

/**
 * @param {string} group
 * @param {Translate} t
 */
export function groupTitle(group, t) {
  return TITLES[group](t);
}

/**
 * The report as a text for a file.
 *
 * @param {Report} report
 * @param {string} heading
 * @param {Translate} t
 */
export function asText(report, heading, t) {
  const blocks = grouped(report.items).map(({ group, items }) => {
    const lines = items.map((item) => `${label(item, t)}: ${shown(item, t)}`);
    return [groupTitle(group, t), ...lines].join('\r\n');
  });
  return `${[heading, ...blocks].join('\r\n\r\n')}\r\n`;
}

/**
 * A name for the file that every system takes.
 *
 * @param {string} name of the customer, perhaps empty
 * @param {string} at when the report was received
 */
export function fileName(name, at) {
  const word = name
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
  return `system-information${word ? `-${word}` : ''}-${at.slice(0, 10)}.txt`;
}
