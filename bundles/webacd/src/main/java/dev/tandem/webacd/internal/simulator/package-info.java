/** Traffic through the engine in virtual time: what other rules, agents or hours would have made of it. */
package dev.tandem.webacd.internal.simulator;
