/** What the integration tests and benchmarks share: a started distribution, its doors, and people with browsers. */
package dev.tandem.itests.harness;
