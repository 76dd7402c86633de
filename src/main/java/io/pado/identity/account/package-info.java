/**
 * Users and their logins: registering, passwords, sessions that are renewed and end. May use: platform, and its parent with its
 * tokens.
 */
package io.pado.identity.account;
