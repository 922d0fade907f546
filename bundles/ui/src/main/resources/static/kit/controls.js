/** Native controls in Lumo's look, for every shadow root of a TandemElement. */

import { css } from 'lit';

/**
 * Classes on `<button>` (and on links that look like one): none (secondary), `primary`, `quiet` (no box until pointed at),
 * `danger` (with or without `primary`), `icon` (square), `small`, `large`. Fields are plain `<label>`, `<input>`,
 * `<textarea>`, `<select>`. Helpers: `sr` (for screen readers only), `muted`, `badge`, `row`, `grow`, `number`.
 */
export const controls = css`
  :host {
    box-sizing: border-box;
    color: var(--tandem-text);
    font-family: var(--lumo-font-family);
    font-size: var(--lumo-font-size-m);
    line-height: 1.5;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h1,
  h2,
  h3,
  p {
    margin: 0;
  }
  h1,
  h2,
  h3 {
    font-weight: 600;
    line-height: 1.25;
    text-wrap: balance;
    overflow-wrap: anywhere;
  }
  a {
    color: var(--tandem-accent-text);
  }
  button,
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.5em;
    flex: none;
    min-block-size: var(--lumo-size-m);
    margin: 0;
    padding: 0 0.9em;
    border: 1px solid transparent;
    border-radius: var(--tandem-radius);
    background: var(--lumo-contrast-5pct);
    color: var(--tandem-accent-text);
    font: inherit;
    font-weight: 500;
    line-height: 1.25;
    text-decoration: none;
    cursor: pointer;
    user-select: none;
    -webkit-tap-highlight-color: transparent;
    transition: background-color 120ms, border-color 120ms;
  }
  button:hover:not(:disabled, [aria-disabled='true']),
  .button:hover {
    background: var(--lumo-contrast-10pct);
  }
  button:active:not(:disabled, [aria-disabled='true']) {
    background: var(--lumo-contrast-20pct);
  }
  button.primary,
  .button.primary {
    background: var(--tandem-accent);
    color: var(--tandem-on-accent);
    font-weight: 600;
  }
  button.primary:hover:not(:disabled, [aria-disabled='true']),
  .button.primary:hover {
    background: color-mix(in oklab, var(--tandem-accent), black 12%);
  }
  button.quiet {
    background: transparent;
    color: inherit;
  }
  button.quiet:hover:not(:disabled, [aria-disabled='true']),
  button.quiet[aria-expanded='true'],
  button.quiet[aria-pressed='true'] {
    background: var(--lumo-contrast-10pct);
  }
  button.danger {
    color: var(--tandem-bad);
  }
  button.danger.primary {
    background: var(--tandem-bad-strong);
    color: #fff;
  }
  button.danger.primary:hover:not(:disabled, [aria-disabled='true']) {
    background: color-mix(in oklab, var(--tandem-bad-strong), black 14%);
  }
  button.icon {
    padding: 0;
    inline-size: var(--lumo-size-m);
  }
  button.small {
    min-block-size: var(--lumo-size-s);
    font-size: var(--lumo-font-size-s);
    padding: 0 0.7em;
  }
  button.small.icon {
    inline-size: var(--lumo-size-s);
    padding: 0;
  }
  button.large,
  .button.large {
    min-block-size: var(--lumo-size-l);
    padding: 0 1.4em;
  }
  button:disabled,
  button[aria-disabled='true'] {
    cursor: default;
    color: var(--lumo-disabled-text-color);
  }
  button.primary:disabled,
  button.primary[aria-disabled='true'] {
    background: var(--lumo-contrast-20pct);
    color: var(--tandem-surface);
  }
  :focus-visible {
    outline: 2px solid var(--tandem-accent-text);
    outline-offset: 1px;
  }
  svg.icon {
    inline-size: 1.25em;
    block-size: 1.25em;
    flex: none;
  }
  label {
    display: block;
    font-size: var(--lumo-font-size-s);
    font-weight: 500;
    color: var(--tandem-muted);
  }
  input:not([type='checkbox'], [type='radio'], [type='file'], [type='range']),
  textarea,
  select {
    inline-size: 100%;
    min-block-size: var(--lumo-size-m);
    padding: 0.3em 0.6em;
    border: 1px solid var(--tandem-line-strong);
    border-radius: var(--tandem-radius);
    background: var(--tandem-surface);
    color: var(--tandem-text);
    font: inherit;
  }
  input::placeholder,
  textarea::placeholder {
    color: var(--tandem-muted);
    opacity: 1;
  }
  input[aria-invalid='true'],
  textarea[aria-invalid='true'],
  select[aria-invalid='true'] {
    border-color: var(--tandem-bad);
    box-shadow: 0 0 0 1px var(--tandem-bad);
  }
  input[type='checkbox'],
  input[type='radio'] {
    inline-size: 1.15em;
    block-size: 1.15em;
    margin: 0;
    accent-color: var(--tandem-accent);
  }
  .sr {
    position: absolute !important;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .muted {
    color: var(--tandem-muted);
  }
  .error {
    color: var(--tandem-bad);
  }
  .badge {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    min-inline-size: 1.5em;
    padding: 0.1em 0.45em;
    border-radius: 1em;
    background: var(--tandem-accent);
    color: var(--tandem-on-accent);
    font-size: var(--lumo-font-size-xxs);
    font-weight: 600;
    line-height: 1.3;
    font-variant-numeric: tabular-nums;
  }
  .row {
    display: flex;
    align-items: center;
    gap: var(--tandem-gap);
  }
  .grow {
    flex: 1 1 auto;
    min-inline-size: 0;
  }
  .number {
    font-variant-numeric: tabular-nums;
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation-duration: 0.01ms !important;
      /* No duration however short: then every colour that is inherited would travel element by element. */
      transition: none !important;
    }
  }
  @media (forced-colors: active) {
    button,
    .button {
      border-color: ButtonText;
    }
  }
`;

/**
 * Pages of settings, which have a heading with tools, states and what is said when there is nothing: `head` with `lead` and `tools`, `state`
 * (`good`, `warn`), `code`, `buttons`.
 */
export const sections = css`
  :host {
    display: block;
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    gap: 8px 16px;
    margin-block-end: 16px;
  }
  .head > :first-child {
    flex: 1 1 20rem;
    min-inline-size: 0;
  }
  h2 {
    font-size: var(--lumo-font-size-xl);
    letter-spacing: -0.01em;
  }
  .lead {
    max-inline-size: 68ch;
    color: var(--tandem-muted);
    text-wrap: pretty;
  }
  .tools input {
    inline-size: min(15rem, 100%) !important;
  }
  .code {
    font-family: var(--tandem-mono);
    font-size: 0.92em;
    overflow-wrap: anywhere;
  }
  .state {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    padding: 2px 10px 2px 8px;
    border-radius: 1em;
    background: var(--tandem-surface-3);
    color: var(--tandem-text);
    font-size: var(--lumo-font-size-xs);
    font-weight: 600;
    white-space: nowrap;
  }
  .state.good {
    background: var(--tandem-good-soft);
    color: var(--tandem-good);
  }
  .state.warn {
    background: var(--tandem-warn-soft);
    color: var(--tandem-warn);
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    margin-block-start: 16px;
  }
  legend {
    padding: 0;
    margin-block-end: 8px;
    font-size: var(--lumo-font-size-s);
    font-weight: 500;
  }
`;
