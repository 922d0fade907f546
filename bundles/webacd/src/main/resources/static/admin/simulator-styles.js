/** Looks of the simulator. A scenario has a letter, a colour and a dash of its own everywhere. */

import { css } from 'tandem/kit';

export const scenarioColours = css`
  :host {
    --series-0: var(--tandem-accent-text);
    --series-1: light-dark(hsl(26, 92%, 36%), hsl(36, 92%, 62%));
    --series-2: light-dark(hsl(292, 44%, 42%), hsl(292, 62%, 78%));
    --series-3: light-dark(hsl(174, 84%, 24%), hsl(172, 52%, 56%));
  }
  .s0 {
    --series: var(--series-0);
  }
  .s1 {
    --series: var(--series-1);
  }
  .s2 {
    --series: var(--series-2);
  }
  .s3 {
    --series: var(--series-3);
  }
  .letter {
    display: inline-grid;
    place-content: center;
    flex: none;
    inline-size: 1.5rem;
    block-size: 1.5rem;
    border: 2px solid var(--series);
    border-radius: 6px;
    color: var(--series);
    font-size: var(--lumo-font-size-xs);
    font-weight: 700;
    line-height: 1;
  }
`;

export const setupStyles = css`
  .kinds {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(16rem, 100%), 1fr));
    gap: 8px;
  }
  .kinds label {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 2px 10px;
    align-content: start;
    padding: 10px 12px;
    border: 1px solid var(--tandem-line-strong);
    border-radius: 8px;
    color: var(--tandem-text);
    font-size: var(--lumo-font-size-m);
    cursor: pointer;
  }
  .kinds label:has(:checked) {
    border-color: var(--tandem-accent-text);
    box-shadow: inset 0 0 0 1px var(--tandem-accent-text);
    background: var(--tandem-accent-soft);
  }
  .kinds input {
    margin-block-start: 0.2em;
  }
  .kinds .hint {
    grid-column: 2;
    color: var(--tandem-text);
    font-weight: 400;
  }
  .recorded {
    display: grid;
    align-content: start;
    gap: 8px;
    min-block-size: 5.5rem;
  }
  .pending {
    opacity: 0.6;
  }
  .volumes {
    display: grid;
    grid-template-columns: minmax(6rem, max-content) minmax(6rem, 1fr) max-content;
    gap: 6px 12px;
    align-items: center;
    margin: 0;
    padding: 0;
    list-style: none;
    font-size: var(--lumo-font-size-s);
    font-variant-numeric: tabular-nums;
  }
  .volumes li {
    display: grid;
    grid-template-columns: subgrid;
    grid-column: 1 / -1;
    align-items: center;
  }
  .volumes .who {
    overflow-wrap: anywhere;
  }
  .volumes svg {
    inline-size: 100%;
    block-size: 10px;
  }
  .volumes rect {
    fill: var(--tandem-accent-text);
  }
  .rates td {
    vertical-align: top;
  }
  .rates th[scope='row'] {
    overflow-wrap: anywhere;
    min-inline-size: 7rem;
  }
  .rates td.num input {
    inline-size: 6rem !important;
  }
  .rates .told {
    padding-block: 14px;
  }
  .rates thead th {
    white-space: normal;
    vertical-align: bottom;
  }
  .notice button {
    background: var(--tandem-surface);
  }
  @media (max-width: 1100px) {
    .rates :is(th, td) {
      padding-inline: 6px;
    }
    .rates td.num input {
      inline-size: 4.5rem !important;
    }
  }
  @media (max-width: 600px) {
    .rates :is(th, td) {
      padding-inline: 4px;
    }
    .rates th[scope='row'] {
      min-inline-size: 4.5rem;
    }
    .rates td.num input {
      inline-size: 4rem !important;
    }
    /* What follows from the other columns. */
    .rates :is(th, td):nth-child(n + 5),
    .last :is(th, td):is(:nth-child(2), :nth-child(5)) {
      display: none;
    }
    .last th button {
      white-space: normal !important;
    }
  }
  .scenarios {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(20rem, 100%), 1fr));
    gap: 12px;
    align-items: stretch;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .scenario tandem-menu::part(button) {
    background: var(--lumo-contrast-5pct);
    color: var(--tandem-accent-text);
  }
  .inner {
    display: grid;
    gap: 12px;
  }
  .scenario {
    min-inline-size: 0;
    padding: 12px;
    border: 1px solid var(--tandem-line);
    border-block-start: 4px solid var(--series);
    border-radius: 10px;
    background: var(--tandem-surface-2);
  }
  .scenario .named {
    display: flex;
    gap: 8px;
    align-items: start;
  }
  .scenario .named .letter {
    margin-block-start: 0.35rem;
  }
  .scenario .named .field {
    flex: 1;
  }
  .scenario .same {
    color: var(--tandem-muted);
    font-size: var(--lumo-font-size-s);
  }
  .changes {
    display: grid;
    align-content: start;
    gap: 8px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .change {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 4px 8px;
    align-items: start;
    padding: 8px 8px 10px 12px;
    border: 1px solid var(--tandem-line);
    border-radius: 8px;
    background: var(--tandem-surface);
  }
  .change .label {
    align-self: center;
  }
  .change .parts {
    grid-column: 1 / -1;
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(7.5rem, 100%), 1fr));
    gap: 6px 10px;
    padding-inline-end: 4px;
  }
  .change .parts input:not(.code) {
    inline-size: 4.5rem !important;
    text-align: end;
    font-variant-numeric: tabular-nums;
  }
  .change .value input {
    inline-size: 4.5rem !important;
  }
  .change .hint {
    grid-column: 1 / -1;
  }
  .another {
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 8px;
    min-block-size: 9rem;
    padding: 16px;
    border: 1px dashed var(--tandem-line-strong);
    border-radius: 10px;
    text-align: center;
  }
  form .bar {
    margin-block-end: 24px;
  }
  .last .what {
    overflow-wrap: anywhere;
  }
  .last th button {
    white-space: nowrap;
  }
  .last td:last-child {
    white-space: nowrap;
  }
  details > .fields {
    margin-block-start: 12px;
  }
  .kinds + .fields {
    margin-block-start: 4px;
  }
`;
