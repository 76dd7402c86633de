package io.pado.container;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.hamcrest.Matchers;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The WAR as it was built, with a test inside. */
public final class Deployments {

    private Deployments() {
    }

    /** @param test the test and what it needs beside the application */
    public static WebArchive withTest(Class<?>... test) {
        return ShrinkWrap.create(ZipImporter.class, "pado.war")
                .importFrom(Path.of(System.getProperty("pado.container"), "pado.war").toFile())
                .as(WebArchive.class)
                .addClasses(test)
                .addAsLibraries(jarOf(Assertions.class), jarOf(Awaitility.class), jarOf(Matchers.class));
    }

    private static File jarOf(Class<?> type) {
        try {
            return new File(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
