/**
 * What every component stands on: problems, JSON, background loops; below it the clients of the stores
 * ({@code .sql}, {@code .redis}). No business word in here.
 */
package io.pado.platform;
