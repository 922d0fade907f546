import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assistedOf, merged } from '../../main/resources/static/desktop/assisted-sessions.js';
import { backPath } from '../../main/resources/static/shared/back.js';

const ORIGIN = 'https://desk.example';
const back = (path) => backPath(`?back=${encodeURIComponent(path)}`, ORIGIN);

test('after the sign-in somebody comes back to a path of this origin', () => {
  assert.equal(back('/assist/4829135'), '/assist/4829135');
  assert.equal(back('/assist/AbC-123_xyz?a=1#b'), '/assist/AbC-123_xyz?a=1#b');
});

test('no link leads a signed-in agent elsewhere', () => {
  const elsewhere = [
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example/',
    '/\t/evil.example',
    '/\n/evil.example',
    '\\\\evil.example',
    'javascript:alert(1)',
    'assist/1',
    '/ /evil.example',
    '/a\\..\\..\\evil',
    '',
  ];
  assert.deepEqual(elsewhere.map(back), elsewhere.map(() => ''));
  assert.equal(backPath('', ORIGIN), '');
});

/** A session in which Ben assists Anna. */
const session = (id, changes = {}) => ({
  id,
  number: '4829135',
  me: 'ben',
  controller: 'anna',
  assisted: 'paul',
  interaction: { id: `of-${id}` },
  participants: [
    { id: 'anna', role: 'AGENT', name: 'Anna', state: 'JOINED' },
    { id: 'ben', role: 'AGENT', name: 'Ben', state: 'JOINED' },
    { id: 'marie', role: 'CUSTOMER', name: 'Marie', state: 'JOINED' },
    { id: 'paul', role: 'CUSTOMER', name: 'Paul', state: 'JOINED' },
  ],
  ...changes,
});

test('a colleague’s session is listed by the customer who is helped, and by the colleague', () => {
  assert.deepEqual(assistedOf(session('s')), { id: 's', number: '4829135', name: 'Paul', with: 'Anna', own: false, badge: '' });
  assert.equal(assistedOf(session('s', { assisted: null })).name, 'Marie');
  assert.equal(assistedOf(session('s', { controller: 'ben' })).with, 'Anna', 'also once control has passed to the reader');
  assert.equal(assistedOf(session('s', { assisted: null, participants: [] })).name, '');
});

test('a session that the agent has taken is listed beside the calls, as one of their own', () => {
  const taken = session('s', { interaction: null, controller: 'ben' });
  assert.deepEqual(merged([], [taken], [{ id: 'call' }]), [{ id: 's', number: '4829135', name: 'Paul', with: '', own: true, badge: '' }]);
  assert.equal(assistedOf({ ...taken, controller: 'anna' }).own, false, 'once control has passed to a colleague');
});

test('own sessions are not listed twice; one that has gone stays until it is closed', () => {
  const own = session('mine', { interaction: { id: 'call' } });
  const first = merged([], [own, session('a')], [{ id: 'call' }]);
  assert.deepEqual(first.map((s) => s.id), ['a']);
  assert.deepEqual(merged(first, [session('b')], [{ id: 'call' }]).map((s) => s.id), ['a', 'b']);
});
