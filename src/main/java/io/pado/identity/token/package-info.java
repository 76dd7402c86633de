/**
 * Access tokens: the keys that sign them, how they are made and verified. May use: platform, and its parent's settings. Nothing
 * here asks a store for a single request.
 */
package io.pado.identity.token;
