import { beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';
import { Sharing } from '../../main/resources/static/sharing.js';

let world;
let sharing;
let states;

/** @param {any} more */
const session = (by = '', more = {}) => ({
  id: 'S',
  me: 'me',
  state: 'ACTIVE',
  activities: by ? [{ name: 'screen', by, since: '1' }] : [],
  ...more,
});

const later = () => new Promise((resolve) => setTimeout(resolve));

function aTrack() {
  return { readyState: 'live', stopped: false, stop() { this.stopped = true; this.readyState = 'ended'; } };
}

function aWorld() {
  const kept = new Map();
  const made = {
    calls: [],
    track: aTrack(),
    senders: [],
    can: async () => 'yes',
    choose: async () => {
      made.calls.push('choose');
      return { getVideoTracks: () => [made.track] };
    },
    start: async () => made.calls.push('start'),
    stop: async () => made.calls.push('stop'),
    send: (id, track, hooks) => {
      const sender = { id, track, hooks, looking: 0, online: false, stopped: false, stop: () => (sender.stopped = true) };
      made.senders.push(sender);
      return sender;
    },
    page: () => 'page 1',
    memory: {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => kept.set(key, value),
      removeItem: (key) => kept.delete(key),
    },
    now: () => 5000,
  };
  return made;
}

beforeEach(async () => {
  world = aWorld();
  states = [];
  sharing = new Sharing(/** @type {any} */ (world));
  sharing.addEventListener('change', () => states.push(sharing.view));
  sharing.follow(session());
  await later();
});

test('from the click to the picture and back', async () => {
  assert.equal(sharing.view, 'ask');
  await sharing.share();
  assert.deepEqual(world.calls, ['choose', 'start']);
  assert.deepEqual(states, ['ask', 'choosing', 'starting', 'on']);
  assert.equal(sharing.track, world.track);
  assert.equal(sharing.startedAt, 5000);
  Object.assign(world.senders[0], { looking: 2, online: true });
  world.senders[0].hooks.changed();
  assert.equal(sharing.viewers, 2);
  assert.ok(sharing.online);
  sharing.follow(session('me'));
  sharing.stop();
  assert.ok(world.senders[0].stopped);
  assert.equal(sharing.view, 'ask');
  assert.equal(sharing.notice, 'stopped-by-you');
  assert.equal(sharing.track, null);
  assert.deepEqual(world.calls, ['choose', 'start', 'stop']);
});

test('what somebody else shares is ended first, but only after the browser has been told what to show', async () => {
  sharing.follow(session('other'));
  await sharing.share(true);
  assert.deepEqual(world.calls, ['choose', 'stop', 'start']);
});

test('the browser is asked within the click, without waiting for anything', () => {
  sharing.share(true);
  assert.deepEqual(world.calls, ['choose']);
});

test('two clicks are one share', async () => {
  await Promise.all([sharing.share(), sharing.share()]);
  assert.deepEqual(world.calls, ['choose', 'start']);
  await sharing.share();
  assert.equal(world.senders.length, 1);
});

test('nothing chosen, nothing had', async () => {
  world.choose = async () => {
    throw new DOMException('no', 'NotAllowedError');
  };
  await sharing.share();
  assert.equal(sharing.notice, 'not-chosen');
  world.choose = async () => {
    throw new DOMException('no', 'NotReadableError');
  };
  await sharing.share();
  assert.equal(sharing.notice, 'not-had');
  assert.equal(sharing.view, 'ask');
});

for (const [code, notice] of [
  ['activity-running', 'taken'],
  ['not-assisted', 'not-assisted'],
  ['not-controller', 'not-controller'],
  ['busy', 'failed'],
]) {
  test(`refused with ${code}: the screen is given back and it is said`, async () => {
    world.start = async () => {
      throw Object.assign(new Error('no'), { code });
    };
    await sharing.share();
    assert.equal(sharing.notice, notice);
    assert.equal(sharing.view, 'ask');
    assert.ok(world.track.stopped);
    assert.equal(world.senders.length, 0);
  });
}

test('the session has ended it: another customer was selected, or control has passed', async () => {
  await sharing.share();
  sharing.follow(session('me'));
  sharing.follow(session('me'));
  assert.ok(sharing.on);
  sharing.follow(session(''));
  assert.ok(!sharing.on);
  assert.ok(world.senders[0].stopped);
  assert.equal(sharing.notice, 'stopped');
  assert.ok(!world.calls.includes('stop'), 'nobody need be told');
});

test('somebody else shares instead before the view says that ours has stopped', async () => {
  await sharing.share();
  sharing.follow(session('me'));
  sharing.follow(session('other'));
  assert.ok(world.senders[0].stopped);
  assert.ok(!sharing.mine);
});

test("a view from before the share's start ends nothing", async () => {
  sharing.follow(session('other'));
  await sharing.share(true);
  sharing.follow(session(''));
  assert.ok(sharing.on);
});

test("the browser's own button, an encoder that fails, the relay", async () => {
  await sharing.share();
  world.senders[0].hooks.ended('track');
  assert.equal(sharing.notice, 'stopped-by-you');
  assert.equal(world.calls.at(-1), 'stop');
  world.track = aTrack();
  await sharing.share();
  world.senders[1].hooks.ended('encoder');
  assert.equal(sharing.notice, 'not-had');
  world.track = aTrack();
  await sharing.share();
  world.calls.length = 0;
  world.senders[2].hooks.ended('refused');
  assert.equal(sharing.notice, 'stopped');
  assert.deepEqual(world.calls, []);
});

test('after a reload of the page the old share is ended, and it is said', async () => {
  await sharing.share();
  const again = new Sharing(/** @type {any} */ (world));
  world.calls.length = 0;
  again.follow(session('me'));
  await later();
  assert.equal(again.notice, 'reloaded');
  assert.deepEqual(world.calls, ['stop']);
});

test('a share of another page is nothing of ours', async () => {
  const other = new Sharing(/** @type {any} */ ({ ...world, memory: aWorld().memory }));
  other.follow(session('me'));
  await later();
  assert.equal(other.notice, '');
  assert.ok(other.mine && !other.on);
  assert.deepEqual(world.calls, []);
});

test('the panel has gone while the browser was asking', async () => {
  const share = sharing.share();
  sharing.drop();
  await share;
  assert.ok(world.track.stopped);
  assert.deepEqual(world.calls, ['choose']);
});

for (const [answer, view] of [['no', 'unsupported'], ['insecure', 'insecure'], ['phone', 'phone']]) {
  test(`where it cannot be done: ${view}`, async () => {
    world.can = async () => answer;
    const here = new Sharing(/** @type {any} */ (world));
    here.follow(session());
    await later();
    assert.equal(here.view, view);
  });
}
