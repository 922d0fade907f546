/** The entry form of a queue: where it is, what it asks, and what is wrong with an answer. Knows no DOM. */

import { codePoints } from '../words/words.js';

/** @typedef {{key: string, label: Record<string, string>, type: 'TEXT' | 'CHOICE' | 'NUMBER' | 'EMAIL', options: string[], required: boolean, max: number, recognises?: boolean}} Field */
/**
 * @typedef {object} Entry
 * @property {string} site
 * @property {string} slug
 * @property {string} name of the queue
 * @property {boolean} open
 * @property {string | null} [changes] when it opens or closes next
 * @property {Record<string, string>} openText
 * @property {Record<string, string>} closedText
 * @property {string | null} [closedUrl]
 * @property {Field[]} fields
 * @property {number | null} [waitSeconds]
 */
/** @typedef {'' | 'missing' | 'long' | 'number' | 'email' | 'choice'} Fault */

/** The longest name, in code points. */
export const LONGEST_NAME = 60;

const NUMBER = /^[+-]?\d{1,18}([.,]\d{1,9})?$/u;
const EMAIL = /^[^\s@]{1,64}@[^\s@]{1,190}\.[^\s@]{2,63}$/u;

/**
 * @param {string} path of the page: `/q/SLUG`, or `/q/SITE/SLUG`
 * @returns {string} below `/api/webacd/entry/`; empty if it names no queue
 */
export function entryPath(path) {
  const parts = path.split('/').filter(Boolean).slice(1);
  if (parts.length < 1 || parts.length > 2) {
    return '';
  }
  try {
    return parts.map((part) => encodeURIComponent(decodeURIComponent(part))).join('/');
  } catch {
    return '';
  }
}

/**
 * @param {string} typed
 * @returns {Fault}
 */
export function nameFault(typed) {
  const name = typed.trim();
  return name === '' ? 'missing' : codePoints(name) > LONGEST_NAME ? 'long' : '';
}

/**
 * @param {Field} field
 * @param {string} typed
 * @returns {Fault}
 */
export function answerFault(field, typed) {
  const answer = typed.trim();
  if (answer === '') {
    return field.required ? 'missing' : '';
  }
  if (codePoints(answer) > field.max) {
    return 'long';
  }
  if (field.type === 'NUMBER' && !NUMBER.test(answer)) {
    return 'number';
  }
  if (field.type === 'EMAIL' && !EMAIL.test(answer)) {
    return 'email';
  }
  return field.type === 'CHOICE' && !field.options.includes(answer) ? 'choice' : '';
}

/**
 * @param {readonly Field[]} fields
 * @param {Record<string, string>} typed
 * @returns {Record<string, string>} what was answered, without blanks around
 */
export function answersOf(fields, typed) {
  return Object.fromEntries(
    fields.map((field) => [field.key, (typed[field.key] ?? '').trim()]).filter(([, answer]) => answer !== ''),
  );
}

/**
 * @param {string | undefined} field as a refusal names it: `answers.KEY`, `name`
 * @returns {string} the key of the question, or `name`, or empty
 */
export function fieldOf(field) {
  return field === 'name' ? 'name' : field?.startsWith('answers.') ? field.slice('answers.'.length) : '';
}

/**
 * @param {string | null | undefined} url
 * @returns {string} it, if a button may lead there
 */
export function safeUrl(url) {
  try {
    const parsed = new URL(url ?? '');
    return parsed.protocol === 'https:' || parsed.protocol === 'http:' ? parsed.href : '';
  } catch {
    return '';
  }
}

/**
 * @param {string} platform as the browser names it: `Windows`, `MacIntel`, `Linux x86_64`
 * @returns {string} for rules
 */
export function systemOf(platform) {
  const text = platform.toLowerCase();
  /** @type {[RegExp, string][]} */
  const known = [
    [/android/u, 'Android'],
    [/iphone|ipad|ios/u, 'iOS'],
    [/mac/u, 'macOS'],
    [/win/u, 'Windows'],
    [/cros|chrome ?os/u, 'ChromeOS'],
    [/linux/u, 'Linux'],
  ];
  return known.find(([pattern]) => pattern.test(text))?.[1] ?? '';
}
