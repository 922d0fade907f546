/** Times that are shown in a zone which is not the reader's own. */

/**
 * @param {string} zone such as Europe/Zurich
 * @param {string} language
 * @returns {string} what people call it, with its place: Central European Time (Europe/Zurich)
 */
export function zoneName(zone, language) {
  const parts = new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName: 'longGeneric' }).formatToParts(new Date());
  const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? zone;
  return name === zone ? zone : `${name} (${zone.replaceAll('_', ' ')})`;
}
