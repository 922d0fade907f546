import { beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';
import { Ringer } from '../../main/resources/static/offers/ringer.js';

let tones;
let timers;
let kept;
let state;

const parameter = () => ({ setValueAtTime() {}, linearRampToValueAtTime() {}, exponentialRampToValueAtTime() {}, value: 0 });

const world = () => ({
  context: () => ({
    get state() {
      return state;
    },
    currentTime: 0,
    destination: {},
    resume: async () => {},
    createOscillator: () => ({ frequency: parameter(), connect() {}, start: (at) => tones.push(at), stop() {} }),
    createGain: () => ({ gain: parameter(), connect() {} }),
  }),
  storage: { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) },
  every: (run) => timers.push(run),
  cancel: (handle) => (timers[handle - 1] = undefined),
});

beforeEach(() => {
  tones = [];
  timers = [];
  kept = new Map();
  state = 'running';
});

test('rings at once and again until nothing is offered', () => {
  const ringer = new Ringer(world());
  ringer.ring(true);
  assert.equal(tones.length, 2);
  ringer.ring(true);
  assert.equal(timers.length, 1);
  timers[0]();
  assert.equal(tones.length, 4);
  ringer.ring(false);
  assert.equal(timers[0], undefined);
});

test('muted is silent, and is remembered', () => {
  const ringer = new Ringer(world());
  ringer.muted = true;
  ringer.ring(true);
  assert.equal(tones.length, 0);
  assert.equal(new Ringer(world()).muted, true);
  ringer.muted = false;
  timers[0]();
  assert.equal(tones.length, 2);
  assert.equal(new Ringer(world()).muted, false);
});

test('a page that the browser does not let sound, or a computer without sound, breaks nothing', () => {
  state = 'suspended';
  const ringer = new Ringer(world());
  ringer.ring(true);
  assert.equal(ringer.heard, false);
  assert.equal(tones.length, 0);
  const deaf = new Ringer({
    ...world(),
    context: () => {
      throw new Error('no sound');
    },
    storage: {
      getItem: () => {
        throw new Error('no storage');
      },
      setItem: () => {
        throw new Error('no storage');
      },
    },
  });
  deaf.ring(true);
  deaf.muted = true;
  assert.equal(deaf.muted, true);
});
