/**
 * The supervisor's monitor: queues, agents and offers of this moment, why an offer was made as it was, and what happened by interval.
 * Rows keep their places, numbers change in theirs.
 */

import { TandemElement, api, css, define, html, icon, language, live, locale, messages, nothing, problemText, repeat, staticHtml, unsafeStatic } from 'tandem/kit';
import { clock, roughly, secondsSince, secondsUntil } from '../words/words.js';
import { Feed } from './feed.js';
import { HISTORY } from './history.js';
import { tables } from './styles.js';
import { percent, standing } from './told.js';
import { WHY } from './why.js';

/** @typedef {import('./feed.js').QueueNow} QueueNow */
/** @typedef {import('./feed.js').AgentNow} AgentNow */
/** @typedef {import('./feed.js').OfferNow} OfferNow */

const historyPart = unsafeStatic(HISTORY);
const whyPart = unsafeStatic(WHY);
const LATEST = 10;

class MonitorPage extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = {
    agent: { attribute: false },
    now: { state: true },
    item: { state: true },
    queue: { state: true },
  };
  static styles = [
    tables,
    css`
      :host > h2:first-of-type,
      .head h2 {
        margin-block-start: 0;
      }
      .live {
        container-type: inline-size;
      }
      .live table {
        min-inline-size: 42rem;
        table-layout: fixed;
      }
      .live .wide {
        inline-size: 24%;
      }
      .live .ask {
        inline-size: 14rem;
      }
      .live thead th {
        white-space: normal;
        vertical-align: bottom;
      }
      /* Where it is narrow, as much for each column as its longest word takes. */
      @container (max-width: 56rem) {
        th,
        td {
          padding-inline: 8px;
        }
        #queues .n {
          white-space: normal;
        }
        #queues .wide {
          inline-size: 17%;
        }
        #queues .longer {
          inline-size: 14.5%;
        }
      }
      .state {
        display: inline-flex;
        align-items: center;
        gap: 6px;
      }
      .dot {
        inline-size: 10px;
        block-size: 10px;
        flex: none;
        border-radius: 50%;
        border: 2px solid var(--tandem-line-strong);
      }
      .good .dot {
        border-color: var(--tandem-good);
        background: var(--tandem-good);
      }
      .warn .dot {
        border-color: var(--tandem-warn);
      }
      .late {
        color: var(--tandem-bad);
        font-weight: 600;
      }
    `,
  ];

  constructor() {
    super();
    this.agent = undefined;
    this.now = api.now();
    /** The item that is explained. */
    this.item = '';
    /** @type {{id: string, name: string} | undefined} whose line is shown */
    this.queue = undefined;
    this.feed = new Feed(
      {
        ask: () => api.get('/webacd/monitor'),
        subscribe: (topic, listener) => live.subscribe(topic, listener),
        later: (run, ms) => setTimeout(run, ms),
        cancel: (handle) => clearTimeout(handle),
      },
      () => this.requestUpdate(),
    );
    /** @type {ReturnType<typeof setInterval> | undefined} */
    this.clock = undefined;
  }

  connectedCallback() {
    super.connectedCallback();
    this.feed.begin();
    this.clock = setInterval(() => (this.now = api.now()), 1000);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.feed.end();
    clearInterval(this.clock);
  }

  render() {
    const view = this.feed.view;
    if (!view) {
      return this.feed.problem
        ? html`<tandem-empty icon="warning"><p role="alert">${problemText(this.feed.problem)}</p></tandem-empty>`
        : html`<tandem-skeleton lines="8"></tandem-skeleton>`;
    }
    if (view.queues.length === 0 && view.agents.length === 0) {
      return html`<tandem-empty icon="info" heading=${this.t('monitor.none')}>${this.t('monitor.none.text')}</tandem-empty>`;
    }
    const names = new Map(view.queues.map((one) => [one.id, one.name]));
    return staticHtml`${this.queues(view.queues, view.inTimeSeconds)} ${this.agents(view.agents, names)} ${this.offers(view.offers, names)}
      <${historyPart} .queues=${view.queues}></${historyPart}>
      <${whyPart} .item=${this.item} .queue=${this.queue} .zone=${view.zone} @tandem-dismiss=${this.dismiss}></${whyPart}>`;
  }

  dismiss() {
    this.item = '';
    this.queue = undefined;
  }

  /**
   * @param {QueueNow[]} queues
   * @param {number} inTime
   */
  queues(queues, inTime) {
    return html`<h2>${this.t('monitor.queues')}</h2>
      <div class="scroll live" tabindex="0" role="region" aria-label=${this.t('monitor.queues')}>
        <table id="queues">
          <thead>
            <tr>
              <th scope="col" class="wide">${this.t('monitor.queue')}</th>
              <th scope="col" class="longer">${this.t('monitor.hours')}</th>
              <th scope="col" class="n">${this.t('monitor.waits')}</th>
              <th scope="col" class="n">${this.t('monitor.offered')}</th>
              <th scope="col" class="n">${this.t('monitor.assigned')}</th>
              <th scope="col" class="n">${this.t('monitor.longest')}</th>
              <th scope="col" class="n">${this.t('monitor.estimate')}</th>
              <th scope="col" class="n longer" title=${this.t('monitor.service-level.help', { seconds: inTime })}>${this.t('monitor.today')}</th>
            </tr>
          </thead>
          <tbody>
            ${repeat(
              queues,
              (one) => one.id,
              (one) => this.queueRow(one, inTime),
            )}
          </tbody>
        </table>
      </div>`;
  }

  /**
   * @param {QueueNow} one
   * @param {number} inTime
   */
  queueRow(one, inTime) {
    const oldest = one.oldest ? secondsSince(one.oldest, this.now) : undefined;
    return html`<tr data-queue=${one.slug}>
      <th scope="row" dir="auto">${one.name}</th>
      <td><span class="state ${one.open ? 'good' : ''}"><span class="dot"></span>${one.open ? this.t('monitor.open') : this.t('monitor.closed')}</span></td>
      <td class="n">
        ${one.waiting > 0
          ? html`<button class="small quiet" aria-label=${this.t('monitor.waiting.show', { queue: one.name, number: one.waiting })} @click=${() => (this.queue = { id: one.id, name: one.name })}>${one.waiting}</button>`
          : '0'}
      </td>
      <td class="n">${one.offered}</td>
      <td class="n">${one.assigned}</td>
      <td class="n ${oldest !== undefined && oldest > inTime ? 'late' : ''}">${oldest === undefined ? '–' : clock(oldest)}</td>
      <td class="n">${this.estimate(one)}</td>
      <td class="n">${percent(one.today.serviceLevel, language())}</td>
    </tr>`;
  }

  /** @param {QueueNow} one */
  estimate(one) {
    if (!one.open && one.waiting === 0) {
      return '–';
    }
    if (one.estimateSeconds === null || one.estimateSeconds === undefined) {
      return this.t('monitor.nobody');
    }
    const { unit, count } = roughly(one.estimateSeconds);
    return this.t(`monitor.about.${unit}`, { count });
  }

  /**
   * @param {AgentNow[]} agents
   * @param {Map<string, string>} names
   */
  agents(agents, names) {
    return html`<h2>${this.t('monitor.agents')}</h2>
      <div class="scroll live" tabindex="0" role="region" aria-label=${this.t('monitor.agents')}>
        <table id="agents">
          <thead>
            <tr>
              <th scope="col" class="wide">${this.t('monitor.agent')}</th>
              <th scope="col" class="wide">${this.t('monitor.presence')}</th>
              <th scope="col" class="n">${this.t('monitor.since')}</th>
              <th scope="col" class="n">${this.t('monitor.load')}</th>
              <th scope="col" class="wide">${this.t('monitor.has')}</th>
            </tr>
          </thead>
          <tbody>
            ${repeat(
              agents,
              (one) => one.id,
              (one) => this.agentRow(one, names),
            )}
          </tbody>
        </table>
      </div>`;
  }

  /**
   * @param {AgentNow} one
   * @param {Map<string, string>} names
   */
  agentRow(one, names) {
    const { key, kind } = standing(one);
    return html`<tr data-agent=${one.id}>
      <th scope="row" dir="auto">${one.name}</th>
      <td><span class="state ${kind}"><span class="dot"></span>${this.t(key)}</span></td>
      <td class="n">${one.since && kind !== 'off' ? clock(secondsSince(one.since, this.now)) : '–'}</td>
      <td class="n">${this.t('monitor.of', { used: one.offered + one.assigned + one.wrapUp + one.other, capacity: one.capacity })}</td>
      <td>
        ${one.offered > 0 ? html`<div>${this.t('monitor.is-asked')}</div>` : nothing}
        ${one.work.map((work) => html`<div dir="auto">${this.work(work, names)}</div>`)}
      </td>
    </tr>`;
  }

  /**
   * @param {import('./feed.js').HasNow} work
   * @param {Map<string, string>} names
   */
  work(work, names) {
    const queue = names.get(work.queue ?? '') ?? this.t('monitor.by-name');
    const time = clock(secondsSince(work.since, this.now));
    return work.state === 'WRAP_UP' ? this.t('monitor.work.wrap-up', { queue, time }) : this.t('monitor.work', { queue, time });
  }

  /**
   * @param {OfferNow[]} offers
   * @param {Map<string, string>} names
   */
  offers(offers, names) {
    const open = offers.filter((one) => one.state === 'PENDING');
    const shown = [...open, ...offers.filter((one) => one.state !== 'PENDING').slice(0, LATEST)];
    return html`<h2>${this.t('monitor.offers')}</h2>
      ${shown.length === 0
        ? html`<p class="muted">${this.t('monitor.offers.none')}</p>`
        : html`<div class="scroll live" tabindex="0" role="region" aria-label=${this.t('monitor.offers')}>
            <table id="offers">
              <thead>
                <tr>
                  <th scope="col">${this.t('monitor.agent')}</th>
                  <th scope="col">${this.t('monitor.queue')}</th>
                  <th scope="col">${this.t('monitor.offer.state')}</th>
                  <th scope="col" class="n">${this.t('monitor.offer.time')}</th>
                  <td class="ask"></td>
                </tr>
              </thead>
              <tbody>
                ${repeat(
                  shown,
                  (one) => `${one.id} ${one.agent}`,
                  (one) => html`<tr data-state=${one.state}>
                    <th scope="row" dir="auto">${one.name}</th>
                    <td dir="auto">${names.get(one.queue ?? '') ?? this.t('monitor.by-name')}</td>
                    <td>${this.t(`monitor.offer.${one.state}`)}</td>
                    <td class="n">${one.state === 'PENDING' ? this.t('monitor.offer.left', { time: clock(secondsUntil(one.until, this.now)) }) : this.time(one.made)}</td>
                    <td class="n"><button class="small" @click=${() => (this.item = one.item)}>${icon('info')}${this.t('monitor.why.ask')}</button></td>
                  </tr>`,
                )}
              </tbody>
            </table>
          </div>`}`;
  }

  /** @param {string} instant */
  time(instant) {
    return new Intl.DateTimeFormat(locale(), { hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone: this.feed.view?.zone }).format(new Date(instant));
  }
}
define('tandem-monitor', MonitorPage, import.meta.url);
