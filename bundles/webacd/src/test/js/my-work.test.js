import { beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';
import { MyWork } from '../../main/resources/static/words/my-work.js';

let answers;
let subscriptions;
let timers;
let seen;
let work;

const settled = () => new Promise((resolve) => setImmediate(resolve));
const view = (more) => ({ topic: 'webacd/agent/a', webacd: true, offers: [], work: [], queues: [], ...more });

beforeEach(() => {
  answers = [];
  subscriptions = [];
  timers = [];
  seen = [];
  work = new MyWork({
    ask: async () => {
      const answer = answers.shift();
      if (answer instanceof Error) {
        throw answer;
      }
      return answer;
    },
    subscribe: (topic, listener) => {
      const one = { topic, listener, open: true };
      subscriptions.push(one);
      return () => (one.open = false);
    },
    later: (run) => timers.push(run),
    cancel: () => {},
  });
});

test('asks once, then listens to the topic that was named', async () => {
  answers = [view({ capacity: 2 })];
  work.watch(() => seen.push(work.view.capacity));
  work.watch(() => {});
  await settled();
  assert.deepEqual(seen, [2]);
  assert.deepEqual(subscriptions.map((s) => s.topic), ['webacd/agent/a']);
  subscriptions[0].listener.message({ type: 'webacd.me', body: view({ capacity: 3 }) });
  subscriptions[0].listener.message({ type: 'other', body: view({ capacity: 9 }) });
  assert.deepEqual(seen, [2, 3]);
});

test('asks again when it failed, and when the topic has gone', async () => {
  answers = [new Error('away'), view(), view({ capacity: 5 })];
  work.watch(() => seen.push(work.view.capacity));
  await settled();
  assert.equal(work.view, undefined);
  timers.shift()();
  await settled();
  assert.equal(subscriptions.length, 1);
  subscriptions[0].listener.gone();
  timers.shift()();
  await settled();
  assert.equal(work.view.capacity, 5);
  assert.equal(subscriptions.length, 2);
});

test('who is the last to leave ends it, and nothing comes any more', async () => {
  answers = [view({ capacity: 1 })];
  const stop = work.watch(() => seen.push(work.view.capacity));
  await settled();
  stop();
  assert.equal(subscriptions[0].open, false);
  subscriptions[0].listener.message({ type: 'webacd.me', body: view({ capacity: 2 }) });
  assert.deepEqual(seen, [1]);
});

test('an answer to a question that nobody asks any more is not taken', async () => {
  answers = [view({ capacity: 1 })];
  const stop = work.watch(() => seen.push(work.view.capacity));
  stop();
  await settled();
  assert.deepEqual(seen, []);
  assert.equal(subscriptions.length, 0);
});

test('a refresh listens anew, so that what comes is never older than what came', async () => {
  answers = [view()];
  work.watch(() => {});
  await settled();
  work.refresh();
  assert.deepEqual(subscriptions.map((s) => s.open), [false, true]);
  subscriptions[1].listener.message({ type: 'webacd.me', body: view({ capacity: 7 }) });
  assert.equal(work.view.capacity, 7);
});
