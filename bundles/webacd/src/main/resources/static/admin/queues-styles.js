/** Looks of the list of queues and of the editor. */

import { css } from 'tandem/kit';

/** Fields of one thing side by side, one thing in a line. */
export const lineStyles = css`
  .lines {
    display: grid;
    gap: 8px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .lines li {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 8px;
    align-items: center;
  }
  .lines select {
    inline-size: auto;
    min-inline-size: 8rem;
  }
`;

export const queueStyles = css`
  .name {
    display: grid;
    gap: 2px;
  }
  .name button {
    justify-self: start;
    min-block-size: 24px;
    padding: 0;
    background: transparent !important;
    text-align: start;
    text-decoration: underline;
    overflow-wrap: anywhere;
  }
  .name .code {
    color: var(--tandem-muted);
    font-weight: 400;
  }
  .crumb {
    margin-block-end: 8px;
  }
  .spans {
    display: flex;
    flex-wrap: wrap;
    gap: 6px 12px;
    align-items: center;
  }
  .span {
    display: inline-flex;
    flex-wrap: wrap;
    gap: 4px;
    align-items: center;
  }
  .span input {
    inline-size: 4.5rem !important;
    text-align: center;
  }
  select.fit {
    inline-size: auto;
  }
  .week th[scope='row'] {
    white-space: nowrap;
    text-transform: capitalize;
  }
  .picture,
  .ruler {
    inline-size: 12rem;
  }
  .ruler {
    display: flex;
    justify-content: space-between;
    font-weight: 400;
  }
  svg.day {
    display: block;
    inline-size: 12rem;
    block-size: 1.25rem;
    border-radius: 4px;
    background: var(--tandem-surface-3);
  }
  svg.day .open {
    fill: var(--tandem-accent);
  }
  svg.day line {
    stroke: var(--tandem-surface);
    stroke-width: 1;
    vector-effect: non-scaling-stroke;
  }
  @media (max-width: 900px) {
    .picture,
    .week thead th:nth-child(3) {
      display: none;
    }
  }
  .questions {
    display: grid;
    gap: 12px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .lines input {
    inline-size: 5rem !important;
    text-align: end;
    font-variant-numeric: tabular-nums;
  }
  .question {
    display: grid;
    gap: 12px;
    padding: 12px 16px;
    border: 1px solid var(--tandem-line);
    border-radius: 8px;
    background: var(--tandem-surface-2);
  }
  .fields .check {
    align-self: center;
  }
`;
