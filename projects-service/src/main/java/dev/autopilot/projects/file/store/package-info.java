/** Where the bytes of files lie: in a folder, or in a bucket of a service that speaks S3. */
@NullMarked
package dev.autopilot.projects.file.store;

import org.jspecify.annotations.NullMarked;
