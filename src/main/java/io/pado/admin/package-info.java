/** What only admins see and do that belongs to no feature: the work queue. */
package io.pado.admin;
