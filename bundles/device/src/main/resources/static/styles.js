/** Looks of a report, in the panel and on paper. */

import { css } from 'tandem/kit';

export const sheetStyles = css`
  .sheet {
    display: flex;
    flex-direction: column;
    gap: 12px;
  }
  h3 {
    margin: 0 0 4px;
    font-size: var(--lumo-font-size-s);
    font-weight: 600;
  }
  dl {
    margin: 0;
  }
  dl div {
    display: grid;
    grid-template-columns: minmax(7rem, 2fr) 3fr;
    gap: 8px;
    padding: 3px 0;
    border-block-end: 1px solid var(--tandem-line);
  }
  dt {
    color: var(--tandem-muted);
  }
  dd {
    margin: 0;
    overflow-wrap: anywhere;
    user-select: text;
  }
`;

export const panelStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    gap: 12px;
    padding: 12px;
    font-size: var(--lumo-font-size-s);
    overflow-y: auto;
  }
  header {
    display: flex;
    flex-direction: column;
    gap: 8px;
  }
  header p {
    color: var(--tandem-muted);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .ask {
    text-align: center;
  }
`;
