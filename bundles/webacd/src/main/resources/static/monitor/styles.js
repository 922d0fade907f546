/** Tables in which numbers change without anything moving: columns of a fixed width, digits of one width. */

import { css } from 'tandem/kit';

export const tables = css`
  :host {
    display: block;
  }
  h2 {
    font-size: var(--lumo-font-size-l);
    margin-block: 24px 8px;
  }
  h3 {
    font-size: var(--lumo-font-size-s);
    color: var(--tandem-muted);
    margin-block: 16px 8px;
  }
  .scroll {
    position: relative;
    overflow-x: auto;
    border: 1px solid var(--tandem-line);
    border-radius: 10px;
    background: var(--tandem-surface);
  }
  table {
    inline-size: 100%;
    border-collapse: collapse;
    font-size: var(--lumo-font-size-s);
    font-variant-numeric: tabular-nums;
  }
  th,
  td {
    padding: 7px 12px;
    text-align: start;
    vertical-align: baseline;
  }
  tbody tr + tr > * {
    border-block-start: 1px solid var(--tandem-line);
  }
  thead th {
    color: var(--tandem-muted);
    font-weight: 500;
    white-space: nowrap;
  }
  thead > tr > * {
    border-block-end: 1px solid var(--tandem-line);
  }
  tbody th {
    font-weight: 600;
    overflow-wrap: anywhere;
    min-inline-size: 6rem;
  }
  .n {
    text-align: end;
    white-space: nowrap;
  }
  .small {
    font-size: var(--lumo-font-size-s);
  }
`;
