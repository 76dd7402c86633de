package io.pado;

import io.pado.platform.problem.ProblemMapper;
import io.pado.platform.problem.ProblemResponse;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.MappingMatch;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;
import java.util.Set;

/**
 * Shows the page of a folder, and leads there who left the slash out. The server would do so itself, but takes the query for a part of the page's
 * path, and fails where an encoded slash, # or backslash is in it: {@code /?next=%2Fchat%2F}; it leads to its own address, whatever a proxy told;
 * and it answers the path of a file with a slash behind it in words of its own (seen with 26.0.0.5).
 */
public class WelcomePages implements Filter {

    private static final String PAGE = "index.html";

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest asked = (HttpServletRequest) request;
        HttpServletResponse answer = (HttpServletResponse) response;
        ServletContext files = request.getServletContext();
        String path = asked.getServletPath() + Objects.requireNonNullElse(asked.getPathInfo(), "");
        boolean ends = path.endsWith("/");
        String folder = ends ? path : path + '/';
        if (!ends && asked.getHttpServletMapping().getMappingMatch() != MappingMatch.DEFAULT) {
            chain.doFilter(request, response);
        } else if (files.getResource(folder + PAGE) != null) {
            if (ends) {
                request.getRequestDispatcher(folder + PAGE).forward(request, response);
            } else {
                answer.setStatus(HttpServletResponse.SC_FOUND);
                answer.setHeader("Location", encoded(folder) + (asked.getQueryString() == null ? "" : '?' + asked.getQueryString()));
            }
        } else if (ends ? isThere(files, path) : isFolder(files, folder)) {
            ProblemResponse.write(ProblemMapper.standard(HttpServletResponse.SC_NOT_FOUND), asked, answer);
        } else {
            chain.doFilter(request, response);
        }
    }

    /** @return whether there is a file or a folder of this name, but for the slash at its end */
    private static boolean isThere(ServletContext files, String path) throws MalformedURLException {
        return path.length() > 1 && files.getResource(path.substring(0, path.length() - 1)) != null;
    }

    private static boolean isFolder(ServletContext files, String folder) {
        Set<String> inside = files.getResourcePaths(folder);
        return inside != null && inside.stream().anyMatch(name -> name.length() > folder.length());
    }

    private static String encoded(String path) {
        try {
            return new URI(null, null, path, null).toASCIIString();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
