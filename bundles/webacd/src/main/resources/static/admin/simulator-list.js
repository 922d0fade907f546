/** The last simulations, and one that runs: how far it is. */

import { html, icon, language, locale, nothing, repeat } from 'tandem/kit';
import { clock } from '../words/words.js';
import { mark } from './marks.js';
import { progressOf } from './simulator-measures.js';
import { trafficText } from './simulator-words.js';

/** @typedef {import('./simulator-measures.js').SimulationView} SimulationView */
/** @typedef {(key: string, args?: Record<string, string | number>) => string} Translate */

/** @type {Record<string, {kind: string, icon: string}>} */
const LOOKS = {
  WAITING: { kind: '', icon: 'clock' },
  RUNNING: { kind: '', icon: 'play' },
  DONE: { kind: 'good', icon: 'check' },
  CANCELLED: { kind: 'warn', icon: 'stop' },
  FAILED: { kind: 'warn', icon: 'warning' },
};

/**
 * @param {import('./simulator-measures.js').SimulationState} state
 * @param {Translate} t
 */
export function stateView(state, t) {
  const look = LOOKS[state] ?? LOOKS.WAITING;
  return html`<span class="state ${look.kind}" data-state=${state}>${icon(look.icon)}${t(`simulator.state.${state}`)}</span>`;
}

/**
 * @param {Translate} t
 * @param {SimulationView[]} last
 * @param {(one: SimulationView) => void} open
 * @param {(one: SimulationView) => void} end
 */
export function lastView(t, last, open, end) {
  const time = new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' });
  const at = (/** @type {SimulationView} */ one) => (one.startedAt ? time.format(new Date(one.startedAt)) : t('simulator.state.WAITING'));
  return html`<section class="box" aria-labelledby="last">
    <h3 id="last">${t('simulator.last')}</h3>
    <p class="lead">${t('simulator.last.lead')}</p>
    ${last.length === 0
      ? html`<p class="none">${t('simulator.last.none')}</p>`
      : html`<div class="scroll">
          <table class="last">
            <caption class="sr">
              ${t('simulator.last')}
            </caption>
            <thead>
              <tr>
                <th scope="col">${t('simulator.started')}</th>
                <th scope="col">${t('simulator.traffic')}</th>
                <th scope="col">${t('simulator.scenarios')}</th>
                <th scope="col">${t('admin.state')}</th>
                <th scope="col">${t('admin.versions.by')}</th>
                <th scope="col"><span class="sr">${t('admin.more')}</span></th>
              </tr>
            </thead>
            <tbody>
              ${repeat(
                last,
                (one) => one.id,
                (one) => html`<tr data-simulation=${one.id}>
                  <th scope="row"><button class="quiet small" aria-label=${t('simulator.open.of', { time: at(one) })} @click=${() => open(one)}>${at(one)}</button></th>
                  <td class="what">${trafficText(one.request.traffic, locale(), t)}</td>
                  <td class="what" dir="auto">${one.request.scenarios.map((/** @type {{name: string}} */ scenario) => scenario.name).join(', ')}</td>
                  <td>${stateView(one.state, t)}</td>
                  <td class="what" dir="auto">${one.by}</td>
                  <td>
                    ${one.state === 'WAITING' || one.state === 'RUNNING'
                      ? nothing
                      : html`<button
                          class="quiet small icon"
                          aria-label=${t('simulator.remove.of', { time: at(one) })}
                          title=${t('simulator.remove.of', { time: at(one) })}
                          @click=${() => end(one)}
                        >
                          ${mark('trash')}
                        </button>`}
                  </td>
                </tr>`,
              )}
            </tbody>
          </table>
        </div>`}
  </section>`;
}

/**
 * @param {Translate} t
 * @param {SimulationView} simulation
 * @param {number} now
 * @param {boolean} busy
 * @param {() => void} cancel
 */
export function progressView(t, simulation, now, busy, cancel) {
  const { state, done, items, startedAt, scenario, request } = simulation;
  if (state === 'DONE') {
    return nothing;
  }
  if (state === 'CANCELLED' || state === 'FAILED') {
    return html`<div class="notice ${state === 'FAILED' ? 'bad' : ''}" id="over">
      ${icon(state === 'FAILED' ? 'warning' : 'info')}<span
        >${state === 'FAILED' ? t('simulator.failed') : t('simulator.cancelled')}
        ${typeof simulation.problem === 'string' ? html`<br /><span class="hint" lang="en">${simulation.problem}</span>` : nothing}</span
      >
    </div>`;
  }
  const number = new Intl.NumberFormat(language());
  const part = progressOf(simulation);
  const count = request.scenarios.length;
  const which = request.scenarios[scenario ?? 0]?.name ?? '';
  const seconds = startedAt ? (now - Date.parse(startedAt)) / 1000 : 0;
  const far = items
    ? t('simulator.itemsOf', { done: number.format(done), items: number.format(items) })
    : t('simulator.items', { done: number.format(done) });
  return html`<section class="box" aria-labelledby="far">
    <h3 id="far">${state === 'WAITING' ? t('simulator.waits') : t('simulator.runs', { number: (scenario ?? 0) + 1, count, name: which })}</h3>
    ${state === 'RUNNING' && part === undefined
      ? html`<progress aria-labelledby="far"></progress>`
      : html`<progress aria-labelledby="far" max="1" value=${(part ?? 0).toFixed(3)}></progress>`}
    <div class="how-far">
      <span id="items">${far}</span><span id="time">${t('simulator.time', { time: clock(seconds) })}</span>
      <span class="grow"></span>
    </div>
    <div class="doing"><button class="danger" id="cancel" ?disabled=${busy} @click=${cancel}>${icon('stop')}${t('simulator.cancel')}</button></div>
  </section>`;
}
