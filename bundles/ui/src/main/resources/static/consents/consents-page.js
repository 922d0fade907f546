/** The pages `/consents` and `/consents/ID`. */

import { CONSENTS } from './consents.js';

document.body.append(document.createElement(CONSENTS));
