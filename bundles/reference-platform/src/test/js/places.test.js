import assert from 'node:assert/strict';
import { register } from 'node:module';
import test from 'node:test';

register(
  `data:text/javascript,${encodeURIComponent(`
    const KIT = 'data:text/javascript,export const language = () => "fr";';
    export const resolve = (name, context, next) => name === 'tandem/kit' ? { url: KIT, shortCircuit: true } : next(name, context);
  `)}`,
);
const { placed, titleOf, toPlace, viewsOf } = await import('../../main/resources/static/desktop/places.js');

const tab = (id, place) => ({ id, place, element: `x-${id}`, module: '/m', rank: 1, titles: { en: id } });
const state = (roles, places) => ({ agent: { roles }, places });

test('an address leads to a view and a page of it, any other to the interactions', () => {
  assert.deepEqual(toPlace('#admin/sign-ins'), { view: 'admin', section: 'sign-ins' });
  assert.deepEqual(toPlace('#monitor'), { view: 'monitor', section: '' });
  for (const other of ['', '#', '#administrator', '#admin/', '#admin/a/b', '#monitor/../x', '#admin/<b>']) {
    assert.deepEqual(toPlace(other), { view: 'desk', section: '' }, other);
  }
});

test('an agent has the views for which there is something, or a role', () => {
  assert.deepEqual(viewsOf(state(['AGENT'], [tab('offers', 'DESKTOP')])), ['desk']);
  assert.deepEqual(viewsOf(state(['AGENT'], [tab('queues', 'MONITOR')])), ['desk', 'monitor']);
  assert.deepEqual(viewsOf(state(['AGENT', 'ADMINISTRATOR'], [])), ['desk', 'admin']);
});

test('a place holds what was brought for it', () => {
  const all = [tab('offers', 'DESKTOP'), tab('queues', 'ADMINISTRATION')];
  assert.deepEqual(placed(state([], all), 'ADMINISTRATION'), [all[1]]);
});

test('a title is in the language of the page, else English', () => {
  assert.equal(titleOf({ ...tab('a', 'MONITOR'), titles: { en: 'Queues', fr: 'Files' } }), 'Files');
  assert.equal(titleOf(tab('a', 'MONITOR')), 'a');
});
