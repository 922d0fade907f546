/** The one door to the kit: `import { ... } from 'tandem/kit'`. */

export { LitElement, html, css, svg, nothing } from 'lit';
export { html as staticHtml, unsafeStatic } from 'lit-html/static.js';
export { repeat } from 'lit-html/directives/repeat.js';
export { classMap } from 'lit-html/directives/class-map.js';
export { live as liveDirective } from 'lit-html/directives/live.js';
export { ifDefined } from 'lit-html/directives/if-defined.js';
export { ref, createRef } from 'lit-html/directives/ref.js';

export { define, elementName, moduleRoot } from './define.js';
export { becomePartOf, pageId, settledPageId, uuid } from './ids.js';
export { LANGUAGES, language, locale, messages, setLanguage } from './messages.js';
export { api, ProblemError, serverReady } from './api.js';
export { live } from './live.js';
export { openMedia } from './media.js';
export { problemText } from './problem.js';
export { digitsOf } from './numbers.js';
export { zoneName } from './zones.js';
export { theme, THEMES, stylesReady } from './theme.js';
export { controls, sections } from './controls.js';
export { column } from './column.js';
export { TandemElement } from './element.js';
export { icon, iconNames } from './icons.js';
export { toast, copyText } from './feedback.js';
import './elements.js';
import './menu.js';
import './qr.js';
