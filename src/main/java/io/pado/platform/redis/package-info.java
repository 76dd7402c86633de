/** The connection to Redis. */
package io.pado.platform.redis;
