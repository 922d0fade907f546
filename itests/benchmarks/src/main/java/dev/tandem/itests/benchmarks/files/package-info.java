/** File transfer next to other servers that take and give files, on the same disk and in the same run. */
package dev.tandem.itests.benchmarks.files;
