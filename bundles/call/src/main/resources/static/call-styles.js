/** Looks of the call. */

import { css } from 'tandem/kit';

export const callStyles = css`
  :host {
    display: inline-flex;
    align-items: center;
    gap: 8px;
    position: relative;
    min-inline-size: 0;
  }
  .bar {
    display: inline-flex;
    align-items: center;
    gap: 4px;
  }
  :host([data-side='customer']) {
    display: flex;
    flex-wrap: wrap;
    padding: 6px 16px;
  }
  :host([data-side='agent']) .fold {
    display: none;
  }
  :host([data-side='agent']) :is(#call-join, #call-ask) .fold {
    display: var(--tandem-toolbar-words, inline);
  }
  .bar > * {
    flex: none;
  }
  .word {
    font-size: var(--lumo-font-size-s);
    color: var(--tandem-muted);
    max-inline-size: 24rem;
  }
  .word:not(:empty) {
    padding: 4px 8px;
  }
  .mark {
    display: inline-flex;
    align-items: center;
    padding: 0 6px;
  }
  .mark .dot {
    inline-size: 8px;
    block-size: 8px;
    border-radius: 50%;
    background: var(--tandem-good);
  }
  .mark.fair .dot {
    background: var(--tandem-warn);
    border-radius: 0;
  }
  .mark.poor .dot {
    background: var(--tandem-bad);
    border-radius: 0;
    transform: rotate(45deg);
  }
  .strip {
    display: flex;
    flex-direction: column;
    position: fixed;
    inset-block-start: 0;
    inset-inline-start: 0;
    z-index: 3;
    padding: 4px;
    border: 1px solid var(--tandem-line);
    border-radius: var(--tandem-radius);
    background: var(--tandem-surface);
    box-shadow: var(--lumo-box-shadow-s);
  }
  .strip.empty {
    padding: 0;
    border: 0;
    box-shadow: none;
    background: none;
  }
  :host([data-side='customer']) .strip {
    position: static;
    padding: 0;
    border: 0;
    box-shadow: none;
  }
  section,
  .tiles {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px;
  }
  :host([data-side='agent']) section {
    flex-direction: column;
    align-items: start;
  }
  .tiles {
    max-inline-size: min(33rem, 80vw);
  }
  .tiles[hidden] {
    display: none;
  }
  figure {
    position: relative;
    margin: 0;
    inline-size: min(10rem, 42vw);
    aspect-ratio: 16 / 9;
    border-radius: 4px;
    overflow: hidden;
    background: var(--tandem-surface-3);
    display: grid;
    place-items: center;
  }
  @media (width < 1200px) {
    figure {
      inline-size: min(6rem, 42vw);
    }
    /* A low stage has its one button in the middle: as little of its height as possible is taken. */
    :host([data-side='agent']) section {
      flex-flow: row nowrap;
      align-items: end;
    }
  }
  figure.voice {
    aspect-ratio: auto;
    block-size: 2.25rem;
    grid-template-columns: auto 1fr;
    padding-inline: 8px;
    gap: 8px;
  }
  video {
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }
  .own video {
    transform: scaleX(-1);
  }
  figcaption {
    display: flex;
    gap: 4px;
    align-items: center;
    font-size: var(--lumo-font-size-xs);
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  figure:not(.voice) figcaption {
    position: absolute;
    inset-block-end: 0;
    inset-inline: 0;
    padding: 2px 6px;
    color: #fff;
    background: rgb(0 0 0 / 60%);
  }
  figure.voice figcaption {
    justify-self: start;
  }
`;
