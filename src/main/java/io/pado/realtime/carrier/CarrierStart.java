package io.pado.realtime.carrier;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** Tells the carriers where the application is, so that they can be proved. */
@WebListener
public class CarrierStart implements ServletContextListener {

    @Inject
    private Carriers carriers;

    @Override
    public void contextInitialized(ServletContextEvent started) {
        carriers.prove(started.getServletContext().getContextPath());
    }
}
