/** Logins: registering, passwords, sessions that are renewed and end, tickets. May use: platform, its parent with its tokens, and users. */
package io.pado.identity.account;
