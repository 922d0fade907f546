/** Looks of what is made by `given.js`. */

import { css } from 'tandem/kit';

export const givenStyles = css`
  dl {
    display: grid;
    grid-template-columns: fit-content(40%) minmax(0, 1fr);
    gap: 4px 12px;
    margin: 0;
  }
  dt {
    color: var(--tandem-muted);
  }
  dd {
    margin: 0;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  blockquote {
    margin: 0;
    padding: 6px 12px;
    border-inline-start: 3px solid var(--tandem-accent);
    border-radius: 4px;
    background: var(--tandem-accent-soft);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  blockquote footer {
    color: var(--tandem-muted);
  }
`;
