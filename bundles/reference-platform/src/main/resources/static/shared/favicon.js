/** The sign of these pages on the browser's tab. */

const link = document.createElement('link');
link.rel = 'icon';
link.type = 'image/svg+xml';
link.href = new URL('tandem.svg', import.meta.url).href;
document.head.append(link);
