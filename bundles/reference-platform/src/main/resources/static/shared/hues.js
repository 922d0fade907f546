/** Quiet colours for people's initials. Words stand next to them; the colour only helps to find one again. */

import { css } from 'tandem/kit';

export const hues = css`
  .face {
    display: inline-grid;
    place-content: center;
    flex: none;
    border-radius: 50%;
    inline-size: 2.5rem;
    block-size: 2.5rem;
    font-weight: 600;
    letter-spacing: 0.02em;
    user-select: none;
  }
  .hue-0 {
    background: light-dark(hsl(214, 80%, 91%), hsl(214, 45%, 28%));
    color: light-dark(hsl(214, 80%, 30%), hsl(214, 85%, 86%));
  }
  .hue-1 {
    background: light-dark(hsl(265, 70%, 93%), hsl(265, 32%, 31%));
    color: light-dark(hsl(265, 50%, 38%), hsl(265, 85%, 89%));
  }
  .hue-2 {
    background: light-dark(hsl(168, 50%, 88%), hsl(168, 45%, 20%));
    color: light-dark(hsl(168, 85%, 19%), hsl(168, 55%, 80%));
  }
  .hue-3 {
    background: light-dark(hsl(28, 88%, 90%), hsl(28, 45%, 23%));
    color: light-dark(hsl(24, 85%, 27%), hsl(32, 85%, 82%));
  }
  .hue-4 {
    background: light-dark(hsl(338, 75%, 93%), hsl(338, 35%, 28%));
    color: light-dark(hsl(338, 70%, 33%), hsl(338, 85%, 88%));
  }
  .hue-5 {
    background: light-dark(hsl(196, 70%, 88%), hsl(196, 48%, 23%));
    color: light-dark(hsl(196, 90%, 22%), hsl(196, 75%, 83%));
  }
`;
