/** The words of invitations and their forms: a mail of ours, and a draft for somebody's own mail program. */
package dev.tandem.session.internal.invite;
