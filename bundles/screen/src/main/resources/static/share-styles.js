// How the customer's panel looks.

import { css } from 'tandem/kit';

export const shareStyles = css`
  :host {
    display: block;
  }
  section {
    display: flex;
    flex-direction: column;
    gap: 12px;
    padding: 20px;
    border: 1px solid var(--tandem-line);
    border-radius: 12px;
    background: var(--tandem-surface);
  }
  section.on {
    border-color: var(--tandem-bad);
    box-shadow: 0 0 0 1px var(--tandem-bad);
  }
  h2 {
    display: flex;
    gap: 12px;
    align-items: baseline;
    margin: 0;
    font-size: 1.25rem;
    line-height: 1.3;
    overflow-wrap: anywhere;
  }
  p {
    max-width: 60ch;
    margin: 0;
    line-height: 1.5;
    overflow-wrap: anywhere;
  }
  .notice {
    padding: 8px 12px;
    border-inline-start: 3px solid var(--tandem-warn);
    background: var(--tandem-warn-soft);
  }
  [role='status']:empty {
    margin-block-start: -12px;
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .dot {
    flex: none;
    width: 12px;
    height: 12px;
    border-radius: 50%;
    background: var(--tandem-bad);
  }
  .link {
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 4px 12px;
    align-items: center;
    margin: 0;
    padding: 12px;
    border-radius: 8px;
    background: var(--tandem-surface-2, var(--tandem-line));
  }
  .link dt {
    grid-column: 1 / -1;
  }
  .link dd {
    margin: 0;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .watching {
    display: flex;
    flex-direction: column;
    gap: 8px;
  }
`;
