/** Users of other issuers, as users and logins of ours. May use: platform, its parent with its tokens, users and logins. */
package io.pado.identity.outside;
