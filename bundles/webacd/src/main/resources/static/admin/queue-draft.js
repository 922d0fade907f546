/**
 * A queue as it is edited: numbers as they are typed, choices as lines, and what is wrong with each field under the path that
 * the server has for it. Knows no DOM.
 */

import { wrongEnd } from './hours.js';
import { codePoints, isSlug, isWebAddress, numberFault, numberOf } from './values.js';

/** @typedef {{slug: string, name: string, [more: string]: any}} QueueForm as the server says and takes it */
/** @typedef {Record<string, any>} Draft */
/** @typedef {{fault: string, args?: Record<string, number | string>}} Fault `fault` is the last word of a key `admin.fault.…` */

const A_DAY = 86_400;

/** The whole numbers of a queue: bounds, and whether nothing is a value. @type {Record<string, {least: number, most: number, optional?: boolean}>} */
export const NUMBERS = {
  priorityStepSeconds: { least: 0, most: 3600 },
  offerSeconds: { least: 5, most: 600 },
  wrapUpSeconds: { least: 0, most: 3600 },
  preferredSeconds: { least: 0, most: 3600 },
  largestLength: { least: 1, most: 100_000, optional: true },
  largestWaitSeconds: { least: 10, most: A_DAY, optional: true },
};
export const OVERFLOW_AFTER = { least: 1, most: A_DAY };
export const LEVEL = { least: 1, most: 10 };
export const RANK = { least: 1, most: 100 };
export const ANSWER = { least: 1, most: 2000 };
export const TYPES = ['TEXT', 'CHOICE', 'NUMBER', 'EMAIL'];
export const SCREENS = ['NONE', 'VIEW', 'CONTROL'];
export const MODES = ['ALL', 'BEST'];
const KEY = /^[a-z][A-Za-z0-9_]{0,39}$/u;

/** @param {unknown} value */
const text = (value) => (value === null || value === undefined ? '' : String(value));

/**
 * @param {QueueForm} form a whole one, as the server shows it
 * @returns {Draft}
 */
export function draftOf(form) {
  const { entry, start, skills, hours } = form;
  return {
    ...structuredClone(form),
    ...Object.fromEntries(Object.keys(NUMBERS).map((key) => [key, text(form[key])])),
    description: text(form.description),
    overflow: { queue: text(form.overflow?.queue), afterSeconds: text(form.overflow?.afterSeconds ?? 300) },
    hours: {
      zone: hours.zone,
      week: structuredClone(hours.week),
      holidays: hours.holidays.map((/** @type {any} */ one) => ({
        date: one.date,
        name: text(one.name),
        own: Boolean(one.from),
        from: one.from ?? '08:00',
        to: one.to ?? '12:00',
      })),
    },
    skills: {
      mode: skills.mode,
      required: skills.required.map((/** @type {any} */ one) => ({ skill: one.skill, level: text(one.level) })),
      relax: skills.relax.map((/** @type {any} */ one) => ({ afterSeconds: text(one.afterSeconds), skill: text(one.skill), level: text(one.level) })),
    },
    entry: {
      enabled: entry.enabled,
      openText: { ...entry.openText },
      closedText: { ...entry.closedText },
      closedUrl: text(entry.closedUrl),
      fields: (entry.fields ?? []).map((/** @type {any} */ one) => ({
        key: one.key,
        label: { ...one.label },
        type: one.type,
        options: (one.options ?? []).join('\n'),
        required: Boolean(one.required),
        recognises: Boolean(one.recognises),
        max: text(one.max ?? 200),
      })),
    },
    start: { ...start, url: text(start.url) },
    members: (form.members ?? []).map((/** @type {any} */ one) => ({ agent: one.agent, rank: text(one.rank) })),
  };
}

/** @param {string} lines @returns {string[]} */
export const optionsOf = (lines) =>
  lines
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

/** @param {Record<string, string>} texts @returns {Record<string, string>} those that say something */
const said = (texts) =>
  Object.fromEntries(
    Object.entries(texts)
      .map(([tag, one]) => [tag, one.trim()])
      .filter(([, one]) => one),
  );

/**
 * @param {Draft} draft without faults
 * @returns {QueueForm}
 */
export function formOf(draft) {
  return {
    slug: draft.slug.trim(),
    name: draft.name.trim(),
    description: draft.description.trim(),
    strategy: draft.strategy,
    ...Object.fromEntries(Object.keys(NUMBERS).map((key) => [key, numberOf(draft[key])])),
    overflow: draft.overflow.queue ? { queue: draft.overflow.queue, afterSeconds: numberOf(draft.overflow.afterSeconds) } : null,
    hours: {
      zone: draft.hours.zone.trim(),
      week: draft.hours.week,
      holidays: draft.hours.holidays.map((/** @type {any} */ one) => ({
        date: one.date,
        name: one.name.trim(),
        from: one.own ? one.from : null,
        to: one.own ? one.to : null,
      })),
    },
    skills: {
      mode: draft.skills.mode,
      required: draft.skills.required.map((/** @type {any} */ one) => ({ skill: one.skill, level: numberOf(one.level) })),
      relax: draft.skills.relax.map((/** @type {any} */ one) => ({
        afterSeconds: numberOf(one.afterSeconds),
        skill: one.skill || null,
        level: numberOf(one.level),
      })),
    },
    entry: {
      enabled: draft.entry.enabled,
      openText: said(draft.entry.openText),
      closedText: said(draft.entry.closedText),
      closedUrl: draft.entry.closedUrl.trim() || null,
      fields: draft.entry.fields.map((/** @type {any} */ one) => ({
        key: one.key.trim(),
        label: said(one.label),
        type: one.type,
        options: one.type === 'CHOICE' ? optionsOf(one.options) : [],
        required: one.required,
        // Left out where it is not so, as the server does.
        ...(one.recognises && (one.type === 'TEXT' || one.type === 'EMAIL') ? { recognises: true } : {}),
        max: numberOf(one.max),
      })),
    },
    start: { ...draft.start, url: draft.start.url.trim() || null },
    pick: draft.pick,
    showPosition: draft.showPosition,
    showWait: draft.showWait,
    members: draft.members.map((/** @type {any} */ one) => ({ agent: one.agent, rank: numberOf(one.rank) })),
  };
}

/**
 * What is wrong, as far as it can be told without the server.
 *
 * @param {Draft} draft
 * @returns {Record<string, Fault>} by path
 */
export function faultsOf(draft) {
  /** @type {Record<string, Fault>} */
  const faults = {};
  const wrong = (/** @type {string} */ path, /** @type {string} */ fault, /** @type {any} */ args = undefined) => (faults[path] ??= { fault, args });
  const number = (/** @type {string} */ path, /** @type {string} */ typed, /** @type {any} */ bounds) => {
    const fault = numberFault(typed, bounds);
    if (fault) {
      wrong(path, fault, { least: bounds.least, most: bounds.most });
    }
  };
  const length = (/** @type {string} */ path, /** @type {string} */ typed, /** @type {number} */ least, /** @type {number} */ most) => {
    const count = codePoints(typed.trim());
    if (count < least) {
      wrong(path, 'missing');
    } else if (count > most) {
      wrong(path, 'long', { length: count, most });
    }
  };
  length('name', draft.name, 1, 60);
  if (!isSlug(draft.slug.trim())) {
    wrong('slug', draft.slug.trim() ? 'slug' : 'missing');
  }
  length('description', draft.description, 0, 500);
  for (const [key, bounds] of Object.entries(NUMBERS)) {
    number(key, draft[key], bounds);
  }
  if (draft.overflow.queue) {
    number('overflow.afterSeconds', draft.overflow.afterSeconds, OVERFLOW_AFTER);
  }
  hourFaults(draft.hours, wrong, length);
  skillFaults(draft.skills, wrong, number);
  entryFaults(draft.entry, wrong, number, length);
  if (draft.start.url.trim() && !isWebAddress(draft.start.url.trim())) {
    wrong('start.url', 'address');
  }
  draft.members.forEach((/** @type {any} */ one, /** @type {number} */ i) => number(`members[${i}].rank`, one.rank, RANK));
  return faults;
}

/**
 * @param {any} hours
 * @param {(path: string, fault: string) => void} wrong
 * @param {(path: string, typed: string, least: number, most: number) => void} length
 */
function hourFaults(hours, wrong, length) {
  if (!hours.zone.trim()) {
    wrong('hours.zone', 'missing');
  }
  const times = (/** @type {string} */ path, /** @type {any} */ span) => {
    const end = wrongEnd(span);
    if (end) {
      wrong(`${path}.${end}`, 'time');
    }
  };
  hours.week.forEach((/** @type {any[]} */ spans, /** @type {number} */ day) => spans.forEach((span, i) => times(`hours.week[${day}][${i}]`, span)));
  hours.holidays.forEach((/** @type {any} */ one, /** @type {number} */ i) => {
    const path = `hours.holidays[${i}]`;
    if (!/^2[01]\d\d-\d\d-\d\d$/u.test(one.date)) {
      wrong(`${path}.date`, 'date');
    }
    length(`${path}.name`, one.name, 0, 60);
    if (one.own) {
      times(path, one);
    }
  });
}

/**
 * @param {any} skills
 * @param {(path: string, fault: string) => void} wrong
 * @param {(path: string, typed: string, bounds: any) => void} number
 */
function skillFaults(skills, wrong, number) {
  const asked = skills.required.map((/** @type {any} */ one) => one.skill);
  skills.required.forEach((/** @type {any} */ one, /** @type {number} */ i) => {
    const path = `skills.required[${i}]`;
    if (!one.skill) {
      wrong(`${path}.skill`, 'missing');
    } else if (asked.indexOf(one.skill) !== i) {
      wrong(`${path}.skill`, 'twice');
    }
    number(`${path}.level`, one.level, LEVEL);
  });
  let before = 0;
  skills.relax.forEach((/** @type {any} */ one, /** @type {number} */ i) => {
    const path = `skills.relax[${i}]`;
    number(`${path}.afterSeconds`, one.afterSeconds, OVERFLOW_AFTER);
    number(`${path}.level`, one.level, { ...LEVEL, optional: true });
    if (one.skill && !asked.includes(one.skill)) {
      wrong(`${path}.skill`, 'relax');
    }
    if (Number(one.afterSeconds) < before) {
      wrong(`${path}.afterSeconds`, 'order');
    }
    before = Number(one.afterSeconds);
  });
}

/**
 * @param {any} entry
 * @param {(path: string, fault: string, args?: any) => void} wrong
 * @param {(path: string, typed: string, bounds: any) => void} number
 * @param {(path: string, typed: string, least: number, most: number) => void} length
 */
function entryFaults(entry, wrong, number, length) {
  for (const words of ['openText', 'closedText']) {
    Object.entries(entry[words]).forEach(([tag, one]) => length(`entry.${words}.${tag}`, String(one), 0, 60));
  }
  if (entry.closedUrl.trim() && !isWebAddress(entry.closedUrl.trim())) {
    wrong('entry.closedUrl', 'address');
  }
  const keys = entry.fields.map((/** @type {any} */ one) => one.key.trim());
  entry.fields.forEach((/** @type {any} */ one, /** @type {number} */ i) => {
    const path = `entry.fields[${i}]`;
    if (!KEY.test(keys[i])) {
      wrong(`${path}.key`, keys[i] ? 'key' : 'missing');
    } else if (keys.indexOf(keys[i]) !== i) {
      wrong(`${path}.key`, 'twice');
    }
    if (Object.keys(said(one.label)).length === 0) {
      wrong(`${path}.label`, 'label');
    }
    Object.entries(one.label).forEach(([tag, label]) => length(`${path}.label.${tag}`, String(label), 0, 100));
    number(`${path}.max`, one.max, ANSWER);
    if (one.type === 'CHOICE') {
      const options = optionsOf(one.options);
      if (options.length === 0) {
        wrong(`${path}.options`, 'options');
      } else if (new Set(options).size < options.length) {
        wrong(`${path}.options`, 'twice');
      } else if (options.length > 100 || options.some((option) => codePoints(option) > 100)) {
        wrong(`${path}.options`, 'options-long');
      }
    }
  });
}
