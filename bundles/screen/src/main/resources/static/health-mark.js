// The quality of the picture: a mark with a word, always to be seen; a press tells how it came about and what to do.

import { TandemElement, css, define, html, language, messages, nothing, svg } from 'tandem/kit';
import { REMEMBERED, median } from './health.js';
import { familyOf } from './viewer.js';

/** The plot's own units. */
const WIDE = 300;
const HIGH = 64;
const STEP = WIDE / REMEMBERED;
/** Milliseconds at the top of the plot. */
const TOP = 800;
const MARKS = [250, 600];
/** @type {Record<string, string>} */
const FAMILIES = { vp8: 'VP8', vp9: 'VP9', h264: 'H.264', av1: 'AV1' };

/** Properties: `verdict`, `sample`, `history` as health.js has them, `codec`. Nothing is shown before there is a verdict. */
class HealthMark extends TandemElement {
  static messages = messages(import.meta.url);

  static properties = {
    verdict: { attribute: false },
    sample: { attribute: false },
    history: { attribute: false },
    codec: {},
    name: {},
    open: { state: true },
  };

  static styles = css`
    :host {
      display: inline-flex;
      flex: none;
    }
    .mark {
      color: var(--tandem-text);
    }
    .mark svg {
      inline-size: 16px;
      block-size: 16px;
      flex: none;
    }
    .mark rect {
      fill: none;
      stroke: currentColor;
      stroke-width: 1.2;
    }
    .mark rect.on {
      fill: currentColor;
    }
    .good svg {
      color: var(--tandem-good);
    }
    .fair svg {
      color: var(--tandem-warn);
    }
    .mark.poor {
      color: var(--tandem-bad);
    }
    .card {
      position: fixed;
      inset: auto;
      margin: 0;
      inline-size: min(22rem, calc(100vw - 16px));
      max-block-size: calc(100dvh - 16px);
      overflow: auto;
      padding: 16px;
      border: 1px solid var(--tandem-line);
      border-radius: 10px;
      background: var(--tandem-surface);
      color: var(--tandem-text);
      box-shadow: var(--tandem-shadow);
    }
    h3 {
      display: flex;
      align-items: center;
      gap: 8px;
      font-size: var(--lumo-font-size-l);
    }
    .why {
      margin-block-start: 8px;
      font-weight: 500;
    }
    .what {
      margin-block-start: 4px;
      color: var(--tandem-muted);
    }
    figure {
      margin: 12px 0 0;
    }
    figure svg {
      display: block;
      inline-size: 100%;
      block-size: auto;
    }
    figcaption {
      margin-block-start: 2px;
      color: var(--tandem-muted);
      font-size: var(--lumo-font-size-xs);
    }
    .bar.good {
      fill: var(--tandem-good);
    }
    .bar.fair {
      fill: var(--tandem-warn);
    }
    .bar.poor {
      fill: var(--tandem-bad);
    }
    .grid {
      stroke: var(--tandem-line);
      stroke-width: 1;
    }
    text {
      fill: var(--tandem-muted);
      font-size: 9px;
    }
    dl {
      display: grid;
      grid-template-columns: 1fr auto;
      gap: 2px 16px;
      margin: 12px 0 0;
      padding-block-start: 10px;
      border-block-start: 1px solid var(--tandem-line);
    }
    dt {
      color: var(--tandem-muted);
    }
    dd {
      margin: 0;
      text-align: end;
      font-variant-numeric: tabular-nums;
    }
  `;

  constructor() {
    super();
    /** @type {import('./health.js').Verdict | null} */
    this.verdict = null;
    /** @type {import('./health.js').Sample | null} */
    this.sample = null;
    /** @type {readonly (import('./health.js').Sample & {grade: string})[]} */
    this.history = [];
    this.codec = '';
    /** Whose screen it is. */
    this.name = '';
    this.open = false;
    // The browser closes the card at the press of any pointer, so at the click it looks closed already.
    this.wasOpen = false;
  }

  get card() {
    return /** @type {HTMLElement} */ (this.renderRoot.querySelector('.card'));
  }

  pressed() {
    if (this.open || this.wasOpen) {
      this.card.hidePopover();
    } else {
      this.card.showPopover();
    }
    this.wasOpen = false;
  }

  /** @param {any} event */
  async toggled(event) {
    this.open = event.newState === 'open';
    if (this.open) {
      await this.updateComplete;
      const button = /** @type {HTMLElement} */ (this.renderRoot.querySelector('.mark')).getBoundingClientRect();
      const size = this.card.getBoundingClientRect();
      this.card.style.top = `${Math.max(8, Math.min(button.bottom + 6, innerHeight - size.height - 8))}px`;
      this.card.style.left = `${Math.max(8, Math.min(button.right - size.width, innerWidth - size.width - 8))}px`;
    }
  }

  render() {
    const verdict = this.verdict;
    if (!verdict) {
      return nothing;
    }
    const word = this.t(`quality.${verdict.grade}`);
    return html`<button
        id="quality"
        class="mark quiet small ${verdict.grade}"
        aria-expanded=${this.open ? 'true' : 'false'}
        aria-haspopup="dialog"
        aria-label=${this.t('quality.label', { word })}
        title=${this.t('quality.label', { word })}
        @pointerdown=${() => (this.wasOpen = this.open)}
        @click=${this.pressed}
      >
        ${bars(verdict.grade)}<span>${word}</span>
      </button>
      <div class="card" popover="auto" role="dialog" aria-label=${this.t('quality.title')} @toggle=${this.toggled}>
        ${this.open ? this.details(verdict, word) : nothing}
      </div>`;
  }

  /**
   * @param {import('./health.js').Verdict} verdict
   * @param {string} word
   */
  details({ grade, reason }, word) {
    const name = this.name || this.t('somebody');
    return html`<h3 class=${grade}><span class="mark ${grade}">${bars(grade)}</span>${this.t('quality.label', { word })}</h3>
      ${reason
        ? html`<p class="why">${this.t(`quality.why.${reason}`, { name })}</p><p class="what">${this.t(`quality.what.${reason}`, { name })}</p>`
        : html`<p class="what">${this.t('quality.nothing')}</p>`}
      ${this.plot()} ${this.numbers()}`;
  }

  plot() {
    const { history } = this;
    const delays = history.flatMap((second) => (second.delay === null ? [] : [second.delay]));
    const number = new Intl.NumberFormat(language());
    const summary = delays.length
      ? this.t('quality.minute', { median: number.format(median(delays) ?? 0), most: number.format(Math.max(...delays)) })
      : this.t('quality.minute.still');
    const from = REMEMBERED - history.length;
    return html`<figure>
      <svg viewBox="0 0 ${WIDE} ${HIGH}" aria-hidden="true">
        ${MARKS.map((ms) => svg`<line class="grid" x1="0" x2=${WIDE} y1=${HIGH - high(ms)} y2=${HIGH - high(ms)}></line>
          <text x="0" y=${HIGH - high(ms) - 2}>${ms} ms</text>`)}
        <line class="grid" x1="0" x2=${WIDE} y1=${HIGH - 0.5} y2=${HIGH - 0.5}></line>
        ${history.map((second, i) => {
          const height = second.heard && second.sender ? (second.delay === null ? 1 : high(second.delay)) : HIGH;
          return svg`<rect class="bar ${second.grade}" x=${(from + i) * STEP + 0.5} width=${STEP - 1} y=${HIGH - height} height=${height}></rect>`;
        })}
      </svg>
      <figcaption>${summary}</figcaption>
    </figure>`;
  }

  numbers() {
    const s = this.sample;
    if (!s) {
      return nothing;
    }
    const name = this.name || this.t('somebody');
    const number = new Intl.NumberFormat(language());
    const ms = (/** @type {number | null} */ value) => (value === null ? '–' : `${number.format(Math.round(value))} ms`);
    return html`<dl>
      <dt>${this.t('quality.delay')}</dt><dd>${ms(s.delay)}</dd>
      <dt>${this.t('quality.pictures')}</dt><dd>${number.format(s.fps)}/s</dd>
      <dt>${this.t('quality.data')}</dt><dd>${number.format(s.kbits)} kbit/s</dd>
      <dt>${this.t('quality.codec')}</dt><dd>${FAMILIES[familyOf(this.codec)] ?? this.codec}</dd>
      <dt>${this.t('quality.own-line')}</dt><dd>${ms(s.rtt)}</dd>
      <dt>${this.t('quality.customer-line', { name })}</dt><dd>${ms(s.senderRtt)}</dd>
      <dt>${this.t('quality.customer-computer', { name })}</dt><dd>${ms(s.encode)}</dd>
      <dt>${this.t('quality.own-computer')}</dt><dd>${ms(s.decode)}</dd>
    </dl>`;
  }
}

/** @param {number} ms */
function high(ms) {
  return 2 + Math.min(1, ms / TOP) * (HIGH - 4);
}

/** Three bars of which as many are filled as the grade deserves. @param {string} grade */
function bars(grade) {
  const filled = { good: 3, fair: 2, poor: 1 }[grade] ?? 0;
  return html`<svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
    ${[0, 1, 2].map((i) => svg`<rect class=${i < filled ? 'on' : ''} x=${1 + i * 5.2} width="3.6" y=${10 - i * 4} height=${5 + i * 4} rx="0.6"></rect>`)}
  </svg>`;
}

/** The element's name. */
export const HEALTH_MARK = define('tandem-screen-health', HealthMark, import.meta.url);
