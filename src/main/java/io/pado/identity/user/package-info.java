/** Users: their names and roles, and what admins see of them. May use: platform, and its parent. */
package io.pado.identity.user;
