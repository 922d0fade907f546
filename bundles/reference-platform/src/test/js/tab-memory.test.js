import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { TabMemory } from '../../main/resources/static/desktop/tab-memory.js';

let stored;

beforeEach(() => {
  stored = new Map();
  globalThis.sessionStorage = { getItem: (key) => stored.get(key) ?? null, setItem: (key, value) => stored.set(key, value) };
});

test('an interaction that was never looked at shows the customer', () => {
  assert.deepEqual(new TabMemory().of('1'), { open: [], active: 'customer' });
});

test('what was open is open after a reload', () => {
  const memory = new TabMemory();
  memory.open('1', 'remote-support');
  memory.open('1', 'other');
  memory.select('1', 'remote-support');
  assert.deepEqual(new TabMemory().of('1'), { open: ['remote-support', 'other'], active: 'remote-support' });
});

test('opening twice opens once', () => {
  const memory = new TabMemory();
  memory.open('1', 'a');
  memory.select('1', 'customer');
  memory.open('1', 'a');
  assert.deepEqual(memory.of('1'), { open: ['a'], active: 'a' });
});

test('closing the tab that is seen shows the customer; closing another one changes nothing else', () => {
  const memory = new TabMemory();
  memory.open('1', 'a');
  memory.open('1', 'b');
  memory.close('1', 'a');
  assert.deepEqual(memory.of('1'), { open: ['b'], active: 'b' });
  memory.close('1', 'b');
  assert.deepEqual(memory.of('1'), { open: [], active: 'customer' });
});

test('interactions that are gone are forgotten', () => {
  const memory = new TabMemory();
  memory.open('1', 'a');
  memory.open('2', 'a');
  memory.keep(['2']);
  assert.deepEqual(new TabMemory().of('1').open, []);
  assert.deepEqual(new TabMemory().of('2').open, ['a']);
});

test('what is stored and cannot be read is no harm', () => {
  stored.set('platform.tabs', '{');
  assert.deepEqual(new TabMemory().of('1').open, []);
});
