/** What the rules in the editor would have done with those who came lately, beside what was done: before one publishes them. */

import { TandemElement, api, css, define, html, icon, language, locale, messages, nothing, svg } from 'tandem/kit';
import { codeOf, details, refusal } from './simulator-refusals.js';
import { BAR, LEFT, RIGHT, WIDTH, between, flow, short, skillsOf } from './rules-diff-flow.js';
import { adminStyles } from './styles.js';

/** @typedef {import('./rules-diff-flow.js').Diff} Diff */
/** @typedef {import('./rules-diff-flow.js').Way} Way */

const DAY = 86_400_000;
/** In days, up to now. */
const PERIODS = [1, 7, 30];

/** Properties: `text`, the rules as they stand in the editor; `live`, those that hold; `good`, whether the text has no mistakes. */
class RulesDiff extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = {
    text: {},
    live: {},
    good: { type: Boolean },
    days: { state: true },
    shown: { state: true },
    error: { state: true },
    busy: { state: true },
  };
  static styles = [
    adminStyles,
    css`
      .ask {
        display: flex;
        flex-wrap: wrap;
        gap: 8px 12px;
        align-items: end;
      }
      .ask label {
        min-inline-size: 10rem;
      }
      .numbers {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 32px;
        margin: 0;
      }
      .numbers div {
        display: grid;
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
      .shown {
        display: grid;
        gap: 16px;
      }
      .shown.old {
        opacity: 0.6;
      }
      figure {
        margin: 0;
      }
      figcaption {
        /* Above the columns of the picture. */
        display: grid;
        grid-template-columns: 30% 40% 30%;
        max-inline-size: 48rem;
        font-size: var(--lumo-font-size-s);
        font-weight: 500;
        color: var(--tandem-muted);
      }
      figcaption :first-child {
        text-align: end;
      }
      figcaption :last-child {
        grid-column: 3;
      }
      .flow {
        display: block;
        inline-size: 100%;
        max-inline-size: 48rem;
        block-size: auto;
      }
      .flow text {
        font-size: 13px;
        fill: var(--tandem-text);
      }
      .flow .count {
        fill: var(--tandem-muted);
        font-size: 12px;
      }
      .flow .side {
        fill: var(--tandem-line-strong);
      }
      .flow .stream {
        fill: var(--tandem-accent-text);
        fill-opacity: 0.3;
        stroke: var(--tandem-accent-text);
        stroke-opacity: 0.6;
        stroke-width: 0.75;
      }
      .flow .stream:hover {
        fill-opacity: 0.6;
      }
      .examples {
        max-block-size: 24rem;
        overflow: auto;
      }
      .examples td {
        vertical-align: top;
      }
      .way {
        display: grid;
      }
      .way .new {
        font-weight: 600;
      }
      .to {
        color: var(--tandem-muted);
      }
      thead th {
        white-space: normal;
        vertical-align: bottom;
      }
      @media (max-width: 600px) {
        figure {
          display: none;
        }
        th,
        td {
          padding-inline: 6px;
          overflow-wrap: anywhere;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.text = '';
    this.live = '';
    this.good = false;
    this.days = 7;
    /** @type {{diff: Diff, text: string, days: number} | undefined} what was found, of which text */
    this.shown = undefined;
    /** @type {unknown} */
    this.error = undefined;
    this.busy = false;
    /** @type {Map<string, string>} of queues, by id and by short name */
    this.names = new Map();
    this.texts = this.t.bind(this);
  }

  async look() {
    const { text, days } = this;
    this.busy = true;
    this.error = undefined;
    try {
      const to = api.now();
      const asked = { from: new Date(to - days * DAY).toISOString(), to: new Date(to).toISOString(), text };
      const [diff, all] = await Promise.all([api.post('/webacd/rules/diff', asked), api.get('/webacd/queues')]);
      this.names = new Map(all.queues.flatMap((/** @type {any} */ one) => [[one.id, one.queue.name], [one.queue.slug, one.queue.name]]));
      this.shown = { diff, text, days };
    } catch (error) {
      this.error = error;
    } finally {
      this.busy = false;
    }
  }

  /** @param {string | null | undefined} queue */
  name(queue) {
    return queue ? (this.names.get(queue) ?? queue) : this.t('rulesDiff.nowhere');
  }

  /** @param {number} number */
  number(number) {
    return new Intl.NumberFormat(language()).format(number);
  }

  render() {
    const same = this.text === this.live;
    return html`<section class="box" aria-labelledby="diff">
      <h3 id="diff">${this.t('rulesDiff.title')}</h3>
      <p class="lead">${this.t('rulesDiff.lead')}</p>
      <div class="ask">
        <label
          >${this.t('monitor.period')}
          <select id="period" @change=${(/** @type {any} */ event) => (this.days = Number(event.target.value))}>
            ${PERIODS.map((days) => html`<option value=${days} ?selected=${days === this.days}>${this.t(`monitor.period.${days}`)}</option>`)}
          </select></label
        >
        <button id="look" ?disabled=${!this.good || same || this.busy} @click=${() => this.look()}>${icon('play')}${this.t('rulesDiff.look')}</button>
        <span class="hint">${same ? this.t('rulesDiff.same') : this.good ? '' : this.t('rulesDiff.wrong')}</span>
      </div>
      <div role="alert">
        ${this.error
          ? html`<div class="notice bad">
              ${icon('warning')}<span>${codeOf(this.error) === 'too-many-items' ? this.t('rulesDiff.many') : refusal(this.error, this.texts)}<br /><span class="hint" lang="en">${details(this.error)}</span></span>
            </div>`
          : nothing}
      </div>
      ${this.shown ? this.found(this.shown) : nothing}
    </section>`;
  }

  /** @param {NonNullable<RulesDiff['shown']>} shown */
  found({ diff, text, days }) {
    const old = text !== this.text || days !== this.days;
    return html`${old ? html`<div class="notice" role="status">${icon('info')}<span>${this.t('rulesDiff.old')}</span></div>` : nothing}
      <div class="shown ${old ? 'old' : ''}" id="found">${diff.judged + diff.unknown === 0 ? html`<p class="none" role="status">${this.t('rulesDiff.nothing')}</p>` : this.content(diff)}</div>`;
  }

  /** @param {Diff} diff */
  content(diff) {
    const moves = between(diff.moves);
    const moved = moves.reduce((sum, one) => sum + one.items, 0);
    /** @type {[string, number][]} */
    const numbers = [
      [this.t('rulesDiff.judged'), diff.judged],
      [this.t('rulesDiff.moved'), moved],
      [this.t('rulesDiff.otherwise'), Math.max(0, diff.changed - moved)],
      [this.t('rulesDiff.unchanged'), Math.max(0, diff.judged - diff.changed)],
    ];
    return html`<div role="status">
        <dl class="numbers">${numbers.map(([label, value]) => html`<div><dt>${label}</dt><dd>${this.number(value)}</dd></div>`)}</dl>
      </div>
      ${diff.unknown > 0 ? html`<p class="hint">${this.t('rulesDiff.unknown', { count: diff.unknown, unknown: this.number(diff.unknown) })}</p>` : nothing}
      ${diff.changed === 0
        ? html`<div class="notice good">${icon('check')}<span>${this.t('rulesDiff.none')}</span></div>`
        : html`${moves.length > 0 ? this.picture(diff) : nothing} ${moves.length > 0 ? this.moves(moves, diff.judged) : nothing} ${this.examples(diff)}`}`;
  }

  /** @param {Diff} diff */
  picture(diff) {
    const { height, left, right, streams, hidden } = flow(diff.moves);
    const middle = (/** @type {{y: number, height: number}} */ one) => one.y + Math.min(one.height, 200) / 2 + 4;
    return html`<figure>
      <figcaption><span>${this.t('rulesDiff.now')}</span><span>${this.t('rulesDiff.then')}</span></figcaption>
      <svg class="flow" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label=${this.t('rulesDiff.picture')}>
        ${streams.map(
          ({ move, path }) => svg`<path class="stream" d=${path}><title>${this.name(move.from)} → ${this.name(move.to)}: ${this.number(move.items)}</title></path>`,
        )}
        ${left.map(
          (one) => svg`<rect class="side" x=${LEFT} y=${one.y} width=${BAR} height=${one.height} rx="2"></rect>
            <text x=${LEFT - 8} y=${middle(one)} text-anchor="end">${short(this.name(one.queue))} <tspan class="count" dx="4">${this.number(one.items)}</tspan></text>`,
        )}
        ${right.map(
          (one) => svg`<rect class="side" x=${RIGHT} y=${one.y} width=${BAR} height=${one.height} rx="2"></rect>
            <text x=${RIGHT + BAR + 8} y=${middle(one)}>${short(this.name(one.queue))} <tspan class="count" dx="4">${this.number(one.items)}</tspan></text>`,
        )}
      </svg>
      ${hidden > 0 ? html`<p class="hint">${this.t('rulesDiff.hidden', { count: hidden })}</p>` : nothing}
    </figure>`;
  }

  /**
   * @param {import('./rules-diff-flow.js').Move[]} moves
   * @param {number} judged
   */
  moves(moves, judged) {
    const part = new Intl.NumberFormat(language(), { style: 'percent', maximumFractionDigits: 1 });
    return html`<div class="scroll">
      <table id="moves">
        <caption class="sr">
          ${this.t('rulesDiff.moves')}
        </caption>
        <thead>
          <tr>
            <th scope="col">${this.t('rulesDiff.now')}</th>
            <th scope="col">${this.t('rulesDiff.then')}</th>
            <th scope="col" class="num">${this.t('monitor.plot.customers')}</th>
            <th scope="col" class="num">${this.t('rulesDiff.part')}</th>
          </tr>
        </thead>
        <tbody>
          ${moves.map(
            (one) => html`<tr>
              <td dir="auto">${this.name(one.from)}</td>
              <td dir="auto"><strong>${this.name(one.to)}</strong></td>
              <td class="num">${this.number(one.items)}</td>
              <td class="num">${part.format(judged > 0 ? one.items / judged : 0)}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  /** @param {Diff} diff */
  examples({ examples }) {
    if (examples.length === 0) {
      return nothing;
    }
    const time = new Intl.DateTimeFormat(locale(), { dateStyle: 'short', timeStyle: 'short' });
    return html`<details open>
      <summary>${this.t('rulesDiff.examples', { count: examples.length })}</summary>
      <div class="scroll examples" tabindex="0" role="region" aria-label=${this.t('rulesDiff.examples', { count: examples.length })}>
        <table id="examples">
          <thead>
            <tr>
              <th scope="col">${this.t('rulesDiff.came')}</th>
              <th scope="col">${this.t('rulesDiff.now')}</th>
              <th scope="col">${this.t('rulesDiff.then')}</th>
            </tr>
          </thead>
          <tbody>
            ${examples.map(
              (one) => html`<tr>
                <td>${time.format(new Date(one.at))}</td>
                <td>${this.way(one.live, one.live)}</td>
                <td>${this.way(one.draft, one.live)}</td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </details>`;
  }

  /**
   * @param {Way} way
   * @param {Way} before what is other than that stands out
   */
  way(way, before) {
    const skills = skillsOf(way);
    const differs = (/** @type {boolean} */ other) => (other ? 'new' : '');
    return html`<span class="way">
      <span dir="auto" class=${differs(way.queue !== before.queue)}>${this.name(way.queue)}</span>
      <span class="hint">
        ${way.rule ? this.t('admin.try.by', { rule: way.rule }) : this.t('admin.try.byNone')}
        ${way.priority || way.priority !== before.priority
          ? html`<span class=${differs(way.priority !== before.priority)}>${this.t('admin.try.priority', { priority: way.priority ?? 0 })}</span>`
          : nothing}
        ${skills || skills !== skillsOf(before)
          ? html`<span class=${differs(skills !== skillsOf(before))}>${this.t('admin.try.skills', { skills: skills || '–' })}</span>`
          : nothing}
      </span>
    </span>`;
  }
}
export const RULES_DIFF = define('tandem-routing-rules-diff', RulesDiff, import.meta.url);
