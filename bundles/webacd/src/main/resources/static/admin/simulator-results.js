/** What came of a simulation: measures side by side, then by interval, then by queue. Nothing is told by colour alone. */

import { TandemElement, define, html, icon, language, locale, messages, nothing, staticHtml, svg, unsafeStatic } from 'tandem/kit';
import { CHART } from '../monitor/chart.js';
import { changesOf } from './simulator-changes.js';
import { coarser, factorOf } from './simulator-intervals.js';
import { MEASURES, PLOTTED, amountText, barLengths, best, biasText, difference, timeForm, valueText, verdictText } from './simulator-measures.js';
import { resultStyles } from './simulator-results-styles.js';
import { scenarioColours } from './simulator-styles.js';
import { LETTERS, changeText } from './simulator-words.js';
import { adminStyles } from './styles.js';

const chart = unsafeStatic(CHART);

/** @typedef {import('./simulator-measures.js').Measure} Measure */
/** @typedef {import('./simulator-measures.js').Result} Result */
/** @typedef {import('./simulator-measures.js').ScenarioResult} ScenarioResult */
/** @typedef {import('./simulator-measures.js').SimulationView} SimulationView */

/** Up, down and level: which way it went, for those who do not see the colour. @type {Record<string, string>} */
const SHAPES = { better: 'M5 0L10 9H0z', worse: 'M0 1H10L5 10z', more: 'M5 0L10 9H0z', less: 'M0 1H10L5 10z', same: 'M0 2H10V4H0zM0 6H10V8H0z' };

/** Properties: `simulation`, with its scenarios' results; `site`, for the names of what was changed. */
class SimulatorResults extends TandemElement {
  static messages = messages(import.meta.url);
  static styles = [adminStyles, scenarioColours, resultStyles];
  static properties = {
    simulation: { attribute: false },
    site: { attribute: false },
    queue: { state: true },
    opened: { state: true },
  };

  constructor() {
    super();
    /** @type {SimulationView | undefined} */
    this.simulation = undefined;
    /** @type {import('./simulator-changes.js').SimulatedSite} */
    this.site = { queues: [], agents: [], strategies: [], draft: false };
    /** Which queue's intervals are plotted; '' for all together. */
    this.queue = '';
    /** @type {Set<string>} measures whose tables stand open */
    this.opened = new Set();
    /** @type {{of: ScenarioResult[], made: import('./simulator-measures.js').IntervalResult[][]} | undefined} what was put together last */
    this.kept = undefined;
    this.texts = this.t.bind(this);
  }

  /** @returns {ScenarioResult[]} */
  get scenarios() {
    return this.simulation?.scenarios ?? [];
  }

  render() {
    const { scenarios } = this;
    if (scenarios.length === 0) {
      return nothing;
    }
    return html`${this.legend(scenarios)} ${this.verdict(scenarios)}
      <h3 class="sr">${this.t('simulator.glance')}</h3>
      <div class="glance">${MEASURES.map((measure) => this.measure(measure, scenarios))}</div>
      ${this.byInterval(scenarios)} ${this.byQueue(scenarios)}`;
  }

  /** @param {ScenarioResult[]} scenarios */
  legend(scenarios) {
    const asked = this.simulation?.request.scenarios ?? [];
    const number = new Intl.NumberFormat(language());
    const shifts = asked[0]?.shifts ?? '';
    return html`<ul class="legend" aria-label=${this.t('simulator.scenarios')}>
      ${scenarios.map((one, i) => {
        const changes = asked[i] ? changesOf(asked[i], this.site, shifts) : [];
        const { arrived, answered, left, refused = 0 } = one.totals;
        return html`<li class="s${i}">
          <span class="letter" aria-hidden="true">${LETTERS[i]}</span>
          <strong dir="auto">${one.name}</strong>
          ${changes.length > 0
            ? html`<ul>
                ${changes.map((change) => html`<li dir="auto">${changeText(change, this.site, this.texts)}</li>`)}
              </ul>`
            : html`<span class="people muted">${this.t('simulator.unchanged')}</span>`}
          <span class="people">
            ${this.t('simulator.answeredOf', { answered: number.format(answered), arrived: number.format(arrived) })}
            ${refused > 0 ? html`<br />${this.t('simulator.refused', { count: refused, refused: number.format(refused) })}` : nothing}
            ${one.rerouted ? html`<br />${this.t('simulator.rerouted', { count: one.rerouted, rerouted: number.format(one.rerouted) })}` : nothing}
            ${left > 0 ? html`<br />${this.t('simulator.left', { count: left, left: number.format(left) })}` : nothing}
          </span>
        </li>`;
      })}
    </ul>`;
  }

  /** @param {ScenarioResult[]} scenarios */
  verdict(scenarios) {
    if (scenarios.length < 2) {
      return nothing;
    }
    const found = best(scenarios);
    const level = MEASURES[0];
    if (!found) {
      return html`<p class="verdict" id="best">${icon('info')}<span>${this.t('simulator.best.none', { name: scenarios[0].name })}</span></p>`;
    }
    const one = scenarios[found.index];
    return html`<p class="verdict good" id="best" data-best=${LETTERS[found.index]}>
      ${icon('check')}<span
        >${this.t('simulator.best', {
          name: one.name,
          level: valueText('part', level.of(one.totals), language()),
          points: amountText('part', found.by, language(), this.texts),
          first: scenarios[0].name,
        })}</span
      >
    </p>`;
  }

  /**
   * @param {Measure} measure
   * @param {ScenarioResult[]} scenarios
   */
  measure(measure, scenarios) {
    const lengths = barLengths(
      measure,
      scenarios.map((one) => one.totals),
    );
    const good = measure.good === 'more' ? this.t('simulator.good.more') : measure.good === 'less' ? this.t('simulator.good.less') : '';
    return html`<section class="measure" data-measure=${measure.key} aria-label=${this.name(measure)}>
      <h3>${this.name(measure)}<span>${good}</span></h3>
      <ul>
        ${scenarios.map(
          (one, i) => html`<li class="s${i}" data-scenario=${LETTERS[i]}>
            <span class="letter" title=${one.name}>${LETTERS[i]}<span class="sr">, ${one.name}:</span></span>
            ${this.bar(lengths[i], i > 0 ? lengths[0] : undefined)}
            <span class="number">${valueText(measure.unit, measure.of(one.totals), language())}</span>
            <span class="told">${this.told(measure, one, scenarios[0], i)}</span>
          </li>`,
        )}
      </ul>
    </section>`;
  }

  /** @param {Measure} measure */
  name(measure) {
    return {
      serviceLevel: this.t('monitor.service-level'),
      answerSeconds: this.t('monitor.speed'),
      longestSeconds: this.t('monitor.longest'),
      abandonRate: this.t('monitor.abandon-rate'),
      occupancy: this.t('monitor.occupancy'),
      estimate: this.t('simulator.estimate'),
      abandoned: this.t('monitor.lost'),
      arrived: this.t('monitor.entered'),
    }[/** @type {'estimate'} */ (measure.key)];
  }

  /**
   * @param {number | undefined} length
   * @param {number | undefined} first that of the first scenario, as a line to compare with
   */
  bar(length, first) {
    return html`<svg class="strip" aria-hidden="true">
      <rect class="track" width="100%" height="14" rx="3"></rect>
      ${length === undefined ? nothing : svg`<rect class="long" width="${length}%" height="14" rx="3"></rect>`}
      ${first === undefined ? nothing : svg`<line class="first" x1="${Math.min(first, 99.6)}%" x2="${Math.min(first, 99.6)}%" y1="0" y2="14"></line>`}
    </svg>`;
  }

  /**
   * @param {Measure} measure
   * @param {ScenarioResult} one
   * @param {ScenarioResult} first
   * @param {number} i
   */
  told(measure, one, first, i) {
    const bias = measure.key === 'estimate' ? biasText(one.totals, language(), this.texts) : '';
    if (i === 0) {
      return bias || (this.scenarios.length > 1 ? this.t('simulator.first') : '');
    }
    const { verdict, by } = difference(measure, one.totals, first.totals);
    return html`${this.delta(verdict, amountText(measure.unit, by, language(), this.texts))}${bias ? html`<br />${bias}` : nothing}`;
  }

  /**
   * @param {import('./simulator-measures.js').Verdict} verdict
   * @param {string} amount
   */
  delta(verdict, amount) {
    return html`<span class="delta ${verdict}" data-verdict=${verdict}
      >${SHAPES[verdict] ? html`<svg viewBox="0 0 10 10" aria-hidden="true"><path d=${SHAPES[verdict]}></path></svg>` : nothing}${verdictText(verdict, amount, this.texts)}</span
    >`;
  }

  /**
   * @param {ScenarioResult[]} scenarios
   * @returns {import('./simulator-measures.js').IntervalResult[][]} of each scenario, so long that enough happens in each
   */
  coarse(scenarios) {
    if (this.kept?.of !== scenarios) {
      const factor = factorOf(scenarios[0].intervals);
      this.kept = { of: scenarios, made: scenarios.map((one) => coarser(one.intervals, factor)) };
    }
    return this.kept.made;
  }

  /** @param {ScenarioResult[]} scenarios */
  byInterval(scenarios) {
    if (scenarios[0].intervals.length < 2) {
      return nothing;
    }
    const shown = this.coarse(scenarios);
    const [intervals] = shown;
    const format = new Intl.DateTimeFormat(locale(), timeForm(intervals.map((one) => one.at)));
    const times = intervals.map((one) => format.format(new Date(one.at)));
    return html`<div class="section">
        <h3 id="intervals">${this.t('simulator.intervals')}</h3>
        <label
          ><span class="sr">${this.t('monitor.queue')}</span>
          <select id="queue" @change=${(/** @type {any} */ event) => (this.queue = event.target.value)}>
            <option value="" ?selected=${this.queue === ''}>${this.t('monitor.queue.all')}</option>
            ${scenarios[0].queues.map((one) => html`<option value=${one.queue} ?selected=${one.queue === this.queue}>${one.name}</option>`)}
          </select></label
        >
      </div>
      <div class="plots">${PLOTTED.map((measure) => this.plot(measure, shown, times))}</div>`;
  }

  /**
   * @param {Measure} measure
   * @param {import('./simulator-measures.js').IntervalResult[][]} shown of each scenario
   * @param {string[]} times
   */
  plot(measure, shown, times) {
    const series = shown.map((intervals, i) => ({
      label: `${LETTERS[i]} ${this.scenarios[i].name}`,
      values: intervals.map((interval) => {
        const result = this.queue ? interval.queues[this.queue] : interval.totals;
        return result ? measure.of(result) : null;
      }),
    }));
    const format = (/** @type {number} */ value) => valueText(measure.unit, value, language());
    const open = this.opened.has(measure.key);
    const toggle = (/** @type {any} */ event) => {
      const next = new Set(this.opened);
      next[event.target.open ? 'add' : 'delete'](measure.key);
      this.opened = next;
    };
    return html`<div data-plot=${measure.key}>
      ${staticHtml`<${chart} .heading=${this.name(measure)} .least=${{ part: 1, seconds: 20, count: 4 }[measure.unit]} .time=${measure.unit === 'seconds'}
        .times=${times} .format=${format} .series=${series}></${chart}>`}
      <details ?open=${open} @toggle=${toggle}>
        <summary>${this.t('simulator.table.of', { name: this.name(measure) })}</summary>
        ${open
          ? html`<div class="scroll" tabindex="0" role="region" aria-label=${this.name(measure)}>
              <table>
                <thead>
                  <tr>
                    <th scope="col">${this.t('monitor.interval')}</th>
                    ${series.map((one) => html`<th scope="col" class="num" dir="auto">${one.label}</th>`)}
                  </tr>
                </thead>
                <tbody>
                  ${times.map(
                    (time, at) => html`<tr>
                      <th scope="row">${time}</th>
                      ${series.map((one) => html`<td class="num">${valueText(measure.unit, one.values[at], language())}</td>`)}
                    </tr>`,
                  )}
                </tbody>
              </table>
            </div>`
          : nothing}
      </details>
    </div>`;
  }

  /** What the table by queue tells. @returns {(Pick<Measure, 'unit' | 'of'> & {name: string})[]} */
  get columns() {
    const count = (/** @type {string} */ name, /** @type {Measure['of']} */ of) => ({ name, unit: /** @type {const} */ ('count'), of });
    return [
      count(this.t('monitor.entered'), (one) => one.arrived),
      count(this.t('monitor.answered'), (one) => one.answered),
      count(this.t('monitor.abandoned'), (one) => one.abandoned),
      count(this.t('monitor.expired'), (one) => one.expired),
      count(this.t('simulator.overflowed'), (one) => one.overflowed),
      ...MEASURES.filter((one) => one.key !== 'abandonRate').map((one) => ({ name: this.name(one), unit: one.unit, of: one.of })),
    ];
  }

  /** @param {ScenarioResult[]} scenarios */
  byQueue(scenarios) {
    const [first] = scenarios;
    return html`<div class="section"><h3 id="by-queue">${this.t('simulator.by-queue')}</h3></div>
      <div class="scroll numbers" tabindex="0" role="region" aria-labelledby="by-queue">
        <table role="table">
          <thead role="rowgroup">
            <tr role="row">
              <th role="columnheader" scope="col">${this.t('simulator.scenario')}</th>
              ${this.columns.map((one) => html`<th role="columnheader" scope="col" class="num">${one.name}</th>`)}
            </tr>
          </thead>
          ${first.queues.map((queue) =>
            this.group(
              queue.name,
              scenarios.map((one) => one.queues.find((other) => other.queue === queue.queue)),
              queue.queue,
            ),
          )}
          ${this.group(
            this.t('monitor.queue.all'),
            scenarios.map((one) => one.totals),
            '',
          )}
        </table>
      </div>`;
  }

  /**
   * @param {string} name
   * @param {(Result | undefined)[]} results one of each scenario
   * @param {string} queue
   */
  group(name, results, queue) {
    return html`<tbody role="rowgroup" data-queue=${queue}>
      <tr role="row" class="group">
        <th role="rowheader" scope="rowgroup" colspan=${this.columns.length + 1} dir="auto">${name}</th>
      </tr>
      ${results.map(
        (one, i) => html`<tr role="row" class="s${i}">
          <th role="rowheader" scope="row"><span class="of"><span class="letter" aria-hidden="true">${LETTERS[i]}</span>${this.scenarios[i].name}</span></th>
          ${this.columns.map(
            (column) => html`<td role="cell" class="num" data-label=${column.name}>${valueText(column.unit, one && column.of(one), language())}</td>`,
          )}
        </tr>`,
      )}
    </tbody>`;
  }
}
export const RESULTS = define('tandem-simulator-results', SimulatorResults, import.meta.url);
