/** What it takes to add a feature with a stream of its own: a resource and a policy. Tested inside the running application. */
package io.pado.example;
