/** Looks of what came of a simulation. */

import { css } from 'tandem/kit';

export const resultStyles = css`
  .crumb {
    margin-block-end: 8px;
  }
  .under {
    display: grid;
    gap: 12px;
  }
  progress {
    appearance: none;
    inline-size: 100%;
    block-size: 10px;
    border: 0;
    border-radius: 5px;
    background: var(--tandem-surface-3);
    overflow: hidden;
  }
  progress::-webkit-progress-bar {
    background: var(--tandem-surface-3);
  }
  progress::-webkit-progress-value {
    background: var(--tandem-accent-text);
  }
  progress::-moz-progress-bar {
    background: var(--tandem-accent-text);
  }
  .how-far {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 24px;
    font-variant-numeric: tabular-nums;
  }
  .legend {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(13rem, 100%), 1fr));
    gap: 12px;
    margin: 0 0 16px;
    padding: 0;
    list-style: none;
  }
  .legend > li {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 4px 10px;
    align-content: start;
    padding: 12px;
    border: 1px solid var(--tandem-line);
    border-block-start: 4px solid var(--series);
    border-radius: 10px;
    background: var(--tandem-surface);
  }
  .legend strong {
    overflow-wrap: anywhere;
  }
  .legend ul {
    grid-column: 2;
    margin: 0;
    padding-inline-start: 1.1em;
    font-size: var(--lumo-font-size-s);
    color: var(--tandem-muted);
  }
  .legend .people {
    grid-column: 2;
    font-size: var(--lumo-font-size-s);
    font-variant-numeric: tabular-nums;
  }
  .verdict {
    display: flex;
    gap: 12px;
    align-items: center;
    margin-block-end: 16px;
    padding: 12px 16px;
    border-radius: 10px;
    background: var(--tandem-surface-3);
    font-size: var(--lumo-font-size-l);
    text-wrap: pretty;
  }
  .verdict.good {
    background: var(--tandem-good-soft);
    color: var(--tandem-good);
  }
  .glance {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(20rem, 100%), 1fr));
    gap: 12px;
    margin-block-end: 24px;
  }
  .measure {
    display: grid;
    align-content: start;
    gap: 10px;
    padding: 12px 14px 14px;
    border: 1px solid var(--tandem-line);
    border-radius: 10px;
    background: var(--tandem-surface);
  }
  .measure h3 {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    align-items: baseline;
    gap: 0 8px;
  }
  .measure h3 span {
    font-size: var(--lumo-font-size-xs);
    font-weight: 400;
    color: var(--tandem-muted);
  }
  .measure ul {
    display: grid;
    gap: 10px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .measure li {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    gap: 2px 10px;
    align-items: center;
    font-variant-numeric: tabular-nums;
  }
  .measure .number {
    min-inline-size: 4.2rem;
    text-align: end;
    font-weight: 600;
  }
  .measure .strip {
    display: block;
    inline-size: 100%;
    block-size: 14px;
  }
  .strip .track {
    fill: var(--tandem-surface-3);
  }
  .strip .long {
    fill: var(--series);
  }
  .strip .first {
    stroke: var(--tandem-text);
    stroke-width: 2;
    stroke-dasharray: 3 2;
  }
  .told {
    grid-column: 2 / -1;
    font-size: var(--lumo-font-size-s);
    color: var(--tandem-muted);
  }
  .delta {
    display: inline-flex;
    gap: 6px;
    align-items: center;
    font-weight: 500;
    color: var(--tandem-text);
  }
  .delta svg {
    inline-size: 10px;
    block-size: 10px;
    flex: none;
    fill: currentColor;
  }
  .delta.better {
    color: var(--tandem-good);
  }
  .delta.worse {
    color: var(--tandem-bad);
  }
  .delta.same,
  .delta.none {
    font-weight: 400;
    color: var(--tandem-muted);
  }
  .section {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 16px;
    align-items: end;
    margin-block: 8px 12px;
  }
  .section h3 {
    flex: 1 1 12rem;
    font-size: var(--lumo-font-size-l);
  }
  .section select {
    inline-size: auto;
    max-inline-size: 100%;
  }
  .plots {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr));
    gap: 12px;
    margin-block-end: 24px;
  }
  .plots details {
    margin-block-start: 2px;
    font-size: var(--lumo-font-size-s);
  }
  .plots .scroll {
    max-block-size: 18rem;
    overflow: auto;
  }
  .plots thead th {
    position: sticky;
    inset-block-start: 0;
    background: var(--tandem-surface);
  }
  .numbers table {
    font-size: var(--lumo-font-size-s);
    font-variant-numeric: tabular-nums;
  }
  .numbers thead th {
    white-space: normal;
    vertical-align: bottom;
    hyphens: auto;
  }
  .numbers td,
  .numbers thead th {
    padding-inline: 6px;
  }
  .numbers tbody th {
    overflow-wrap: anywhere;
  }
  /* Too many columns for a narrow page: each number beside its name. */
  @media (max-width: 1200px) {
    .numbers thead {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    .numbers :is(table, tbody, th, td, .group) {
      display: block;
    }
    .numbers tr:not(.group) {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(min(8.5rem, 45%), 1fr));
      padding-block: 4px 10px;
    }
    .numbers tr:not(.group) > th {
      grid-column: 1 / -1;
    }
    .numbers tr:not(.group) > * {
      border: 0;
    }
    .numbers tr:not(.group) + tr {
      border-block-start: 1px solid var(--tandem-line);
    }
    .numbers td.num {
      padding: 2px 12px;
      text-align: start;
      font-weight: 600;
    }
    .numbers td::before {
      content: attr(data-label);
      display: block;
      font-size: var(--lumo-font-size-xs);
      font-weight: 400;
      color: var(--tandem-muted);
    }
  }
  .numbers tbody + tbody tr:first-child > * {
    border-block-start: 1px solid var(--tandem-line-strong);
  }
  .numbers .of {
    display: inline-flex;
    gap: 8px;
    align-items: center;
    font-weight: 400;
  }
  .numbers .group th {
    background: var(--tandem-surface-2);
  }
`;
