/** A plot: lines or bars with their legend. What they show is told apart by dashes and hatching too, not by colour alone. */

import { TandemElement, css, define, html, svg } from 'tandem/kit';
import { HEIGHT, PLACE, WIDTH, band, bars, labelled, line, scale, x, y } from './plot.js';

/**
 * @typedef {{label: string, values: (number | null | undefined)[]}} Series
 */

/**
 * Properties: `heading`; `series`, at most four; `times`, what is written below each interval; `kind`, lines or bars; `least`, how far the
 * scale goes at least; `time`, whether the numbers are seconds; `format`, a number in words. Whoever shows several plots may give the
 * series colours of its own: `--series-0` to `--series-3`.
 */
class MonitorChart extends TandemElement {
  static properties = {
    heading: {},
    series: { attribute: false },
    times: { attribute: false },
    kind: {},
    least: { type: Number },
    time: { type: Boolean },
    format: { attribute: false },
  };
  static styles = css`
    :host {
      display: block;
      min-inline-size: 0;
    }
    figure {
      margin: 0;
      padding: 12px 12px 8px;
      border: 1px solid var(--tandem-line);
      border-radius: 10px;
      background: var(--tandem-surface);
    }
    figcaption {
      display: flex;
      flex-wrap: wrap;
      gap: 2px 16px;
      align-items: baseline;
      font-size: var(--lumo-font-size-s);
    }
    b {
      font-weight: 600;
    }
    .key {
      display: inline-flex;
      align-items: center;
      gap: 6px;
      color: var(--tandem-muted);
    }
    .key svg {
      inline-size: 28px;
      block-size: 12px;
    }
    .plot {
      display: block;
      inline-size: 100%;
      block-size: auto;
      margin-block-start: 4px;
    }
    text {
      font-size: 11px;
      fill: var(--tandem-muted);
    }
    .grid {
      stroke: var(--tandem-line);
    }
    .line {
      fill: none;
      stroke-width: 2;
      stroke-linejoin: round;
    }
    .s0 {
      stroke: var(--series-0, var(--tandem-accent-text));
    }
    .s1 {
      stroke: var(--series-1, var(--tandem-bad));
      stroke-dasharray: 6 3;
    }
    .s2 {
      stroke: var(--series-2, var(--tandem-muted));
      stroke-dasharray: 2 3;
    }
    .s3 {
      stroke: var(--series-3, var(--tandem-good));
      stroke-dasharray: 10 3 2 3;
    }
    .bar.s0 {
      fill: var(--tandem-accent-text);
      stroke: none;
    }
    .bar.s1 {
      fill: var(--tandem-surface);
      stroke: var(--tandem-bad);
      stroke-dasharray: none;
    }
    .hit {
      fill: transparent;
    }
    .hit:hover {
      fill: var(--lumo-contrast-10pct);
    }
    figure {
      container-type: inline-size;
    }
    /* The letters are as large as elsewhere, however small the plot is. */
    @container (max-width: 600px) {
      text {
        font-size: 13.5px;
      }
    }
    @container (max-width: 420px) {
      text {
        font-size: 18px;
      }
    }
  `;

  constructor() {
    super();
    this.heading = '';
    /** @type {Series[]} */
    this.series = [];
    /** @type {string[]} */
    this.times = [];
    /** @type {'lines' | 'bars'} */
    this.kind = 'lines';
    this.least = 1;
    this.time = false;
    /** @type {(value: number) => string} */
    this.format = String;
  }

  get scale() {
    const values =
      this.kind === 'bars'
        ? this.times.map((_, i) => this.series.reduce((sum, one) => sum + (one.values[i] ?? 0), 0))
        : this.series.flatMap((one) => one.values);
    return scale(values, this.least, this.time);
  }

  /** @param {number} index */
  told(index) {
    const numbers = this.series.map((one) => {
      const value = one.values[index];
      return `${one.label}: ${value === null || value === undefined ? '–' : this.format(value)}`;
    });
    return [this.times[index], ...numbers].join('\n');
  }

  render() {
    const of = this.scale;
    const count = this.times.length;
    return html`<figure>
      <figcaption><b>${this.heading}</b>${this.series.map((one, i) => this.key(one, i))}</figcaption>
      <svg class="plot" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${`${this.heading}: ${this.series.map((one) => one.label).join(', ')}`}>
        ${of.ticks.map(
          (tick) => svg`<line class="grid" x1=${PLACE.left} x2=${PLACE.right} y1=${y(tick, of)} y2=${y(tick, of)}></line>
            <text x=${PLACE.left - 6} y=${y(tick, of) + 3} text-anchor="end">${this.format(tick)}</text>`,
        )}
        ${labelled(count).map((i) => svg`<text x=${x(i, count)} y=${HEIGHT - 8} text-anchor="middle">${this.times[i]}</text>`)}
        ${this.kind === 'bars' ? this.bars(of) : this.series.map((one, i) => svg`<path class="line s${i}" d=${line(one.values, of)}></path>`)}
        ${this.times.map(
          (_, i) => svg`<rect class="hit" x=${x(i, count) - band(count) / 2} y=${PLACE.top} width=${band(count)} height=${PLACE.bottom - PLACE.top}><title>${this.told(i)}</title></rect>`,
        )}
      </svg>
    </figure>`;
  }

  /** @param {import('./plot.js').Scale} of */
  bars(of) {
    return bars(
      this.series.map((one) => one.values.map((value) => value ?? 0)),
      of,
    ).map((one) => svg`<rect class="bar s${one.series}" x=${one.x} y=${one.y} width=${one.width} height=${one.height}></rect>`);
  }

  /**
   * @param {Series} one
   * @param {number} i
   */
  key(one, i) {
    return html`<span class="key"
      ><svg viewBox="0 0 28 12" aria-hidden="true">
        ${this.kind === 'bars' ? svg`<rect class="bar s${i}" x="8" y="1" width="10" height="10"></rect>` : svg`<path class="line s${i}" d="M1 6H27"></path>`}</svg
      >${one.label}</span
    >`;
  }
}
export const CHART = define('tandem-monitor-chart', MonitorChart, import.meta.url);
