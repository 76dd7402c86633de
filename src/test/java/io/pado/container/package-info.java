/** The server in which Arquillian tests run: the project's own configuration and stores, without the application. */
package io.pado.container;
