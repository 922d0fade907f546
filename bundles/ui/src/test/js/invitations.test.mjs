import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './setup.mjs';

const { addressFault, customers, freeSeat, joinPage, mayRepeat, mayWithdraw } = await load('tab/invitations.js');

test('the page on which a PIN is typed is that of the seat’s site', () => {
  assert.equal(joinPage('https://help.test/j/482913507'), 'https://help.test/join');
  assert.equal(joinPage('https://help.test/x/j/acme/482913507'), 'https://help.test/x/join/acme');
});

const view = (changes = {}) => ({
  seats: [
    { id: 's1', pin: '1', url: 'u', participant: 'c1' },
    { id: 's2', pin: '2', url: 'u', participant: null },
    { id: 's3', pin: '3', url: 'u', participant: null },
  ],
  participants: [{ id: 'c1', role: 'CUSTOMER', name: 'Marie', state: 'JOINED' }],
  invitations: [],
  ...changes,
});

test('a seat is free as long as nobody has it and no invitation holds it', () => {
  const held = (state) => ({ invitations: [{ id: 'i', seat: 's2', state }] });
  assert.equal(freeSeat(view()).id, 's2');
  assert.equal(freeSeat(view(held('SENT'))).id, 's3');
  assert.equal(freeSeat(view(held('WITHDRAWN'))).id, 's2');
  assert.equal(freeSeat(view({ seats: [] })), undefined);
  assert.equal(freeSeat(undefined), undefined);
});

test('whoever has left does not count for the limit, whoever may still come does', () => {
  assert.equal(customers(view()), 3);
  assert.equal(customers(view({ participants: [{ id: 'c1', role: 'CUSTOMER', name: 'Marie', state: 'LEFT' }] })), 2);
});

test('one mail address is asked for', () => {
  for (const good of ['marie@example.org', ' marie.d+x@mail.example ', 'ü@exämple.org', 'root@localhost']) {
    assert.equal(addressFault(good), '', good);
  }
  for (const bad of ['', 'marie', '@example.org', 'marie@', 'a b@example.org', '<m@example.org>', `${'x'.repeat(250)}@example.org`]) {
    assert.equal(addressFault(bad), 'wrong', bad);
  }
  assert.equal(addressFault('a@example.org, b@example.org'), 'several');
  assert.equal(addressFault(Array.from({ length: 100 }, (_, i) => `a${i}@example.org`).join(';')), 'several');
});

test('what has not arrived can be sent again; what is not used can be withdrawn', () => {
  const states = ['DRAFTED', 'QUEUED', 'SENT', 'FAILED', 'UNCERTAIN', 'WITHDRAWN', 'USED'];
  assert.deepEqual(states.filter((state) => mayRepeat({ state })), ['FAILED', 'UNCERTAIN']);
  assert.deepEqual(states.filter((state) => mayWithdraw({ state })), ['DRAFTED', 'QUEUED', 'SENT', 'FAILED', 'UNCERTAIN']);
});
