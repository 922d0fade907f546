/**
 * The customer's computer, as far as it tells of itself.
 *
 * <p>System information is what a browser knows: operating system, browser, screens, languages, memory, network. A customer is
 * asked first (capability {@value dev.tandem.device.SystemInformation#CAPABILITY}), and nothing is shown any more once the
 * consent is revoked. What was told stands in personal rows, and goes with them.
 */
@Version("1.0.0")
package dev.tandem.device;

import org.osgi.annotation.versioning.Version;
