/**
 * WebSockets of media, frame by frame (RFC 6455): what {@code javax.websocket} copies three times per message and sends in
 * as many writes as there are messages, is here copied once and sent together. Nothing in here knows a web server.
 */
package dev.tandem.web.internal.socket;
