/** What happened, in plots by interval, with the table one click away and as CSV. */

import { TandemElement, api, css, define, html, icon, language, locale, messages, nothing, problemText, staticHtml, unsafeStatic } from 'tandem/kit';
import { clock } from '../words/words.js';
import { CHART } from './chart.js';
import { PERIODS, allowed, intervals, query } from './periods.js';
import { percent } from './told.js';
import { tables } from './styles.js';

const chart = unsafeStatic(CHART);

/**
 * @typedef {{from: string, to: string, entered: number, transfers: number, answered: number, inTime: number, abandoned: number,
 *   expired: number, moved: number, handled: number, serviceLevel?: number | null, speedOfAnswer?: number | null,
 *   longestWait?: number | null, handleTime?: number | null, abandonRate?: number | null, occupancy?: number | null}} Row
 * @typedef {{zone: string, interval: import('./periods.js').Interval, inTimeSeconds: number, total: Row, intervals: Row[],
 *   queues: {queue: string, name: string, total: Row}[]}} Metrics
 */

/** Property: `queues` [{id, name}], which can be chosen. */
class MonitorHistory extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = {
    queues: { attribute: false },
    days: { state: true },
    interval: { state: true },
    queue: { state: true },
    table: { state: true },
    metrics: { state: true },
    problem: { state: true },
    asked: { state: true },
  };
  static styles = [
    tables,
    css`
      .choices {
        display: flex;
        flex-wrap: wrap;
        gap: 8px 16px;
        align-items: end;
        margin-block: 8px 16px;
      }
      .choices label {
        min-inline-size: 9rem;
      }
      .numbers {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr));
        gap: 8px;
        margin: 0 0 16px;
      }
      .numbers div {
        padding: 8px 12px;
        border: 1px solid var(--tandem-line);
        border-radius: 10px;
        background: var(--tandem-surface);
      }
      dt {
        font-size: var(--lumo-font-size-s);
        color: var(--tandem-muted);
      }
      dd {
        margin: 0;
        font-size: var(--lumo-font-size-xl);
        font-weight: 600;
        font-variant-numeric: tabular-nums;
      }
      .plots {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr));
        gap: 12px;
      }
      .scroll {
        container-type: inline-size;
      }
      @container (max-width: 80rem) {
        th,
        td {
          padding-inline: 4px;
        }
        thead th {
          white-space: normal;
          vertical-align: bottom;
          font-size: var(--lumo-font-size-xs);
          hyphens: auto;
        }
      }
      .pending {
        opacity: 0.6;
      }
    `,
  ];

  constructor() {
    super();
    /** @type {{id: string, name: string}[]} */
    this.queues = [];
    this.days = 1;
    /** @type {import('./periods.js').Interval} */
    this.interval = 'hour';
    this.queue = '';
    this.table = false;
    /** @type {Metrics | undefined} */
    this.metrics = undefined;
    /** @type {unknown} */
    this.problem = undefined;
    /** The query that is, or will be, shown. */
    this.asked = '';
    this.shown = '';
  }

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  async load() {
    const asked = query({ days: this.days, interval: this.interval, queue: this.queue }, api.now());
    this.asked = asked;
    try {
      const metrics = await api.get(`/webacd/metrics?${asked}`);
      if (this.asked === asked) {
        this.metrics = metrics;
        this.problem = undefined;
        this.shown = asked;
        this.requestUpdate();
      }
    } catch (error) {
      if (this.asked === asked) {
        this.problem = error;
      }
    }
  }

  /** @param {Partial<{days: number, interval: import('./periods.js').Interval, queue: string}>} change */
  choose(change) {
    Object.assign(this, change);
    this.interval = allowed(this.days, this.interval);
    this.load();
  }

  render() {
    return html`<h2>${this.t('monitor.history')}</h2>
      ${this.choices()}
      ${this.problem ? html`<p class="error" role="alert">${problemText(this.problem)}</p>` : nothing}
      ${this.metrics ? this.content(this.metrics) : this.problem ? nothing : html`<tandem-skeleton lines="6"></tandem-skeleton>`}`;
  }

  choices() {
    const of = (/** @type {Event} */ event) => /** @type {HTMLSelectElement} */ (event.target).value;
    return html`<div class="choices">
      <label
        >${this.t('monitor.period')}
        <select id="period" @change=${(/** @type {Event} */ e) => this.choose({ days: Number(of(e)) })}>
          ${PERIODS.map((days) => html`<option value=${days} ?selected=${days === this.days}>${this.t(`monitor.period.${days}`)}</option>`)}
        </select></label
      >
      <label
        >${this.t('monitor.interval')}
        <select id="interval" @change=${(/** @type {Event} */ e) => this.choose({ interval: /** @type {any} */ (of(e)) })}>
          ${intervals(this.days).map((one) => html`<option value=${one} ?selected=${one === this.interval}>${this.t(`monitor.interval.${one}`)}</option>`)}
        </select></label
      >
      <label
        >${this.t('monitor.queue')}
        <select id="queue" @change=${(/** @type {Event} */ e) => this.choose({ queue: of(e) })}>
          <option value="" ?selected=${this.queue === ''}>${this.t('monitor.queue.all')}</option>
          ${this.queues.map((one) => html`<option value=${one.id} ?selected=${one.id === this.queue}>${one.name}</option>`)}
        </select></label
      >
      <span class="grow"></span>
      <button class="small" id="table" aria-pressed=${this.table ? 'true' : 'false'} @click=${() => (this.table = !this.table)}>
        ${this.table ? this.t('monitor.plots') : this.t('monitor.table')}
      </button>
      <button class="small" id="renew" @click=${() => this.load()}>${icon('renew')}${this.t('monitor.renew')}</button>
      <a class="button small" id="csv" href=${`/api/webacd/metrics/csv?${this.asked}`} download>${icon('down')}CSV</a>
    </div>`;
  }

  /** @param {Metrics} metrics */
  content(metrics) {
    return html`<div class=${this.asked === this.shown || this.problem ? '' : 'pending'}>
      ${this.numbers(metrics)}
      ${this.table ? this.rows(metrics) : this.plots(metrics)}
      <p class="muted small">${this.t('monitor.definitions', { seconds: metrics.inTimeSeconds, zone: metrics.zone })}</p>
    </div>`;
  }

  /** @param {Metrics} metrics */
  numbers({ total }) {
    /** @type {[string, string][]} */
    const all = [
      [this.t('monitor.service-level'), this.percent(total.serviceLevel)],
      [this.t('monitor.speed'), this.seconds(total.speedOfAnswer)],
      [this.t('monitor.handle'), this.seconds(total.handleTime)],
      [this.t('monitor.abandon-rate'), this.percent(total.abandonRate)],
      [this.t('monitor.occupancy'), this.percent(total.occupancy)],
      [this.t('monitor.transfers'), String(total.transfers)],
    ];
    return html`<dl class="numbers">${all.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>`;
  }

  /** @param {Metrics} metrics */
  plots(metrics) {
    const rows = metrics.intervals;
    const times = rows.map((row) => this.time(row.from, metrics));
    const of = (/** @type {string} */ label, /** @type {(row: Row) => number | null | undefined} */ value) => ({ label, values: rows.map(value) });
    const percents = (/** @type {number} */ value) => percent(value, language());
    return staticHtml`<div class="plots">
      <${chart} .heading=${this.t('monitor.plot.rates')} .least=${1} .times=${times} .format=${percents} .series=${[
        of(this.t('monitor.service-level'), (row) => row.serviceLevel),
        of(this.t('monitor.abandon-rate'), (row) => row.abandonRate),
        of(this.t('monitor.occupancy'), (row) => row.occupancy),
      ]}></${chart}>
      <${chart} .heading=${this.t('monitor.plot.times')} .least=${20} .time=${true} .times=${times} .format=${clock} .series=${[
        of(this.t('monitor.speed'), (row) => row.speedOfAnswer),
        of(this.t('monitor.longest'), (row) => row.longestWait),
        of(this.t('monitor.handle'), (row) => row.handleTime),
      ]}></${chart}>
      <${chart} kind="bars" .heading=${this.t('monitor.plot.customers')} .least=${4} .times=${times} .format=${(/** @type {number} */ value) => String(value)} .series=${[
        of(this.t('monitor.answered'), (row) => row.answered),
        of(this.t('monitor.lost'), (row) => row.abandoned + row.expired),
      ]}></${chart}>
    </div>`;
  }

  /** @param {Metrics} metrics */
  rows(metrics) {
    const first = this.t('monitor.interval');
    return html`${this.grid(
      first,
      metrics.intervals.map((row) => ({ name: this.time(row.from, metrics), row })),
    )}
    ${this.queue
      ? nothing
      : html`<h3>${this.t('monitor.by-queue')}</h3>
          ${this.grid(
            this.t('monitor.queue'),
            metrics.queues.map((one) => ({ name: one.name, row: one.total })),
          )}`}`;
  }

  /**
   * @param {string} first
   * @param {{name: string, row: Row}[]} rows
   */
  grid(first, rows) {
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${`${this.t('monitor.history')}: ${first}`}>
      <table>
        <thead>
          <tr>
            <th scope="col">${first}</th>
            <th scope="col" class="n">${this.t('monitor.entered')}</th>
            <th scope="col" class="n">${this.t('monitor.transfers')}</th>
            <th scope="col" class="n">${this.t('monitor.answered')}</th>
            <th scope="col" class="n">${this.t('monitor.abandoned')}</th>
            <th scope="col" class="n">${this.t('monitor.expired')}</th>
            <th scope="col" class="n">${this.t('monitor.moved')}</th>
            <th scope="col" class="n">${this.t('monitor.service-level')}</th>
            <th scope="col" class="n">${this.t('monitor.speed')}</th>
            <th scope="col" class="n">${this.t('monitor.handle')}</th>
            <th scope="col" class="n">${this.t('monitor.abandon-rate')}</th>
            <th scope="col" class="n">${this.t('monitor.occupancy')}</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ({ name, row }) => html`<tr>
              <th scope="row" dir="auto">${name}</th>
              <td class="n">${row.entered}</td>
              <td class="n">${row.transfers}</td>
              <td class="n">${row.answered}</td>
              <td class="n">${row.abandoned}</td>
              <td class="n">${row.expired}</td>
              <td class="n">${row.moved}</td>
              <td class="n">${this.percent(row.serviceLevel)}</td>
              <td class="n">${this.seconds(row.speedOfAnswer)}</td>
              <td class="n">${this.seconds(row.handleTime)}</td>
              <td class="n">${this.percent(row.abandonRate)}</td>
              <td class="n">${this.percent(row.occupancy)}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  /** @param {number | null | undefined} part */
  percent(part) {
    return percent(part, language());
  }

  /** @param {number | null | undefined} seconds */
  seconds(seconds) {
    return seconds === null || seconds === undefined ? '–' : clock(Math.round(seconds));
  }

  /**
   * @param {string} instant
   * @param {Metrics} metrics
   */
  time(instant, metrics) {
    /** @type {Intl.DateTimeFormatOptions} */
    const form =
      metrics.interval === 'day'
        ? { day: 'numeric', month: 'short' }
        : this.days > 1
          ? { weekday: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' }
          : { hour: '2-digit', minute: '2-digit' };
    return new Intl.DateTimeFormat(locale(), { ...form, timeZone: metrics.zone }).format(new Date(instant));
  }
}
export const HISTORY = define('tandem-monitor-history', MonitorHistory, import.meta.url);
