package io.pado.bench.stock;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The baseline application: everything at the root path. */
@ApplicationPath("/")
public class StockApplication extends Application {
}
