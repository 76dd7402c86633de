/** What only admins see and do that belongs to no feature: the work queue, and how the nodes are. Publishes {@code operations} (figures, found) while an admin looks. */
package io.pado.admin;
