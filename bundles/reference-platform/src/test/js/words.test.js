import assert from 'node:assert/strict';
import { register } from 'node:module';
import test from 'node:test';

register(
  `data:text/javascript,${encodeURIComponent(`
    const KIT = 'data:text/javascript,export const language = () => "en";';
    export const resolve = (name, context, next) => name === 'tandem/kit' ? { url: KIT, shortCircuit: true } : next(name, context);
  `)}`,
);
const { lasting, matches, own } = await import('../../main/resources/static/admin/words.js');

test('durations are told in the largest units that fit', () => {
  assert.equal(lasting(0, 'en'), '0 seconds');
  assert.equal(lasting(1, 'en'), '1 second');
  assert.equal(lasting(90, 'en'), '1 minute 30 seconds');
  assert.equal(lasting(3600, 'en'), '1 hour');
  assert.equal(lasting(86_400, 'fr').replace(/\s/gu, ' '), '1 jour');
  assert.equal(lasting(7200, 'nl'), '2 uur');
});

test('a search takes any order, case and accent', () => {
  assert.ok(matches('jose AGENT', ['José Núñez', 'agent']));
  assert.ok(matches('', ['anything']));
  assert.ok(!matches('jose admin', ['José Núñez', 'agent']));
});

test('texts fall back to English', () => {
  assert.equal(own({ en: 'Grace', fr: 'Attente' }), 'Grace');
  assert.equal(own({ de: 'x' }), '');
  assert.equal(own(undefined), '');
});
