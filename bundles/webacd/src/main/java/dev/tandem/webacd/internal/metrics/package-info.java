/** What became of work items and when agents were there, kept to be measured by interval and queue. */
package dev.tandem.webacd.internal.metrics;
