import { beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';
import { Mesh } from '../../main/resources/static/mesh.js';
import { FakeTrack, settled, world } from './world.js';

let browser;
let sent;
let mesh;

beforeEach(() => {
  browser = world();
  sent = [];
  mesh = new Mesh(browser, (to, data) => sent.push({ to, data }));
  mesh.begin(2, [{ urls: ['turn:a'] }]);
});

const only = () => browser.connections.at(-1);

test('the higher number offers, with one place for sound and one for a picture', async () => {
  await mesh.put('audio', new FakeTrack('audio'));
  await mesh.meet(1);
  assert.deepEqual(sent, [{ to: 1, data: { description: { type: 'offer', sdp: 'offer 1' } } }]);
  assert.deepEqual(
    only().transceivers.map((t) => t.receiver.track.kind),
    ['audio', 'video'],
  );
  assert.equal(only().transceivers[0].sender.track.kind, 'audio');
  assert.equal(only().transceivers[1].sender.track, null);
  assert.deepEqual(only().configuration, { iceServers: [{ urls: ['turn:a'] }], iceTransportPolicy: 'all' });
});

test('who came earlier, oneself, and one that is known are not offered anything', async () => {
  await mesh.meet(3);
  await mesh.meet(2);
  assert.equal(browser.connections.length, 0);
  await mesh.meet(1);
  await mesh.meet(1);
  assert.equal(browser.connections.length, 1);
});

test('where addresses stay hidden connections go by TURN alone', async () => {
  mesh.begin(2, [], true);
  await mesh.meet(1);
  assert.equal(only().configuration.iceTransportPolicy, 'relay');
});

test('an offer is answered with what is sent now', async () => {
  const microphone = new FakeTrack('audio');
  await mesh.put('audio', microphone);
  await mesh.take(3, { description: { type: 'offer', sdp: 'x' } });
  assert.deepEqual(sent, [{ to: 3, data: { description: { type: 'answer', sdp: 'answer' } } }]);
  assert.equal(only().transceivers[0].sender.track, microphone);
});

test('an offer of one who came earlier is not taken, so two never cross', async () => {
  await mesh.meet(1);
  await mesh.take(1, { description: { type: 'offer', sdp: 'x' } });
  assert.equal(only().remoteDescription, null);
  assert.equal(sent.length, 1);
});

test('an answer is taken once', async () => {
  await mesh.meet(1);
  await mesh.take(1, { description: { type: 'answer', sdp: 'a' } });
  await mesh.take(1, { description: { type: 'answer', sdp: 'b' } });
  assert.equal(only().remoteDescription.sdp, 'a');
  await mesh.take(9, { description: { type: 'answer', sdp: 'c' } });
  assert.equal(browser.connections.length, 1);
});

test('candidates that overtake their description wait for it', async () => {
  await mesh.meet(1);
  await mesh.take(1, { candidate: { candidate: 'early' } });
  assert.deepEqual(only().candidates, []);
  await mesh.take(1, { description: { type: 'answer', sdp: 'a' } });
  await mesh.take(1, { candidate: { candidate: 'late' } });
  assert.deepEqual(
    only().candidates.map((c) => c.candidate),
    ['early', 'late'],
  );
});

test('own candidates go to whom they belong, the last empty one to nobody', async () => {
  await mesh.meet(1);
  only().onicecandidate({ candidate: { candidate: 'mine' } });
  only().onicecandidate({ candidate: null });
  assert.deepEqual(sent.slice(1), [{ to: 1, data: { candidate: { candidate: 'mine' } } }]);
});

test('what is sent changes without another offer', async () => {
  await mesh.meet(1);
  const camera = new FakeTrack('video');
  await mesh.put('video', camera);
  assert.equal(only().transceivers[1].sender.track, camera);
  await mesh.put('video', null);
  assert.equal(only().transceivers[1].sender.track, null);
  assert.equal(sent.length, 1);
});

test('a way that is lost is looked for anew by who offered', async () => {
  await mesh.meet(1);
  await mesh.take(3, { description: { type: 'offer', sdp: 'x' } });
  const [mine, theirs] = browser.connections;
  sent.length = 0;
  theirs.becomes('failed');
  mine.becomes('failed');
  await settled();
  assert.deepEqual(
    sent.map((s) => s.to),
    [1],
  );
  assert.deepEqual(mine.offers.at(-1), { iceRestart: true });
});

test('a track that replaces another one takes its place in the stream', async () => {
  await mesh.meet(1);
  const [first, second, picture] = [new FakeTrack('audio'), new FakeTrack('audio', 'b'), new FakeTrack('video')];
  only().ontrack({ track: first });
  only().ontrack({ track: picture });
  only().ontrack({ track: second });
  assert.deepEqual(mesh.links[0].stream.getTracks(), [picture, second]);
});

test('who goes is closed, and so is everybody when it ends or begins anew', async () => {
  let changes = 0;
  mesh.addEventListener('change', () => changes++);
  await mesh.meet(1);
  await mesh.take(3, { description: { type: 'offer', sdp: 'x' } });
  mesh.drop(1);
  assert.ok(browser.connections[0].closed);
  assert.equal(changes, 1);
  mesh.drop(1);
  assert.equal(changes, 1);
  mesh.begin(7, []);
  assert.ok(browser.connections[1].closed);
  assert.deepEqual(mesh.links, []);
});
