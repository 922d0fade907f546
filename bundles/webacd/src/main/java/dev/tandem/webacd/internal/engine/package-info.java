/**
 * The engine: inputs and the time in, decisions out. It knows no store, no thread and no clock, and the same inputs always
 * give the same decisions.
 */
package dev.tandem.webacd.internal.engine;
