/** What the sections of the Administration view have in common. */

import { css } from 'tandem/kit';

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
  .tools {
    display: flex;
    flex: 0 1 auto;
    gap: 8px;
    align-items: center;
  }
  .tools input {
    inline-size: min(15rem, 100%) !important;
  }
  h3 {
    margin-block: 24px 8px;
    font-size: var(--lumo-font-size-s);
    font-weight: 600;
    color: var(--tandem-muted);
  }
  .list {
    margin: 0;
    padding: 0;
    list-style: none;
    border: 1px solid var(--tandem-line);
    border-radius: 10px;
    background: var(--tandem-surface);
  }
  .list > li + li {
    border-block-start: 1px solid var(--tandem-line);
  }
  .facts {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 16px;
    font-size: var(--lumo-font-size-s);
    color: var(--tandem-muted);
  }
  .code {
    font-family: var(--tandem-mono);
    font-size: 0.92em;
    overflow-wrap: anywhere;
  }
  .field-error {
    display: block;
    font-size: var(--lumo-font-size-s);
    color: var(--tandem-bad);
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
  .state.bad {
    background: var(--tandem-bad-soft);
    color: var(--tandem-bad);
  }
  .notice {
    display: flex;
    gap: 8px;
    align-items: start;
    margin-block-end: 16px;
    padding: 8px 12px;
    border-radius: 8px;
    background: var(--tandem-surface-3);
    color: var(--tandem-text);
  }
  .none {
    padding: 24px 16px;
    text-align: center;
    color: var(--tandem-muted);
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    margin-block-start: 16px;
  }
  tandem-dialog form {
    display: grid;
    gap: 16px;
  }
  tandem-dialog label {
    color: var(--tandem-text);
  }
  tandem-dialog .hint {
    font-size: var(--lumo-font-size-s);
    color: var(--tandem-muted);
  }
  fieldset {
    display: grid;
    gap: 10px;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    padding: 0;
    margin-block-end: 8px;
    font-size: var(--lumo-font-size-s);
    font-weight: 500;
  }
  .choice {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 0 10px;
    align-items: start;
    font-size: var(--lumo-font-size-m);
    font-weight: 400;
  }
  .choice input {
    margin-block-start: 0.2em;
  }
  .choice .hint {
    grid-column: 2;
  }
`;
