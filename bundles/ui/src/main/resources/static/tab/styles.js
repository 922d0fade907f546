/** Looks of the agent's tab. */

import { css } from 'tandem/kit';

/** Lumo's compact sizes, for everything in the tab. */
export const density = css`
  :host {
    --lumo-size-l: 2.5rem;
    --lumo-size-m: 2rem;
    --lumo-size-s: 1.75rem;
    --lumo-font-size-xxxl: 2.5rem;
    --lumo-font-size-xxl: 1.375rem;
    --lumo-font-size-xl: 1.125rem;
    --lumo-font-size-l: 1rem;
    --lumo-font-size-m: 0.875rem;
    --lumo-font-size-s: 0.8125rem;
    --lumo-font-size-xs: 0.75rem;
    --lumo-font-size-xxs: 0.6875rem;
  }
`;

export const tabStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    min-block-size: 0;
    background: var(--tandem-surface);
  }
  .frame {
    container: tab / inline-size;
    display: flex;
    flex-direction: column;
    flex: 1;
    min-block-size: 0;
  }

  .toolbar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px;
    padding: 4px var(--tandem-gap);
    border-block-end: 1px solid var(--tandem-line);
    min-block-size: 41px;
  }
  /* Buttons of one slice stand together, those of the next apart from them. */
  .toolbar > [compact] {
    margin-inline-start: 6px;
  }
  .toolbar .session-number {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    padding-inline: 10px;
    margin-inline-start: 6px;
    border-inline-start: 1px solid var(--tandem-line);
    color: var(--tandem-muted);
    white-space: nowrap;
  }
  .toolbar .session-number b {
    color: var(--tandem-text);
    font-weight: 600;
  }
  .toolbar .state {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    color: var(--tandem-muted);
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
    min-inline-size: 0;
  }
  .dot {
    inline-size: 8px;
    block-size: 8px;
    border-radius: 50%;
    background: var(--tandem-line-strong);
    flex: none;
  }
  .dot.ACTIVE {
    background: var(--tandem-good);
  }
  .dot:is(.INTERRUPTED, .TRANSFERRING) {
    background: var(--tandem-warn);
  }

  .body {
    flex: 1;
    display: flex;
    min-block-size: 0;
  }
  .main {
    flex: 1;
    display: flex;
    flex-direction: column;
    min-inline-size: 0;
    min-block-size: 0;
    background: var(--tandem-surface-2);
  }
  .stage {
    position: relative;
    flex: 1;
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    min-inline-size: 0;
    overflow: auto;
  }
  .stage.active {
    overflow: hidden;
  }
  .stage > .layer {
    flex: 1;
    min-block-size: 0;
    display: flex;
    flex-direction: column;
    transition: filter 200ms;
  }
  .stage > .layer > * {
    flex: 1;
  }
  .stage.stale > .layer {
    filter: grayscale(1);
  }
  .lost {
    order: -1;
    display: flex;
    align-items: center;
    gap: 12px;
    padding: 8px 16px;
    border-block-end: 1px solid var(--tandem-warn);
    background: var(--tandem-warn-soft);
  }
  .lost > svg {
    color: var(--tandem-warn);
  }
  .banners {
    flex: none;
  }
  .banner {
    display: flex;
    align-items: center;
    gap: 10px;
    padding: 6px 8px 6px 16px;
    border-block-end: 1px solid var(--tandem-line);
    background: var(--tandem-surface);
    box-shadow: inset 3px 0 var(--tandem-accent);
    overflow-wrap: anywhere;
  }
  .banner > svg {
    color: var(--tandem-accent-text);
  }
  .banner.offer {
    flex-wrap: wrap;
    background: var(--tandem-warn-soft);
    box-shadow: inset 3px 0 var(--tandem-warn);
  }
  .banner.offer > svg {
    color: var(--tandem-warn);
  }
  .banner.offer > .grow {
    flex-basis: 14rem;
  }
  .banner .clock {
    min-inline-size: 3em;
    text-align: end;
    font-weight: 600;
  }
  .toolbar .assisting {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    margin-inline-start: 6px;
    padding: 1px 8px;
    border-radius: 10px;
    background: var(--tandem-accent-soft);
    color: var(--tandem-accent-text);
    font-size: var(--lumo-font-size-s);
    font-weight: 500;
    white-space: nowrap;
  }
  .lost .clock {
    font-size: var(--lumo-font-size-xl);
    font-weight: 600;
    color: var(--tandem-warn);
    min-inline-size: 2.6em;
    text-align: end;
  }

  .statusline {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 18px;
    margin: 0;
    padding: 4px 12px;
    border-block-start: 1px solid var(--tandem-line);
    background: var(--tandem-surface);
    font-size: var(--lumo-font-size-s);
    min-block-size: 37px;
  }
  .statusline > div {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-inline-size: 0;
  }
  .statusline dt {
    color: var(--tandem-muted);
    flex: none;
  }
  .statusline dd {
    margin: 0;
    display: inline-flex;
    align-items: center;
    gap: 2px;
    min-inline-size: 0;
    font-weight: 500;
  }
  .statusline .cut {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    max-inline-size: 26ch;
  }
  .statusline .code {
    font-family: var(--tandem-mono);
    white-space: nowrap;
    user-select: all;
  }

  .splitter {
    flex: none;
    inline-size: 9px;
    margin-inline: -4px;
    position: relative;
    z-index: 4;
    cursor: col-resize;
    touch-action: none;
  }
  .splitter::after {
    content: '';
    position: absolute;
    inset-block: 0;
    inset-inline-start: 4px;
    inline-size: 1px;
    background: var(--tandem-line);
  }
  .splitter:hover::after,
  .splitter:focus-visible::after {
    inset-inline-start: 3px;
    inline-size: 3px;
    background: var(--tandem-accent);
  }
  .splitter:focus-visible {
    outline: none;
  }
  .side {
    flex: none;
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    min-inline-size: 0;
  }
  .tabs {
    display: flex;
    /* In a second row rather than behind an edge: a bar to scroll by would take as much room. */
    flex-wrap: wrap;
    border-block-end: 1px solid var(--tandem-line);
    /* The last badge of a row stands over its tab's edge. */
    padding-inline: 4px 12px;
    flex: none;
    min-block-size: 41px;
  }
  .tabs button {
    border-radius: 0;
    border: 0;
    background: none;
    padding-inline: 10px;
    color: var(--tandem-muted);
    font-weight: 500;
    border-block-end: 2px solid transparent;
    min-block-size: 40px;
    white-space: nowrap;
    outline-offset: -3px;
    position: relative;
  }
  /* Over the edge of its tab: one that comes must not push another into a second row. */
  .tabs .badge {
    position: absolute;
    inset-block-start: 3px;
    inset-inline-end: -8px;
    z-index: 1;
  }
  .tabs button[aria-selected='true'] {
    color: var(--tandem-text);
    border-block-end-color: var(--tandem-accent);
  }
  .tabs button:hover {
    color: var(--tandem-text);
    background: none;
  }
  .page {
    flex: 1;
    min-block-size: 0;
    display: flex;
    flex-direction: column;
    overflow: auto;
  }
  .page > * {
    flex: 1;
  }
  .page:focus-visible {
    outline-offset: -2px;
  }
  .notice {
    display: flex;
    align-items: flex-start;
    gap: var(--tandem-gap);
    padding: 8px 8px 8px 12px;
    background: var(--tandem-warn-soft);
    border-block-end: 1px solid var(--tandem-line);
    font-size: var(--lumo-font-size-s);
  }
  .notice svg {
    color: var(--tandem-warn);
    margin-block-start: 2px;
  }
  .notice > span {
    flex: 1;
  }

  .toolbar[data-fold='1'] {
    --tandem-toolbar-text: 9em;
  }
  .toolbar:is([data-fold='2'], [data-fold='3']) {
    --tandem-toolbar-text: 5em;
    --tandem-toolbar-second: none;
  }
  .toolbar[data-fold='3'] {
    --tandem-toolbar-words: none;
  }
  .toolbar:is([data-fold='1'], [data-fold='2'], [data-fold='3']) .fold.first,
  .toolbar:is([data-fold='2'], [data-fold='3']) .fold.second,
  .toolbar[data-fold='3'] .fold {
    display: none;
  }
  @container tab (width < 640px) {
    .body {
      flex-direction: column;
      overflow: auto;
    }
    .main {
      flex: none;
      min-block-size: 340px;
    }
    .splitter {
      display: none;
    }
    .side {
      inline-size: auto !important;
      flex: 1;
      min-block-size: 300px;
      border-block-start: 1px solid var(--tandem-line);
    }
    .toolbar {
      overflow-x: auto;
    }
  }
`;
