package io.pado;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.Paths;

/**
 * Puts each call of {@code /openapi} below its own application. The runtime knows one application for each WAR and puts all
 * resources below the path of the last one (seen on Open Liberty 26.0.0.5).
 */
public class OpenApiPaths implements OASFilter {

    private static final List<Application> APPLICATIONS =
            List.of(new ApiApplication(), new SseApplication(), new WellKnownApplication());

    @Override
    public void filterOpenAPI(OpenAPI description) {
        if (description.getPaths() == null) {
            return;
        }
        Map<String, PathItem> right = new TreeMap<>();
        description.getPaths().getPathItems().forEach((path, item) -> right.put(corrected(path), item));
        Paths paths = OASFactory.createPaths();
        right.forEach(paths::addPathItem);
        description.setPaths(paths);
        OpenApiGroups.fill(description);
    }

    private static String corrected(String path) {
        String below = APPLICATIONS.stream().map(OpenApiPaths::root).filter(root -> path.startsWith(root + '/'))
                .map(root -> path.substring(root.length())).findFirst().orElse(path);
        return APPLICATIONS.stream().max(Comparator.comparingInt(application -> fits(application, below)))
                .map(OpenApiPaths::root).orElseThrow() + below;
    }

    /** How much of the path a resource of the application names; -1 if none fits. */
    private static int fits(Application application, String below) {
        return application.getClasses().stream().filter(type -> type.isAnnotationPresent(Path.class))
                .map(type -> "/" + type.getAnnotation(Path.class).value().replaceAll("^/|/$", ""))
                .filter(resource -> (below + '/').startsWith(resource.equals("/") ? resource : resource + '/'))
                .mapToInt(String::length).max().orElse(-1);
    }

    private static String root(Application application) {
        return application.getClass().getAnnotation(ApplicationPath.class).value();
    }
}
