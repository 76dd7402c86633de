/** Refusals and failures as clients see them, whoever found them: problem details (RFC 9457), and one log entry for a failure that goes on. */
package io.pado.platform.problem;
