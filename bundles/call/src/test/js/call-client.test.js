import { beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';
import { CallClient } from '../../main/resources/static/call-client.js';
import { settled, world } from './world.js';

let browser;
let said;
let line;
let opened;
let client;

beforeEach(() => {
  browser = world();
  said = [];
  opened = 0;
  client = new CallClient(browser, (handlers) => {
    opened++;
    line = { ...handlers, closed: false };
    return {
      send: (message) => said.push(message) > 0,
      close: () => {
        line.closed = true;
      },
    };
  });
});

const peer = (id, more = {}) => ({ op: 'peer', id, participant: `p${id}`, audio: true, video: false, ...more });
const words = () => said.map((message) => message.op);

/** In the call as number two, with number one there already. */
async function inside() {
  await client.join();
  line.status({ state: 'open' });
  line.text({ op: 'welcome', you: 2, ice: [], relay: false, peers: [{ id: 1, participant: 'p1', audio: true, video: false }] });
  line.text(peer(2));
  await settled();
}

test('whoever listens says what the browser can do, and does not take part', () => {
  client.open();
  client.open();
  assert.equal(opened, 1);
  line.status({ state: 'open' });
  assert.deepEqual(said, [{ op: 'can', voice: true, video: true }]);
  assert.equal(client.phase, 'idle');
  assert.equal(browser.asked.length, 0);
});

test('a browser without microphones says so', () => {
  delete browser.navigator.mediaDevices.getUserMedia;
  client.open();
  line.status({ state: 'open' });
  assert.deepEqual(said, [{ op: 'can', voice: false, video: false }]);
  assert.equal(client.able, false);
  browser.navigator = {};
  assert.equal(client.able, false);
});

test('who joins offers to those who are there', async () => {
  await inside();
  assert.equal(client.phase, 'in');
  assert.deepEqual(
    said.find((m) => m.op === 'join'),
    { op: 'join', audio: true, video: false },
  );
  assert.deepEqual(
    said.filter((m) => m.op === 'signal').map((m) => [m.to, m.data.description.type]),
    [[1, 'offer']],
  );
  assert.deepEqual(
    client.others.map((p) => p.participant),
    ['p1'],
  );
});

test('somebody who comes later is waited for', async () => {
  await inside();
  line.text(peer(3));
  await settled();
  assert.equal(browser.connections.length, 1);
  assert.equal(client.others.length, 2);
  line.text({ op: 'signal', from: 3, data: { description: { type: 'offer', sdp: 'x' } } });
  await settled();
  assert.equal(said.at(-1).data.description.type, 'answer');
  line.text({ op: 'gone', id: 3 });
  assert.ok(browser.connections[1].closed);
  assert.equal(client.others.length, 1);
});

test('somebody who has listened for longer and joins later is offered to', async () => {
  await client.join();
  line.status({ state: 'open' });
  line.text({ op: 'welcome', you: 3, ice: [], relay: false, peers: [{ id: 1, participant: 'p1', audio: true, video: false }] });
  line.text(peer(3));
  line.text(peer(2));
  line.text(peer(2, { audio: false }));
  await settled();
  const offers = () => said.filter((m) => m.op === 'signal').map((m) => [m.to, m.data.description.type]);
  assert.deepEqual(offers(), [
    [1, 'offer'],
    [2, 'offer'],
  ]);
  // Who leaves and comes back is met anew.
  line.text({ op: 'gone', id: 1 });
  line.text(peer(1));
  await settled();
  assert.deepEqual(offers().at(-1), [1, 'offer']);
  assert.equal(offers().length, 3);
});

for (const [name, trouble] of [
  ['NotAllowedError', 'denied'],
  ['NotFoundError', 'none'],
  ['NotReadableError', 'busy'],
]) {
  test(`no microphone: ${name}`, async () => {
    browser.refuse = name;
    await client.join();
    assert.equal(client.phase, 'idle');
    assert.equal(client.trouble, trouble);
    assert.deepEqual(words(), []);
    browser.refuse = '';
    await client.join();
    assert.equal(client.trouble, '');
    assert.equal(client.phase, 'joining');
  });
}

test('muting keeps the microphone; the camera goes out when it is off', async () => {
  await inside();
  const microphone = browser.connections[0].transceivers[0].sender.track;
  client.mute();
  assert.equal(microphone.enabled, false);
  assert.ok(!microphone.stopped);
  assert.deepEqual(said.at(-1), { op: 'state', audio: false, video: false });
  client.mute();
  assert.equal(microphone.enabled, true);
  await client.camera();
  const camera = client.ownVideo;
  assert.deepEqual(said.at(-1), { op: 'state', audio: true, video: true });
  await client.camera();
  assert.ok(camera.stopped);
  assert.equal(client.ownVideo, null);
  assert.deepEqual(said.at(-1), { op: 'state', audio: true, video: false });
});

test('another microphone takes the place of the old one and stays muted', async () => {
  await inside();
  client.mute();
  const old = browser.connections[0].transceivers[0].sender.track;
  await client.choose('audio', 'audio-2');
  const now = browser.connections[0].transceivers[0].sender.track;
  assert.equal(now.id, 'audio-2');
  assert.equal(now.enabled, false);
  assert.ok(old.stopped);
  assert.equal(client.chosen('audio'), 'audio-2');
  assert.deepEqual(
    (await client.devices()).audio.map((d) => d.deviceId),
    ['audio-1', 'audio-2'],
  );
});

test('a camera that is pulled out is off; a microphone is looked for anew', async () => {
  await inside();
  await client.camera();
  await client.ownVideo.onended();
  assert.equal(client.video, false);
  assert.deepEqual(said.at(-1), { op: 'state', audio: true, video: false });
  const asked = browser.asked.length;
  await browser.connections[0].transceivers[0].sender.track.onended();
  assert.equal(browser.asked.length, asked + 1);
  assert.equal(client.audio, true);
});

test('a microphone looked for anew is as silent as the one before', async () => {
  await inside();
  client.mute();
  await browser.connections[0].transceivers[0].sender.track.onended();
  assert.equal(browser.connections[0].transceivers[0].sender.track.enabled, false);
});

test('leaving lets go of everything and goes on listening', async () => {
  await inside();
  await client.camera();
  const tracks = browser.connections[0].transceivers.map((t) => t.sender.track);
  client.leave();
  await settled();
  assert.equal(client.phase, 'idle');
  assert.ok(words().includes('leave'));
  assert.ok(tracks.every((track) => track.stopped));
  assert.ok(browser.connections[0].closed);
  assert.equal(browser.timers.size, 0);
  assert.equal(line.closed, false);
});

test('who leaves while the browser asks is not in it, and the microphone is let go of', async () => {
  const stream = await browser.navigator.mediaDevices.getUserMedia({ audio: {} });
  let allow;
  browser.navigator.mediaDevices.getUserMedia = () => new Promise((done) => (allow = () => done(stream)));
  const joining = client.join();
  client.close();
  allow();
  await joining;
  assert.equal(client.phase, 'idle');
  assert.ok(stream.getTracks()[0].stopped);
  assert.deepEqual(words(), []);
});

test('it is over for everybody, and those who were in it are told', async () => {
  await inside();
  line.text({ op: 'over', reason: 'no-voice' });
  assert.equal(client.phase, 'over');
  assert.equal(client.reason, 'no-voice');
  assert.equal(client.others.length, 0);
  assert.ok(!words().includes('leave'));
  await client.join();
  assert.equal(client.reason, '');
});

test('who was not in it is not shown an end, but knows the reason', () => {
  client.open();
  line.text({ op: 'over', reason: 'no-voice' });
  assert.equal(client.phase, 'idle');
  assert.equal(client.reason, 'no-voice');
});

test('who takes back the consent is out while the others go on', async () => {
  await inside();
  line.text({ op: 'out' });
  assert.equal(client.phase, 'idle');
  assert.ok(browser.connections[0].closed);
  assert.equal(client.others.length, 1);
});

test('a full call lets go of the microphone', async () => {
  await client.join();
  line.text({ op: 'welcome', you: 9, ice: [], peers: [] });
  line.text({ op: 'full' });
  assert.equal(client.phase, 'full');
  await settled();
  assert.equal(browser.timers.size, 0);
});

test('after a lost line everybody meets anew', async () => {
  await inside();
  line.status({ state: 'closed', retry: true });
  assert.equal(client.phase, 'joining');
  assert.ok(!browser.connections[0].closed, 'those who talk go on meanwhile');
  said.length = 0;
  line.status({ state: 'open' });
  line.text({ op: 'welcome', you: 5, ice: [], peers: [{ id: 1, participant: 'p1', audio: true, video: false }] });
  line.text(peer(5));
  await settled();
  assert.deepEqual(words(), ['can', 'join', 'signal']);
  assert.equal(client.phase, 'in');
  assert.ok(browser.connections[0].closed);
});

test('a line that does not come back is the end', async () => {
  await inside();
  line.status({ state: 'closed', retry: false });
  assert.equal(client.phase, 'over');
  client.open();
  assert.equal(opened, 2);
});

test('the mark is the worst line, and goes with the call', async () => {
  await inside();
  browser.connections[0].becomes('connected');
  const look = () => {
    [...browser.timers.values()].forEach((run) => run());
    return settled();
  };
  browser.stats = [{ type: 'inbound-rtp', kind: 'audio', packetsReceived: 100, packetsLost: 0, jitter: 0 }];
  await look();
  assert.equal(client.mark, 'good');
  browser.stats = [{ type: 'inbound-rtp', kind: 'audio', packetsReceived: 150, packetsLost: 50, jitter: 0 }];
  await look();
  assert.equal(client.mark, 'poor');
  client.leave();
  assert.equal(client.mark, '');
});
