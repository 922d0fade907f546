/** What consents are called and asked for, in the words of the panels that need them. Knows no DOM. */

/** @typedef {import('./panels.js').PanelInfo} PanelInfo */
/** @typedef {import('./views.js').Consent} Consent */
/** @typedef {import('./views.js').SessionView} SessionView */

/**
 * @param {readonly PanelInfo[]} panels
 * @param {string} capability
 * @param {string} language
 * @returns {{title: string, ask: string, on: string}} empty where no panel has words for it
 */
export function capabilityWords(panels, capability, language) {
  const panel = panels.find((p) => p.capability?.name === capability);
  const named = panel ?? panels.find((p) => p.id === capability);
  const words = panel?.capability;
  return {
    title: named ? inLanguage(named.titles, language) : '',
    ask: words ? inLanguage(words.ask, language) : '',
    on: words ? inLanguage(words.on, language) : '',
  };
}

/**
 * @param {Record<string, string>} texts
 * @param {string} language
 */
function inLanguage(texts, language) {
  return texts[language] ?? texts.en ?? '';
}

/**
 * @param {SessionView | undefined} view
 * @returns {Consent[]} those of the reader
 */
function mine(view) {
  return (view?.consents ?? []).filter((one) => one.of === view?.me);
}

/**
 * @param {SessionView | undefined} view
 * @returns {Consent | undefined} the question that has waited longest for the reader's answer
 */
export function asked(view) {
  return mine(view)
    .filter((one) => one.state === 'ASKED')
    .sort((a, b) => a.at.localeCompare(b.at))[0];
}

/**
 * @param {SessionView | undefined} view
 * @param {number} now milliseconds of the server's clock
 * @returns {Consent[]} what the reader allows now
 */
export function allowed(view, now) {
  return mine(view).filter((one) => one.state === 'GRANTED' && (!one.until || Date.parse(one.until) > now));
}

/**
 * @param {SessionView | undefined} view
 * @returns {boolean} whether others are there to be helped, and somebody is being helped
 */
export function takesTurns(view) {
  const customers = (view?.participants ?? []).filter(
    (p) => p.role === 'CUSTOMER' && (p.state === 'JOINED' || p.state === 'DISCONNECTED'),
  );
  return customers.length > 1 && Boolean(view?.assisted);
}
