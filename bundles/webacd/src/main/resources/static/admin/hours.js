/** Opening hours as they are edited: spans of the day by weekday, Monday first. Knows no DOM. */

/** @typedef {{from: string, to: string}} Times */
/** @typedef {'time' | 'same' | 'overlap'} TimesFault */

export const DAY = 24 * 60;
/** The server takes no more in a day. */
export const MOST_SPANS = 10;

/**
 * @param {string} text `08:30`, `24:00`
 * @returns {number} the minute of the day; NaN if that is no time
 */
export function minuteOf(text) {
  const found = /^(\d\d):(\d\d)$/u.exec(text);
  const minute = found ? Number(found[1]) * 60 + Number(found[2]) : NaN;
  return found && Number(found[2]) < 60 && minute <= DAY ? minute : NaN;
}

/**
 * What people type for a time.
 *
 * @param {string} text `8`, `830`, `8.30`, `8h30`, `8:30`
 * @returns {string} `08:30`; as it was if it cannot be told
 */
export function timeOf(text) {
  const typed = text.trim();
  const found = /^(\d{1,2})(?:[.:hH ]?(\d\d))?[hH]?$/u.exec(typed);
  if (!found) {
    return typed;
  }
  const time = `${found[1].padStart(2, '0')}:${found[2] ?? '00'}`;
  return Number.isNaN(minuteOf(time)) ? typed : time;
}

/**
 * @param {Times} times
 * @returns {'' | 'from' | 'to'} which of the two is wrong; '' if neither
 */
export function wrongEnd({ from, to }) {
  const first = minuteOf(from);
  if (Number.isNaN(first) || first === DAY) {
    return 'from';
  }
  const last = minuteOf(to) || (to === '00:00' ? DAY : NaN);
  return Number.isNaN(last) || last === first ? 'to' : '';
}

/**
 * What is open of a day, for a picture of it; what goes over midnight ends there, and goes on in the next day's.
 *
 * @param {Times[][]} week
 * @param {number} day 0 is Monday
 * @returns {{from: number, to: number}[]} minutes, of what can be read
 */
export function openIn(week, day) {
  const parts = [];
  for (const times of week[day]) {
    if (!wrongEnd(times)) {
      const from = minuteOf(times.from);
      const to = minuteOf(times.to) || DAY;
      parts.push({ from, to: to > from ? to : DAY });
    }
  }
  for (const times of week[(day + 6) % 7]) {
    if (!wrongEnd(times)) {
      const to = minuteOf(times.to) || DAY;
      if (to < minuteOf(times.from)) {
        parts.push({ from: 0, to });
      }
    }
  }
  return parts.sort((a, b) => a.from - b.from);
}

/**
 * @param {Times[][]} week
 * @returns {number} hours that it is open in a week, each counted once
 */
export function hoursOpen(week) {
  let minutes = 0;
  for (let day = 0; day < 7; day++) {
    let end = 0;
    for (const { from, to } of openIn(week, day)) {
      minutes += Math.max(0, to - Math.max(from, end));
      end = Math.max(end, to);
    }
  }
  return Math.round(minutes / 6) / 10;
}

/**
 * @param {Times[][]} week
 * @param {number} day whose hours others get too
 * @param {number[]} days which
 * @returns {Times[][]}
 */
export function copied(week, day, days) {
  return week.map((spans, to) => (days.includes(to) ? week[day].map((times) => ({ ...times })) : spans));
}

/** @param {Times[]} spans @returns {Times} another one, after those that are there */
export function nextSpan(spans) {
  const end = Math.max(0, ...spans.map((times) => minuteOf(times.to) || 0));
  if (spans.length === 0) {
    return { from: '08:00', to: '17:00' };
  }
  return end + 120 <= DAY ? { from: textOf(end + 60), to: textOf(Math.min(end + 300, DAY)) } : { from: '00:00', to: '06:00' };
}

/** @param {number} minute */
export function textOf(minute) {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

/** Around the clock, every day. @returns {Times[][]} */
export const always = () => Array.from({ length: 7 }, () => [{ from: '00:00', to: '24:00' }]);

/** Monday to Friday, 8 to 17. @returns {Times[][]} */
export const office = () => Array.from({ length: 7 }, (_, day) => (day < 5 ? [{ from: '08:00', to: '17:00' }] : []));

/**
 * @param {string} tag a language
 * @returns {string[]} Monday to Sunday
 */
export function dayNames(tag) {
  const format = new Intl.DateTimeFormat(tag, { weekday: 'long', timeZone: 'UTC' });
  // The fifth of January 1970 was a Monday.
  return Array.from({ length: 7 }, (_, day) => format.format(new Date(Date.UTC(1970, 0, 5 + day))));
}
