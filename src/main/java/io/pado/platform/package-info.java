/**
 * What every component stands on: problems, JSON, background loops; below it the clients of the stores
 * ({@code .sql}, {@code .redis}, {@code .mongo}) and of a language model ({@code .model}). No business word in here.
 */
package io.pado.platform;
