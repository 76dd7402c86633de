/** Who asks, from where, behind any proxy: the client's address, origins, proxies that are believed. */
package io.pado.platform.proxy;
