/** Looks of the Invite panel and what stands in it. */

import { css } from 'tandem/kit';

/** For what stands within the panel. */
export const within = css`
  :host {
    padding: 0;
  }
`;

export const inviteStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    gap: 16px;
    padding: 12px;
  }
  header {
    display: flex;
    align-items: flex-start;
    gap: var(--tandem-gap);
  }
  header p {
    flex: 1;
    color: var(--tandem-muted);
  }
  h3 {
    font-size: var(--lumo-font-size-m);
  }
  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
    min-inline-size: 0;
  }
  legend {
    padding: 0;
    margin-block-end: 4px;
    color: var(--tandem-muted);
    font-size: var(--lumo-font-size-s);
  }
  .segments {
    display: flex;
    flex-wrap: wrap;
    gap: 2px;
    padding: 2px;
    border-radius: var(--tandem-radius);
    background: var(--lumo-contrast-10pct);
  }
  .segments label {
    flex: 1 1 auto;
    margin: 0;
    padding: 5px 10px;
    border-radius: calc(var(--tandem-radius) - 1px);
    color: var(--tandem-text);
    font-size: inherit;
    font-weight: 500;
    text-align: center;
    cursor: pointer;
  }
  .segments label:has(:checked) {
    background: var(--tandem-surface);
    color: var(--tandem-accent-text);
    box-shadow: 0 1px 3px var(--lumo-contrast-20pct);
  }
  .segments label:has(:focus-visible) {
    outline: 2px solid var(--tandem-accent);
    outline-offset: 1px;
  }
  section {
    display: flex;
    flex-direction: column;
    gap: 12px;
  }
  section.apart {
    padding-block-start: 16px;
    border-block-start: 1px solid var(--tandem-line);
  }
  form {
    display: flex;
    flex-direction: column;
    gap: 12px;
  }
  .check {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    align-items: center;
    gap: 0 8px;
    margin: 0;
    color: var(--tandem-text);
    font-size: inherit;
  }
  .check .muted {
    grid-column: 2;
  }
  .muted {
    font-size: var(--lumo-font-size-s);
    text-wrap: pretty;
  }
  dl {
    margin: 0;
    display: flex;
    flex-direction: column;
    gap: 12px;
  }
  dt {
    color: var(--tandem-muted);
    font-size: var(--lumo-font-size-s);
  }
  dd {
    margin: 0;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
  }
  .pin {
    font-family: var(--tandem-mono);
    font-size: 1.5rem;
    font-weight: 600;
    white-space: nowrap;
    user-select: all;
  }
  .pin.compact {
    font-size: inherit;
  }
  .url {
    overflow-wrap: anywhere;
    font-weight: 500;
    user-select: all;
    flex: 1 1 10rem;
    min-inline-size: 0;
  }
  .scan .muted {
    flex: 1 1 8rem;
  }
  ul {
    list-style: none;
    margin: 0;
    padding: 0;
    display: flex;
    flex-direction: column;
    gap: 12px;
  }
  li {
    display: flex;
    flex-direction: column;
    gap: 2px;
  }
  .who {
    display: flex;
    align-items: center;
    gap: 8px;
    min-inline-size: 0;
  }
  .who b {
    flex: 1;
    min-inline-size: 0;
    font-weight: 500;
    overflow-wrap: anywhere;
  }
  .state {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    font-size: var(--lumo-font-size-s);
    color: var(--tandem-muted);
  }
  .state.good {
    color: var(--tandem-good);
  }
  .state.bad {
    color: var(--tandem-bad);
  }
  .state.warn {
    color: var(--tandem-warn);
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 8px;
  }
  .limit {
    display: flex;
    gap: 8px;
    padding: 10px 12px;
    border-radius: var(--tandem-radius);
    background: var(--tandem-warn-soft);
  }
  .limit svg {
    flex: none;
    color: var(--tandem-warn);
    margin-block-start: 2px;
  }
`;
